import Foundation

/// What the system tells of this process; nothing where there is no procfs.
enum ProcessMetrics {
  static func write(to text: inout Exposition) {
    if let memory = residentMemory {
      text.add("process_resident_memory_bytes", .gauge, "Resident memory size in bytes.", memory)
    }
    if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      let count = Double(files.count)
      text.add("process_open_fds", .gauge, "Number of open file descriptors.", count)
    }
  }

  /// The second number of `/proc/self/statm`, in pages (proc_pid_statm(5)).
  private static var residentMemory: Double? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
    return Double(pages * sysconf(Int32(_SC_PAGESIZE)))
  }
}
