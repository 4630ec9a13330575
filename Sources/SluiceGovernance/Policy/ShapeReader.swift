internal import SluiceEncoding

/// Reads a document by its grammar, collecting everything that is wrong with it.
///
/// What is wrong is left out of the value and reported with its place; the rest is kept, so that
/// one reading finds all faults.
struct ShapeReader {
  /// What is wrong: P002, P003, P004, P011, P020 and P021.
  private(set) var faults: [(code: String, path: String, message: String)] = []
  /// Paths of what is right, but more than this version honours.
  private(set) var unsupported: [(path: String, what: String)] = []
  /// Names that must stand in another part of the document.
  private(set) var references: [(path: String, name: String, part: String)] = []
  /// Path → where it stands: a scalar itself, anything else by its key.
  private(set) var marks: [String: Places.Mark] = ["": .start]

  /// The requirements that are being read, each an alternative in the one before.
  private var requirements: [String] = []

  /// The value of `text` as `shape` has it; `nil` if nothing of it can be used.
  mutating func read(_ text: MarkedText, as shape: Shape, at path: String) -> DocumentValue? {
    switch shape {
    case .scalar(let scalar): return read(text, as: scalar, at: path)
    case .reference(let scalar, let part, let word):
      let value = read(text, as: scalar, at: path)
      if let name = value?.text, name != word { references.append((path, name, part)) }
      return value
    case .list(let item, let least, let isSet):
      return list(text, of: item, atLeast: least, isSet: isSet, at: path)
    case .map(let name, let value, let least, let most):
      return map(text, of: value, named: name, counting: least...most, at: path)
    case .record(let keys, let oneOf): return record(text, keys, oneOf: oneOf, at: path)
    case .either(let scalar, let other):
      if case .map = text.content { return read(text, as: other, at: path) }
      return read(text, as: scalar, at: path)
    case .oneOrMore(let item):
      guard case .list = text.content else { return read(text, as: item, at: path) }
      return read(text, as: .list(item), at: path)
    case .requirement:
      guard requirements.count < 5 else {
        return refuse("P004", path, "alternatives in alternatives; at most 4 deep")
      }
      requirements.append(path)
      defer { requirements.removeLast() }
      return read(text, as: PolicyGrammar.requirement, at: path)
    }
  }

  private mutating func read(
    _ text: MarkedText,
    as scalar: Shape.Scalar,
    at path: String
  ) -> DocumentValue? {
    guard case .text(let written) = text.content else {
      return refuse("P004", path, "must be one value, not a list or a mapping")
    }
    switch scalar.read(written) {
    case .success(let value): return value
    case .failure(let fault): return refuse(fault.code, path, fault.message)
    }
  }

  private mutating func list(
    _ text: MarkedText,
    of item: Shape,
    atLeast least: Int,
    isSet: Bool,
    at path: String
  ) -> DocumentValue? {
    guard case .list(let items) = text.content else {
      return refuse("P004", path, "must be a list")
    }
    guard items.count <= 1_000 else {
      return refuse("P004", path, "has \(items.count) items; at most 1000")
    }
    if items.count < least {
      let alternatives = least == 1 ? "must not be empty" : "needs \(least) or more alternatives"
      _ = refuse("P004", path, alternatives)
    }
    var values: [DocumentValue] = []
    var seen: Set<DocumentValue> = []
    for (index, each) in items.enumerated() {
      let path = "\(path)[\(index)]"
      marks[path] = each.mark
      let value = read(each, as: item, at: path)
      if isSet, let value, !seen.insert(value).inserted {
        _ = refuse("P004", path, "is there twice")
      }
      // A blank in its place, so that the next item keeps its number.
      values.append(value ?? .text(""))
    }
    return .list(values)
  }

