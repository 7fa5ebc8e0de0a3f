package import Foundation
import LeakAnalysis
package import LeakModel

/// Reads evidence from disk: the only place of diagnosis that touches files.
package enum CaseFolder {
  /// What a path could not give.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case missing(String)
    case tooLarge(String)
    case unreadable(String, String)

    package var description: String {
      switch self {
      case .missing(let path): "\(path): there is no such file or folder"
      case .tooLarge(let path):
        "\(path): it is larger than \(Bytes(Int64(largestFile))); hand in a part of it"
      case .unreadable(let path, let reason): "\(path): it cannot be read: \(reason)"
      }
    }
  }

  /// The largest file that is read: beyond it a capture is no longer one that a person takes.
  package static let largestFile = 1 << 30

  /// Reads files, and folders two levels deep, in the order given; a folder's files in the order
  /// of their names, as people count.
  ///
  /// `case.json` holds the truth of a shipped case and is never evidence; nor are hidden files.
  /// Links, pipes, devices and folders further down are passed over, and said to be.
  ///
  /// - Returns: The files read, and those that were not, each with its reason.
  /// - Throws: `Failure` for a path that is named and cannot be read.
  package static func read(
    _ paths: [String]
  ) throws -> (files: [EvidenceFile], ignored: [IgnoredFile]) {
    var files: [EvidenceFile] = []
    var ignored: [IgnoredFile] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Failure.missing(path)
      }
      guard isFolder.boolValue else {
        files.append(
          EvidenceFile(
            source: String(path.split(separator: "/").last ?? "-"),
            bytes: try bytes(of: path)
          )
        )
        continue
      }
      let content = try content(of: path, depth: 2)
      ignored += content.passedOver
      for name in content.files {
        let whole = path + "/" + name
        do {
          files.append(EvidenceFile(source: name, bytes: try bytes(of: whole)))
        } catch {
          ignored.append(IgnoredFile(source: name, reason: "\(error)"))
        }
      }
    }
    return (files, ignored)
  }

  /// The plain files below a folder, as paths relative to it, and what is no plain file.
  private static func content(
    of folder: String,
    depth: Int
  ) throws -> (files: [String], passedOver: [IgnoredFile]) {
    let entries: [String]
    do {
      entries = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw Failure.unreadable(folder, reason(error))
    }
    var files: [String] = []
    var passedOver: [IgnoredFile] = []
    for entry in entries.sorted(by: { NaturalOrder($0) < NaturalOrder($1) })
    where !entry.hasPrefix(".") && entry != "case.json" {
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + entry)
      switch attributes?[.type] as? FileAttributeType {
      case .typeRegular: files.append(entry)
      case .typeDirectory where depth > 1:
        let inner = try content(of: folder + "/" + entry, depth: depth - 1)
        files += inner.files.map { entry + "/" + $0 }
        passedOver += inner.passedOver.map {
          IgnoredFile(source: entry + "/" + $0.source, reason: $0.reason)
        }
      case .typeDirectory:
        let reason = "a folder more than two levels deep, not read: name it itself"
        passedOver.append(IgnoredFile(source: entry, reason: reason))
      case .typeSymbolicLink:
        let reason = "a link, not followed: name it itself"
        passedOver.append(IgnoredFile(source: entry, reason: reason))
      default:
        passedOver.append(IgnoredFile(source: entry, reason: "no regular file"))
      }
    }
    return (files, passedOver)
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    if let size, size > largestFile { throw Failure.tooLarge(path) }
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      return try bytes(of: file, source: path, expecting: size ?? 0)
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure.unreadable(path, reason(error))
    }
  }

  /// Reads a file to its end, piece by piece: a dump of half a gigabyte is in memory once.
  ///
  /// An error names `source`; `size` is the number of bytes it is likely to have. Past the largest
  /// size it throws `Failure`, so that an endless pipe has an end; else the system's error.
  package static func bytes(
    of file: FileHandle,
    source: String,
    expecting size: Int = 0
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
      guard bytes.count + piece.count <= largestFile else { throw Failure.tooLarge(source) }
      bytes += piece
    }
    return bytes
  }

  /// What the system said, without the layers that Foundation wraps it in.
  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(cause.code))).lowercased()
  }
}
