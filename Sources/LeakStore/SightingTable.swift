/// What was seen of incidents, by their numbers: a hash table of plain numbers, since a search fills
/// it with a hundred thousand.
struct SightingTable {
  /// What was seen of one incident.
  struct Sighting {
    /// The incident; 0 for a free place.
    fileprivate(set) var incident: Int64 = 0
    /// A bit for each term that it was seen with.
    fileprivate(set) var terms: UInt64 = 0
    /// What these say together.
    fileprivate(set) var said = 0.0
  }

  /// A power of two, at most three quarters of which are taken.
  private var places = Array(repeating: Sighting(), count: 1 << 14)
  private(set) var count = 0

  /// All that was seen, in no order.
  var sightings: some Sequence<Sighting> { places.lazy.filter { $0.incident != 0 } }

  /// Adds what a term says in an incident; a term counts once.
  mutating func note(_ incident: Int64, term: UInt64, said: Double) {
    let place = place(of: incident)
    guard places[place].terms & term == 0 else { return }
    if places[place].incident == 0 {
      places[place].incident = incident
      count += 1
    }
    places[place].terms |= term
    places[place].said += said
    if count * 4 > places.count * 3 { grow() }
  }

  /// The place of an incident, or the free one that it is to have.
  private func place(of incident: Int64) -> Int {
    // Fibonacci hashing (Knuth, volume 3, 6.4): neighbours are spread over the table.
    let hash = UInt64(bitPattern: incident) &* 0x9E37_79B9_7F4A_7C15
    var place = Int(hash >> UInt64(UInt64.bitWidth - places.count.trailingZeroBitCount))
    while places[place].incident != incident, places[place].incident != 0 {
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  private mutating func grow() {
    let old = places
    places = Array(repeating: Sighting(), count: old.count * 2)
    for sighting in old where sighting.incident != 0 {
      places[place(of: sighting.incident)] = sighting
    }
  }
}
