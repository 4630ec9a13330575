internal import SluiceEncoding

/// A policy or roster as data: a tree that keeps the order of the file.
indirect enum DocumentValue: Hashable, Sendable {
  case text(String)
  case integer(Int)
  case boolean(Bool)
  case list([DocumentValue])
  case map([Member])

  /// A named part of a map.
  struct Member: Hashable, Sendable {
    let name: String
    let value: DocumentValue
  }

  /// The part of that name.
  subscript(name: String) -> DocumentValue? {
    members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The text, if it is one.
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The number, if it is one.
  var integer: Int? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  /// Whether it is the boolean `true`.
  var isTrue: Bool { self == .boolean(true) }

  /// The items of a list; none of anything else.
  var items: [DocumentValue] {
    if case .list(let items) = self { items } else { [] }
  }

  /// The members of a map, in file order; none of anything else.
  var members: [Member] {
    if case .map(let members) = self { members } else { [] }
  }

  /// The value as canonical JSON writes it: members sorted, numbers as numbers.
  var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .integer(let integer): .integer(integer)
    case .boolean(let boolean): .bool(boolean)
    case .list(let items): .array(items.map(\.json))
    case .map(let members):
      .object(JSONObject(members.map { .init(name: $0.name, value: $0.value.json) }))
    }
  }
}
