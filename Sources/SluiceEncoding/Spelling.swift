/// Which of the known words a mistyped one was meant to be.
public enum Spelling {
  /// The known word that is nearest to `word`; `nil` if none is near enough to have been meant.
  ///
  /// Near enough is two slips, one in words of two or three letters. Of words equally near the
  /// first is taken, so the answer follows from the order of `known` alone.
  public static func nearest(to word: String, among known: [String]) -> String? {
    known.map { ($0, distance($0, word)) }
      .filter { $0.1 <= max(1, min($0.0.count, word.count, 5) / 2) }
      .min { $0.1 < $1.1 }?.0
  }

  /// What to say about a word that is not known: the nearest, or all that are.
  public static func advice(on word: String, among known: [String]) -> String {
    if let meant = nearest(to: word, among: known) { return "did you mean \(meant)?" }
    return known.isEmpty ? "none is known here" : "known here: \(known.joined(separator: ", "))"
  }

  /// How many slips lie between two words: a letter put in, left out or changed, or two neighbours
  /// swapped.
  ///
  /// Only the first 64 letters are looked at, because what is typed is not trusted to be short.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.unicodeScalars.prefix(64))
    let right = Array(right.unicodeScalars.prefix(64))
    var earlier: [Int] = []
    var last = Array(0...right.count)
    for line in left.indices {
      var row = [line + 1]
      for column in right.indices {
        let changed = last[column] + (left[line] == right[column] ? 0 : 1)
        var slips = min(changed, row[column] + 1, last[column + 1] + 1)
        if line > 0, column > 0, left[line] == right[column - 1], left[line - 1] == right[column] {
          slips = min(slips, earlier[column - 1] + 1)
        }
        row.append(slips)
      }
      (earlier, last) = (last, row)
    }
    return last[right.count]
  }
}
