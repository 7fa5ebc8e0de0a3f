import Foundation

/// How many files, and so connections, the process may have open.
enum OpenFiles {
  /// What database, standard streams, listeners and health need besides connections.
  private static let reserve = 64

  /// Raises the soft limit to the hard one.
  ///
  /// - Parameter wanted: The connections to have room for.
  /// - Returns: As many connections as there is room for, at least one.
  static func raisedLimit(wanted: Int) -> Int {
    var limit = rlimit()
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(files, &limit) == 0 else { return wanted }
    limit.rlim_cur = limit.rlim_max
    // Where raising fails the old limit holds, which is read back.
    setrlimit(files, &limit)
    guard getrlimit(files, &limit) == 0 else { return wanted }
    return max(1, min(wanted, Int(clamping: limit.rlim_cur) - reserve))
  }
}
