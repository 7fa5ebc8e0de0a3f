/// What /proc/PID/smaps says, added up by the kind of mapping.
///
/// All numbers in bytes.
package struct SmapsSummary: Sendable, Equatable {
  /// Resident bytes of one kind of mapping, and how many mappings there are.
  package struct Share: Sendable, Equatable {
    package var mappings = 0
    package var size: Int64 = 0
    package var rss: Int64 = 0
    package var anonymous: Int64 = 0

    package init() {}
  }

  /// `[heap]`: what C's malloc took by brk.
  package var cHeap = Share()
  /// Anonymous mappings where Go puts its arenas, or that it names so.
  package var goHeap = Share()
  /// Anonymous mappings at a multiple of 64 MiB and no larger: glibc's malloc arenas.
  package var mallocArenas = Share()
  /// The other anonymous mappings.
  package var otherAnonymous = Share()
  /// Mappings of files but the program and its libraries.
  package var files = Share()
  /// Mappings of files that were deleted since.
  package var deletedFiles = Share()
  /// The program and its libraries.
  package var code = Share()
  /// Pages that MADV_FREE gave up but the kernel has not yet taken.
  package var lazyFree: Int64 = 0
  package var anonymousHugePages: Int64 = 0
  package var swap: Int64 = 0

  package init() {}

  /// Whether the capture tells what is resident: `maps` and a plain `pmap` list sizes only.
  package var tellsResidents: Bool {
    [cHeap, goHeap, mallocArenas, otherAnonymous, files, deletedFiles, code].contains { $0.rss > 0 }
  }
}
