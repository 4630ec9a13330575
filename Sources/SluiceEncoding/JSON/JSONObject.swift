/// The members of a JSON object, sorted by the UTF-8 bytes of their names, which are unique.
///
/// Names are told apart as bytes: `é` and `e` with an accent are two names.
public struct JSONObject: Hashable, Sendable {
  /// A name and its value.
  public struct Member: Hashable, Sendable {
    /// The name, unescaped.
    public let name: String
    /// The value.
    public let value: JSONValue

    /// Pairs a name with a value.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }

    /// Whether name and value are the same, the names compared as bytes.
    public static func == (left: Member, right: Member) -> Bool {
      left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
    }
  }

  /// The members, sorted by the UTF-8 bytes of their names.
  public private(set) var members: [Member]

  /// Sorts members of which the caller knows that no two have the same name.
  public init(_ members: some Sequence<Member>) {
    var members = Array(members)
    let duplicate = Self.sort(&members)
    precondition(duplicate == nil, "an object with two members of one name")
    self.members = members
  }

  init(sorted members: [Member]) { self.members = members }

  /// The names, sorted by their UTF-8 bytes.
  public var names: [String] { members.map(\.name) }

  /// The value of a member; setting `nil` removes it.
  public subscript(name: String) -> JSONValue? {
    get {
      let index = index(of: name)
      return index.isPresent ? members[index.place].value : nil
    }
    set {
      let (place, isPresent) = index(of: name)
      let range = place..<(isPresent ? place + 1 : place)
      members.replaceSubrange(range, with: newValue.map { [Member(name: name, value: $0)] } ?? [])
    }
  }

  // Where a member of that name is, or would have to be.
  private func index(of name: String) -> (place: Int, isPresent: Bool) {
    var (lower, upper) = (0, members.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if Self.precedes(members[middle].name, name) {
        lower = middle + 1
      } else {
        upper = middle
      }
    }
    guard lower < members.count else { return (lower, false) }
    return (lower, members[lower].name.utf8.elementsEqual(name.utf8))
  }

  /// Sorts by name, and tells the first name that occurs twice, if one does.
  ///
  /// Members that are in order already, as every canonical text has them, cost one pass.
  static func sort(_ members: inout [Member]) -> String? {
    if inOrder(members) == nil { return nil }
    members.sort { precedes($0.name, $1.name) }
    return inOrder(members).map { members[$0].name }
  }

  // The first member that does not come after the one before it.
  private static func inOrder(_ members: [Member]) -> Int? {
    members.indices.dropFirst().first { !precedes(members[$0 - 1].name, members[$0].name) }
  }

  /// Whether the UTF-8 bytes of `left` come first.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    let fast = left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { left.lexicographicallyPrecedes($0) }
    }
    return (fast ?? nil) ?? left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// Lets an object be written out; no name may occur twice.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements.map { Member(name: $0.0, value: $0.1) })
  }
}
