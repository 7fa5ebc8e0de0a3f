import GoFormats
import LeakModel

/// A place in the code, and what piled up there.
private struct Place {
  let name: String
  var first: Double
  var last: Double
}

extension FixComparison {
  /// Below this many a group of goroutines is ordinary traffic.
  private static let leastGoroutines = 20.0
  /// Four samples at the default rate of one in 512 KiB (runtime.MemProfileRate): below that a
  /// site's growth is within its own sampling error.
  private static let leastBytes = 2 * mebibyte
  /// The part of all growth that a place must hold to be a symptom of its own.
  private static let leastShare = 0.1
  /// The part of the old growth that is traffic when it is found after the fix.
  private static let leftShare = 0.1
  /// The places named at most.
  private static let mostPlaces = 3

  /// Compares the places where goroutines piled up.
  static func goroutines(_ before: EvidenceBundle, _ after: EvidenceBundle) -> [FixCheck] {
    let old = places(before.countableCensuses)
    let new = places(after.countableCensuses.filter { !$0.isText || $0.isComplete })
    let isSeries = after.countableCensuses.count > 1
    return symptoms(
      of: old,
      isDifference: before.countableCensuses.count > 1,
      least: leastGoroutines
    )
    .map { key, place in
      compare(
        .goroutines,
        place,
        with: new.isEmpty ? nil : new[key] ?? Place(name: place.name, first: 0, last: 0),
        isSeries: isSeries,
        noise: leastGoroutines / 2,
        unit: "goroutines"
      ) { $0.shortText }
    }
  }

  /// Compares the places whose live bytes grew.
  static func heapSites(_ before: EvidenceBundle, _ after: EvidenceBundle) -> [FixCheck] {
    let views = (before.heapViews(), after.heapViews())
    // Without a second profile nothing tells which of the sites grow: a program may need them all.
    guard views.0.count > 1 else { return [] }
    let new = sites(views.1)
    return symptoms(of: sites(views.0), isDifference: true, least: leastBytes).map { key, place in
      compare(
        .heap,
        place,
        with: views.1.isEmpty
          ? nil : new[key] ?? Place(name: place.name, first: 0, last: 0),
        isSeries: views.1.count > 1,
        noise: leastBytes / 2,
        unit: "bytes"
      ) { Bytes(Int64($0)).description }
    }
  }

  private static func compare(
    _ kind: FixCheck.Kind,
    _ old: Place,
    with new: Place?,
    isSeries: Bool,
    noise: Double,
    unit: String,
    text: (Double) -> String
  ) -> FixCheck {
    let gain = old.last - old.first
    let what = kind == .goroutines ? "goroutines in \(old.name)" : "live bytes of \(old.name)"
    guard let new else {
      let capture = kind == .goroutines ? "goroutine profile" : "heap profile"
      return FixCheck(
        kind,
        old.name,
        unit: unit,
        before: FixCheck.Measured(gain),
        after: nil,
        .unclear,
        "\(what): \(text(gain)) more before; the later evidence holds no \(capture)"
      )
    }
    // With one capture the level at the beginning of the trouble stands for the healthy one.
    let left = isSeries ? new.last - new.first : new.last - old.first
    let outcome: FixCheck.Outcome =
      if left <= max(noise, leftShare * gain) {
        .pass
      } else if kind == .heap, !isSeries {
        // What lives at one moment may be needed: only a second profile tells growth.
        .unclear
      } else if left > 2 * gain {
        .worse
      } else {
        .fail
      }
    let words =
      switch outcome {
      case .pass: "they are gone"
      case .worse: "more than before"
      case .fail: "they are still there"
      case .unclear: "one profile does not tell whether they grow; take a second one"
      }
    return FixCheck(
      kind,
      old.name,
      unit: unit,
      before: FixCheck.Measured(gain),
      after: FixCheck.Measured(left),
      outcome,
      "\(what): \(text(gain)) more before, \(text(max(0, left))) more after: \(words)"
    )
  }

  /// The places that hold most of the growth, the largest first.
  private static func symptoms(
    of places: [String: Place],
    isDifference: Bool,
    least: Double
  ) -> [(key: String, place: Place)] {
    // A single capture shows no growth: then all that is in it counts.
    let grown = places.map { key, place in
      (key: key, place: isDifference ? place : Place(name: place.name, first: 0, last: place.last))
    }
    let total = grown.reduce(0) { $0 + max(0, $1.place.last - $1.place.first) }
    return grown.filter { _, place in
      let gain = place.last - place.first
      return gain >= least && gain >= leastShare * total && gain > place.first / 2
    }
    .sorted { one, other in
      let gains = (one.place.last - one.place.first, other.place.last - other.place.first)
      return gains.0 == gains.1 ? one.key < other.key : gains.0 > gains.1
    }
    .prefix(mostPlaces).map { $0 }
  }

  private static func places(_ censuses: [GoroutineCensus]) -> [String: Place] {
    guard let first = censuses.first, let last = censuses.last else { return [:] }
    var places: [String: Place] = [:]
    for (census, isLast) in [(first, false), (last, true)] {
      for group in census.groups where group.wait != .idle {
        let key = group.codePlace
        var place = places[key] ?? Place(name: group.shownName, first: 0, last: 0)
        if isLast { place.last += Double(group.count) } else { place.first += Double(group.count) }
        places[key] = place
      }
    }
    return places
  }

  private static func sites(_ views: [HeapView]) -> [String: Place] {
    guard let first = views.first, let last = views.last else { return [:] }
    var places: [String: Place] = [:]
    for (view, isLast) in [(first, false), (last, true)] {
      for (key, site) in view.inUse.sites {
        var place = places[key] ?? Place(name: site.frame.function, first: 0, last: 0)
        if isLast { place.last = Double(site.bytes) } else { place.first = Double(site.bytes) }
        places[key] = place
      }
    }
    return places
  }
}

extension GoroutineGroup {
  /// The place without the state: a profile cannot tell it as exactly as a dump.
  fileprivate var codePlace: String {
    place.split(separator: "\n").dropFirst().joined(separator: "\n")
  }

  /// The function to show: the program's own, else where the goroutine waits.
  fileprivate var shownName: String { (ownFrame ?? frames.first)?.function ?? "?" }
}