  private mutating func map(
    _ text: MarkedText,
    of shape: Shape,
    named name: Shape.Scalar,
    counting range: ClosedRange<Int>,
    at path: String
  ) -> DocumentValue? {
    guard case .map(let entries) = text.content else {
      return refuse("P004", path, "must be a mapping")
    }
    guard entries.count <= range.upperBound else {
      return refuse("P004", path, "has \(entries.count) entries; at most \(range.upperBound)")
    }
    if entries.count < range.lowerBound { _ = refuse("P004", path, "must not be empty") }
    var members: [DocumentValue.Member] = []
    for entry in entries {
      let path = below(path, entry)
      if case .failure(let fault) = name.read(entry.name) {
        marks[path] = entry.mark
        _ = refuse(fault.code, path, fault.message)
      }
      if let value = read(entry.value, as: shape, at: path) {
        members.append(.init(name: entry.name, value: value))
      }
    }
    return .map(members)
  }

  private mutating func record(
    _ text: MarkedText,
    _ keys: [Shape.Key],
    oneOf: [String],
    at path: String
  ) -> DocumentValue? {
    guard case .map(let entries) = text.content else {
      return refuse("P004", path, "must be a mapping with \(names(of: keys, oneOf))")
    }
    guard entries.count <= 1_000 else { return refuse("P002", path, "1000 unknown keys or more") }
    var members: [DocumentValue.Member] = []
    for entry in entries {
      let path = below(path, entry)
      guard let key = keys.first(where: { $0.name.utf8.elementsEqual(entry.name.utf8) }) else {
        marks[path] = entry.mark
        _ = refuse("P002", path, unknown(entry.name, among: keys, oneOf))
        continue
      }
      guard let value = read(entry.value, as: key.shape, at: path) else { continue }
      note(key, value, at: path)
      members.append(.init(name: key.name, value: value))
    }
    let there = Set(entries.map(\.name))
    for key in keys where key.isRequired && !there.contains(key.name) {
      _ = refuse("P003", path.isEmpty ? key.name : "\(path).\(key.name)", "missing")
    }
    let chosen = oneOf.count { there.contains($0) }
    if !oneOf.isEmpty, chosen != 1, there.isSubset(of: keys.map(\.name)) {
      _ = refuse("P004", path, "needs exactly one of \(Shape.Scalar.choice(of: oneOf))")
    }
    return .map(members)
  }

  /// Where an entry is, remembering its place: a value's own, of anything larger its key's.
  private mutating func below(_ path: String, _ entry: MarkedText.Entry) -> String {
    let name = MarkedText.printable(entry.name)
    let path = path.isEmpty ? name : "\(path).\(name)"
    if case .text = entry.value.content {
      marks[path] = entry.value.mark
    } else {
      marks[path] = entry.mark
    }
    return path
  }

  private mutating func note(_ key: Shape.Key, _ value: DocumentValue, at path: String) {
    switch key.support {
    case .yes: break
    case .no: unsupported.append((path, key.name))
    case .only(let honoured):
      guard value != honoured else { return }
      unsupported.append((path, "\(key.name): \(value.json.stringValue ?? value.json.text)"))
    }
  }

  private mutating func refuse(_ code: String, _ path: String, _ message: String) -> DocumentValue?
  {
    faults.append((code, path, message))
    return nil
  }

  private func names(of keys: [Shape.Key], _ oneOf: [String]) -> String {
    let required = keys.filter(\.isRequired).map(\.name)
    guard required.isEmpty else { return required.joined(separator: ", ") }
    return "one of " + (oneOf.isEmpty ? keys.map(\.name) : oneOf).joined(separator: ", ")
  }

  private func unknown(_ name: String, among keys: [Shape.Key], _ oneOf: [String]) -> String {
    let what = oneOf.isEmpty ? "unknown key" : "unknown kind of requirement"
    if let meant = keys.first(where: { $0.aka.contains(name) }) {
      return "\(what); did you mean \(meant.name)?"
    }
    return "\(what); \(Spelling.advice(on: name, among: keys.map(\.name)))"
  }
}
