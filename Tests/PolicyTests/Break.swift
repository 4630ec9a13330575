import SluiceGovernance
import Testing

/// A sample with something changed, and the faults that follow: one block of a vector file.
struct Break: CustomTestStringConvertible, Sendable {
  struct Change: Sendable {
    var old: [String] = []
    var new: [String] = []
  }

  private(set) var changes: [Change] = []
  private(set) var faults: [String] = []

  var testDescription: String {
    changes.map { $0.new.joined(separator: " ") }.joined(separator: "; ")
  }

  /// The blocks of a file in `Vectors`; its first lines say how they are written.
  static func blocks(_ name: String) throws -> [Break] {
    try Library.text(name, in: Library.vectors).split(separator: "\n\n").map(Break.init)
      .filter { !$0.changes.isEmpty || !$0.faults.isEmpty }
  }

  private init(_ block: Substring) {
    for line in block.split(separator: "\n") where !line.hasPrefix("#") {
      let text = String(line.dropFirst(2))
      switch line.first {
      case "-":
        if changes.last?.new.isEmpty == false || changes.isEmpty { changes.append(Change()) }
        changes[changes.count - 1].old.append(text)
      case "+": changes[changes.count - 1].new.append(text)
      case "=": faults.append(text)
      default: Issue.record("a line without a sign: \(line)")
      }
    }
  }

  /// The sample with the changes made; each must be possible.
  func applied(to sample: String) throws -> String {
    try changes.reduce(sample) { text, change in
      let old = change.old.joined(separator: "\n")
      let place = try #require(text.firstRange(of: old), "not in the sample: \(old)")
      return text.replacingCharacters(in: place, with: change.new.joined(separator: "\n"))
    }
  }
}

extension PolicyFault {
  /// As the vector files write it: without the name of the file.
  var vector: String { String(description.dropFirst(source.count + 1)) }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
