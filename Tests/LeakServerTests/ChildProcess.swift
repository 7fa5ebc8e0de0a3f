import Foundation

/// Another program, under way until it is ended.
///
/// Not Foundation's `Process`: its waiting turns the run loop of the thread it began on, and a test
/// that goes on on another thread waits for ever.
struct ChildProcess {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let id: pid_t

  /// Starts a program of the search path; nothing is to be read, and all it says goes to a file.
  init(_ arguments: [String], log: URL) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, log.path, flags, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var id: pid_t = 0
    let status = posix_spawnp(&id, arguments.first ?? "", &actions, nil, words, environ)
    guard status == 0 else {
      throw Failure(
        description: "\(arguments.first ?? "") cannot be started: "
          + "run Scripts/setup.sh --tests, which installs what is missing"
      )
    }
    self.id = id
  }

  /// Ends the program at once and waits for its end.
  func end() {
    kill(id, SIGKILL)
    var status: Int32 = 0
    waitpid(id, &status, 0)
  }
}
