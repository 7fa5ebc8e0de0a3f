import Foundation

/// A file that was not there before: nothing is ever written over.
enum NewFile {
  /// Makes a file of some bytes, which are on the disk when it returns.
  ///
  /// - Throws: `Failure` with code 73 when there is a file already or none can be made, 74 when the
  ///   disk takes no more; then none is left behind.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure("\(path): it cannot be made: \(reason); name another with --to", .cannotCreate)
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(bytes))
      try handle.synchronize()
      try handle.close()
    } catch {
      unlink(path)
      throw Failure("\(path): it cannot be written", .inputOutput)
    }
  }

  private static var reason: String { String(cString: strerror(errno)).lowercased() }
}
