import GRDB

/// What the places read so far say of incidents, and how much any can be worth at most.
struct Sightings {
  /// The places read in the first round; each round reads as many again as all before.
  private static let firstPlaces = 4_000
  /// The places read at most, a quarter of a microsecond each.
  private static let mostPlaces = 192_000
  /// What of the rest of a term an incident most likely adds that was not seen with it: most have
  /// less, and many lack the term.
  private static let likelyPart = 0.7

  private var readers: [PlaceReader]
  /// What the terms whose places are not read can say at most.
  private let unread: Double
  private let needsAll: Bool
  private let areAllRead: Bool
  /// The incidents that count; nil for all.
  private let wanted: Set<Int64>?
  private var seen = SightingTable()
  /// The places that the next round reads, and those read so far.
  private var (next, read): (Int, Int)

  /// - Parameters:
  ///   - terms: Those of a search, the rarest first.
  ///   - few: A term that no more incidents have is enough to find all that have all terms.
  ///   - needsAll: Whether an incident must have all terms.
  ///   - wanted: The incidents to look for; nil for all.
  ///   - db: The base.
  init(
    _ terms: [RankedTerm],
    few: Int,
    needsAll: Bool,
    among wanted: Set<Int64>?,
    in db: Database
  ) {
    let isRare = needsAll && terms.first.map { $0.incidents <= few } ?? false
    let read = terms.prefix(isRare ? 1 : UInt64.bitWidth)
    readers = read.map { PlaceReader($0, in: db) }
    unread = terms.dropFirst(read.count).reduce(0) { $0 + $1.most }
    areAllRead = read.count == terms.count
    (next, self.read) = (isRare ? few + 1 : Self.firstPlaces, 0)
    self.needsAll = needsAll
    self.wanted = wanted
  }

  /// Whether no incident that was not seen can be found.
  var isWhole: Bool {
    let (isAnyAtEnd, areAllAtEnd) = (
      readers.contains(where: \.isAtEnd), readers.allSatisfy(\.isAtEnd)
    )
    return needsAll ? isAnyAtEnd : areAllAtEnd && areAllRead
  }

  /// Whether no more is read, whatever was found.
  var isAtEnd: Bool { isWhole || read >= Self.mostPlaces }

  /// What an incident that was not seen can be worth at most.
  var mostUnseen: Double { isWhole ? 0 : readers.reduce(unread) { $0 + $1.rest } }

  /// Reads the next places of all terms.
  mutating func readOn() throws {
    let each = max(100, next / max(1, readers.count))
    for index in readers.indices {
      let term: UInt64 = 1 << UInt64(index)
      try readers[index].read(each) { incident, said in
        guard wanted?.contains(incident) ?? true else { return }
        seen.note(incident, term: term, said: said)
      }
    }
    read += each * readers.count
    next = max(0, min(read, Self.mostPlaces - read))
  }

  /// What the incident at some place of the order is worth for sure, as far as places tell; 0 when
  /// fewer are known.
  func sureWorth(at place: Int) -> Double {
    guard areAllRead else { return 0 }
    let all = UInt64.max >> UInt64(UInt64.bitWidth - readers.count)
    let sure = seen.sightings.filter { !needsAll || $0.terms == all }.map(\.said).sorted(by: >)
    return sure.count < place ? 0 : sure[place - 1]
  }

  /// How many incidents may be worth more than so much, as far as what was seen does not tell.
  func openCount(over least: Double) -> Int {
    let rests = rests
    let all = UInt64.max >> UInt64(UInt64.bitWidth - readers.count)
    return seen.sightings.count { $0.terms != all && most($0, rests) > least }
  }

  /// The incidents that may be worth more than so much, with the most they can be worth; those that
  /// are likely worth most come first.
  func promising(over least: Double) -> [(incident: Int64, most: Double)] {
    let rests = rests
    let able: [(incident: Int64, most: Double, likely: Double)] = seen.sightings.compactMap {
      let most = most($0, rests)
      return most > least ? ($0.incident, most, $0.said + Self.likelyPart * (most - $0.said)) : nil
    }
    return able.sorted { ($1.likely, $1.incident) < ($0.likely, $0.incident) }
      .map { (incident: $0.incident, most: $0.most) }
  }

  /// What each term can add to an incident that it was not seen with; an incident that has to have
  /// a term whose places are all known lacks it, and is worth nothing.
  private var rests: [Double] {
    readers.map { needsAll && $0.isAtEnd ? -Double.infinity : $0.rest }
  }

  private func most(_ sighting: SightingTable.Sighting, _ rests: [Double]) -> Double {
    var most = sighting.said + unread
    for (index, rest) in rests.enumerated() where sighting.terms & 1 << UInt64(index) == 0 {
      most += rest
    }
    return most
  }
}
