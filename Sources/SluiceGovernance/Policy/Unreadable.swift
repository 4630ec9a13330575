internal import Yams

/// Why a text is not a YAML document of the kind that is read here; each part becomes a P001.
struct Unreadable: Error {
  /// Something that is refused, and where.
  struct Part {
    let what: String
    let mark: Places.Mark
  }

  /// At least one.
  let refused: [Part]

  init(refused: [Part]) { self.refused = refused }

  init(_ what: String, at mark: Places.Mark) { refused = [Part(what: what, mark: mark)] }

  /// Puts into words what the parser threw about `text`.
  init(_ error: any Error, in text: String) {
    guard let error = error as? YamlError else {
      self.init("cannot be read: \(error)", at: .start)
      return
    }
    switch error {
    case .composer(let context, _, let mark, _):
      // Yams knows two of them, and only that of a second document has a context.
      let what =
        context == nil
        ? "anchors and aliases are not allowed: write the part out"
        : "another document begins: a file has one"
      self.init(what, at: Places.Mark(mark, in: text))
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      let around = context.map { "\($0.text), line \($0.mark.line): " } ?? ""
      self.init(around + problem, at: Places.Mark(mark, in: text))
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "\"\(MarkedText.printable($0))\"" }.joined(separator: ", ")
      self.init(
        "duplicate key \(names): here and again further down in the same mapping",
        at: Places.Mark(context.mark)
      )
    case .reader(let problem, let offset, _, _):
      self.init(problem, at: .end(of: text.prefix(offset ?? 0)))
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      self.init("cannot be read: \(error)", at: .start)
    }
  }
}

extension MarkedText {
  /// Reads one document of a file, each part that is refused becoming a P001.
  init(_ text: String, source: String) throws(PolicyFaults) {
    do throws(Unreadable) {
      self = try MarkedText(text)
    } catch {
      let file = Places(source: source, marks: [:])
      throw PolicyFaults(faults: error.refused.map { file.fault("P001", $0.mark, $0.what) })
    }
  }
}

extension Places.Mark {
  /// Where the parser says it stopped; at the end of a text it may say a line that is not there.
  fileprivate init(_ mark: Yams.Mark, in text: String) {
    let end = Self.end(of: text[...])
    self = mark.line > end.line ? end : Self(mark)
  }

  /// The place after the last character.
  static func end(of text: Substring) -> Self {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return Self(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
  }
}
