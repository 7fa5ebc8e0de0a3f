/// Where in a process's addresses whose memory lies, as its mappings show it.
///
/// Go takes its arenas at addresses of its own choice: 0xc000000000 and up on amd64, 0x4000000000 on
/// arm64, anywhere since Go 1.26 (randomized heap base; runtime/malloc.go). Everybody else takes what
/// the kernel gives, from one area downwards, libraries first. Where that area starts is random: by
/// 2^28 pages below the stack, or by 2^32 as Ubuntu sets it (vm.mmap_rnd_bits). Hence anonymous
/// memory near a file's, or near what has another name, is not Go's.
struct AddressLayout {
  /// Mappings with gaps of at most 16 GiB: the area has holes of what was given back, and a random
  /// heap base comes as near to it once in a thousand times.
  private struct Cluster {
    var addresses: Range<UInt64>
    /// Whether there is nothing but anonymous memory.
    var isAnonymous = true
  }

  private static let largestGap: UInt64 = 16 << 30

  /// Where only a program that is linked to low addresses lies, and C's break behind it.
  private static let low: UInt64 = 4 << 30

  /// The kernel's area where nothing in the capture shows it: 2^28 pages below the end of 47 bits.
  private static let usualArea: UInt64 = 0x7e00_0000_0000

  /// The files that have an executable mapping: their data segments are part of the program too.
  private let programs: Set<String>
  /// Whether Go names its memory (Go 1.25 on a kernel with CONFIG_ANON_VMA_NAME).
  private let namesGo: Bool
  private var goClusters: [Range<UInt64>] = []

  /// Takes the mappings of one process.
  init(_ mappings: [Mapping]) {
    programs = Set(
      mappings.lazy.filter { $0.isExecutable && $0.isFile }.map { $0.name.string($0.name.rest) }
    )
    namesGo = mappings.contains { $0.name.starts(with: "[anon: Go:") }
    guard !namesGo else { return }
    let clusters = Self.clusters(mappings)
    var anonymous = clusters.filter(\.isAnonymous)
    // A static program has no libraries: of several clusters the highest is the kernel's area.
    let hasLibrary = mappings.contains {
      $0.isFile && $0.start >= Self.low && $0.name.find(".so") != nil
    }
    if let last = anonymous.last, !hasLibrary {
      if anonymous.count > 1 || last.addresses.lowerBound >= Self.usualArea {
        anonymous.removeLast()
      }
    }
    goClusters = anonymous.map(\.addresses)
  }

  private static func clusters(_ mappings: [Mapping]) -> [Cluster] {
    var clusters: [Cluster] = []
    for mapping in mappings.sorted(by: { $0.start < $1.start }) where mapping.start >= low {
      if let last = clusters.last,
        mapping.start <= last.addresses.upperBound
          || mapping.start - last.addresses.upperBound <= largestGap
      {
        let end = max(last.addresses.upperBound, mapping.end)
        clusters[clusters.count - 1].addresses = last.addresses.lowerBound..<end
      } else {
        clusters.append(Cluster(addresses: mapping.start..<mapping.end))
      }
      if !mapping.name.isAtEnd { clusters[clusters.count - 1].isAnonymous = false }
    }
    return clusters
  }

  /// The share that a mapping belongs to.
  func kind(of mapping: Mapping) -> WritableKeyPath<SmapsSummary, SmapsSummary.Share> {
    let name = mapping.name
    if mapping.isFile {
      if name.find(" (deleted)") != nil { return \.deletedFiles }
      return programs.contains(name.string(name.rest)) ? \.code : \.files
    }
    if name.starts(with: "[heap]") { return \.cHeap }
    if name.starts(with: "[anon: Go: heap") { return \.goHeap }
    // [vdso], [vvar], [vsyscall]: code and data that the kernel lends.
    if name.starts(with: "[v") { return \.code }
    guard name.isAtEnd else { return \.otherAnonymous }
    if goClusters.contains(where: { $0.contains(mapping.start) }) { return \.goHeap }
    // glibc: HEAP_MAX_SIZE in malloc/arena.c; a thread's arena starts at a multiple of it.
    let arena: UInt64 = 64 << 20
    let isArena = mapping.start % arena == 0 && mapping.end - mapping.start <= arena
    return isArena ? \.mallocArenas : \.otherAnonymous
  }
}
