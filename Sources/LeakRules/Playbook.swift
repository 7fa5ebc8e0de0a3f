package import LeakAnalysis
package import LeakModel

/// What is known of one cause: how to tell it from facts, and what to do about it.
///
/// One Markdown file each; `Playbooks/README.md` describes the format.
package struct Playbook: Sendable, Equatable {
  /// The cause; also the name of the file.
  package let id: Cause
  /// What is wrong, in one line.
  package let title: String
  /// Where the cause belongs; also the folder of the file.
  package let family: Cause.Family
  /// Whether the playbook may be relied on.
  package let status: Status
  /// How urgent it is when nothing else is known.
  package let severity: Severity
  /// How the memory behaves in time; nil where the file says `none`.
  package let quadrant: Quadrant?
  /// One sentence: what happens and what it holds.
  package let summary: String
  /// The captures without which nothing can be said.
  package let needs: [EvidenceKind]
  /// The captures that raise the certainty.
  package let helps: [EvidenceKind]
  /// Where the function to open first shows.
  package let culprit: CulpritPlace
  /// The log-odds of the cause before any evidence.
  package let prior: Double
  /// All must hold.
  package let requires: [Condition]
  /// Any that holds rules the cause out.
  package let excludes: [Condition]
  /// What speaks for and against, in the order of the file.
  package let evidence: [Clue]
  /// The causes that show alike, in the order of the file.
  package let looksLike: [LookAlike]
  /// Addresses of documents that the playbook rests on.
  package let references: [String]
  /// The file its rules and tests stand in.
  let source: PlaybookSource
  /// The file its words stand in: the same, or the Chinese twin.
  let prose: PlaybookSource

  /// How far a playbook has come.
  package enum Status: String, Sendable, CaseIterable {
    case experimental
    case stable
    case deprecated
  }

  /// A place in the captures that shows a function.
  package enum CulpritPlace: String, Sendable, CaseIterable {
    /// The fastest growing stack of a goroutine capture.
    case goroutine
    /// The function whose in-use bytes grow fastest.
    case alloc
    /// The goroutine that follows a ticker, where one does; else the function that makes the timers.
    case timer
    /// The function that recurs most on the deepest stack.
    case deepestStack = "deepest-stack"
    /// The function that allocates the most bytes.
    case allocRate = "alloc-rate"
    /// What grows in use; else the program's caller of package context, seen in a heap profile.
    case context
    /// The program's caller of the library that started the goroutines, seen in a heap profile.
    case caller
    /// A call from Go into C or into the kernel.
    case native
    /// The stack that a crash printed.
    case crash
    /// No function: a setting.
    case config
    /// Nothing to open.
    case none
  }

  /// A cause that shows alike, and what tells the two apart.
  package struct LookAlike: Sendable, Equatable {
    /// The cause that shows alike.
    package let playbook: Cause
    /// The observation that separates the two.
    package let tell: String
  }

  /// The path of the file with the rules, as it was given.
  package var path: String { source.path }
}
