/// How far apart two words are.
enum EditDistance {
  /// The farthest word that is still suggested.
  private static let farthest = 2

  /// The nearest of some names, where it is at most two edits away.
  static func nearest(to word: String, among names: [String]) -> String? {
    names.map { (name: $0, distance: between(word, $0)) }
      .filter { $0.distance <= farthest && $0.distance < word.count }
      .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
  }

  /// The least number of letters to insert, delete, replace, or swap with their neighbour.
  ///
  /// Source: optimal string alignment, the restricted form of Damerau's distance.
  static func between(_ one: String, _ other: String) -> Int {
    let (first, second) = (Array(one), Array(other))
    var rows = [Array(0...second.count)]
    for (row, letter) in first.enumerated() {
      var distances = [row + 1]
      for (column, candidate) in second.enumerated() {
        var distance = min(
          rows[row][column + 1] + 1,
          distances[column] + 1,
          rows[row][column] + (letter == candidate ? 0 : 1)
        )
        if row > 0, column > 0, letter == second[column - 1], first[row - 1] == candidate {
          distance = min(distance, rows[row - 1][column - 1] + 1)
        }
        distances.append(distance)
      }
      rows.append(distances)
    }
    return rows[first.count][second.count]
  }
}
