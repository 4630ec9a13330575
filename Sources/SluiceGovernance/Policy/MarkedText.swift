internal import Yams

/// A YAML document with every scalar as text, and where each thing stands.
///
/// The YAML that policies are written in has one way to say a thing: no anchors, aliases, tags,
/// merge keys, second documents or duplicate keys (governance-domain 14).
struct MarkedText {
  indirect enum Content {
    case text(String)
    case list([MarkedText])
    case map([Entry])
  }

  /// A named part of a map.
  struct Entry {
    let name: String
    let mark: Places.Mark
    let value: MarkedText
  }

  let content: Content
  let mark: Places.Mark

  /// The longest file that is read, in bytes.
  static let longest = 262_144

  /// Reads one document.
  ///
  /// - Throws: Everything in it that is refused, or where it stopped being readable.
  init(_ text: String) throws(Unreadable) {
    guard text.utf8.count <= Self.longest else {
      throw Unreadable("longer than \(Self.longest) bytes", at: .start)
    }
    if let mark = Self.firstAlias(in: text) {
      throw Unreadable(
        "anchors and aliases are not allowed: write the part out, and rephrase text that looks so",
        at: mark
      )
    }
    do {
      guard let root = try Parser(yaml: text, encoding: .utf8).singleRoot() else {
        throw Unreadable("is empty", at: .start)
      }
      var reading = Reading(lines: text)
      self = reading.marked(root)
      if !reading.refused.isEmpty { throw Unreadable(refused: reading.refused) }
    } catch let unreadable as Unreadable {
      throw unreadable
    } catch {
      throw Unreadable(error, in: text)
    }
  }

  fileprivate init(content: Content, mark: Places.Mark) {
    self.content = content
    self.mark = mark
  }

  /// Where an alias could stand, if the text has both an anchor's and an alias's look.
  ///
  /// Asked before the parser is, which writes aliases out: a short text can stand for more than
  /// any machine can hold. An anchor without an alias is harmless, and found in the tree. Either sign
  /// is one where a name follows it and no name goes before it, whatever else does.
  private static func firstAlias(in text: String) -> Places.Mark? {
    let scalars = text.unicodeScalars
    func signs(_ sign: Unicode.Scalar) -> String.Index? {
      var last: Unicode.Scalar = "\n"
      for place in scalars.indices {
        let next = scalars.index(after: place)
        if scalars[place] == sign, !isOfName(last), next < scalars.endIndex, isOfName(scalars[next])
        {
          return place
        }
        last = scalars[place]
      }
      return nil
    }
    guard signs("&") != nil, let alias = signs("*") else { return nil }
    return Places.Mark.end(of: Substring(scalars[..<alias]))
  }

  /// Whether the parser takes a character for part of an anchor's name.
  private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }

  /// Text from outside, safe to print: what cannot be seen is escaped, what is long is cut.
  static func printable(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(60).map { scalar in
      let isPlain = scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F
      return isPlain || scalar.properties.isAlphabetic
        ? String(scalar) : scalar.escaped(asASCII: true)
    }
    return shown.joined() + (text.unicodeScalars.count > 60 ? "…" : "")
  }
}

/// Turns the parser's tree into a `MarkedText`, collecting what is refused.
private struct Reading {
  var refused: [Unreadable.Part] = []
  private let lines: [[Unicode.Scalar]]

  init(lines text: String) {
    let separated = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    lines = separated.map { Array($0.unicodeScalars) }
  }

  mutating func marked(_ node: Node) -> MarkedText {
    let mark = node.mark.map(Places.Mark.init) ?? .start
    // A tag or an anchor is part of its node, so the node begins with its sign.
    switch character(at: mark) {
    case "!": refuse("tags are not allowed: every value is text", at: mark)
    case "&": refuse("anchors are not allowed: write the part out", at: mark)
    default: break
    }
    switch node {
    case .scalar(let scalar): return MarkedText(content: .text(scalar.string), mark: mark)
    case .sequence(let nodes):
      return MarkedText(content: .list(nodes.map { marked($0) }), mark: mark)
    case .mapping(let pairs):
      var entries: [MarkedText.Entry] = []
      for (key, value) in pairs {
        let name = marked(key)
        if case .text(let text) = name.content {
          if text == "<<" {
            refuse("merge keys are not allowed: write the keys out", at: name.mark)
          }
          entries.append(.init(name: text, mark: name.mark, value: marked(value)))
        } else {
          refuse("a key must be text", at: name.mark)
        }
      }
      return MarkedText(content: .map(entries), mark: mark)
    case .alias: return MarkedText(content: .text(""), mark: mark)
    }
  }

  private mutating func refuse(_ what: String, at mark: Places.Mark) {
    if !refused.contains(where: { $0.mark == mark }) {
      refused.append(.init(what: what, mark: mark))
    }
  }

  private func character(at mark: Places.Mark) -> Unicode.Scalar? {
    guard lines.indices.contains(mark.line - 1),
      lines[mark.line - 1].indices.contains(mark.column - 1)
    else { return nil }
    return lines[mark.line - 1][mark.column - 1]
  }
}

extension Places.Mark {
  init(_ mark: Yams.Mark) { self.init(line: mark.line, column: mark.column) }
}
