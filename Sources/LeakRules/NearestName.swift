/// Finds the name that was probably meant.
enum NearestName {
  /// The known name with the least edit distance; nil when none is near.
  ///
  /// Near means that at most two letters in five differ.
  static func of(_ name: some StringProtocol, among known: [String]) -> String? {
    let best = known.map { (name: $0, distance: distance(name, $0)) }
      .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
    guard let best, best.distance * 5 <= name.count * 2 else { return nil }
    return best.name
  }

  /// The end of a message: `, did you mean 'x'?`, or the known names where they are few.
  static func hint(_ name: some StringProtocol, among known: [String]) -> String {
    if let nearest = of(name, among: known) { return ", did you mean '\(nearest)'?" }
    return known.count > 15 ? "" : ", expected \(listed(known))"
  }

  /// The names as prose: `a, b or c`.
  private static func listed(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  /// The number of letters to insert, delete or replace (Levenshtein's distance).
  private static func distance(_ one: some StringProtocol, _ other: some StringProtocol) -> Int {
    let target = Array(other.unicodeScalars)
    var row = Array(0...target.count)
    for (index, scalar) in one.unicodeScalars.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in target.indices {
        let replaced = diagonal + (scalar == target[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[target.count]
  }
}
