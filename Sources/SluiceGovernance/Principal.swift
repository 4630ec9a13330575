public import SluiceEncoding

/// Whoever can have keys: a person, an organisation or a service.
public enum Principal {
  /// `person:NAME`, `org:NAME` or `service:NAME` (README join 11).
  public typealias ID = Identifier<Principal>

  /// What a principal is; only a person can be a head that approves.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case person
    case organisation = "org"
    case service
  }
}

extension Identifier where Subject == Principal {
  /// Reads `KIND:NAME`, NAME being `[A-Za-z0-9][A-Za-z0-9._+@-]{0,127}` (signing-and-log 4.1).
  ///
  /// Names are narrow because they become patterns in an allowed signers file, where a person
  /// called `*` would sign for everybody.
  ///
  /// - Throws: `Malformed`, saying which half is wrong.
  public init(parsing text: String) throws(Malformed) {
    let format = "principal"
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      Principal.Kind(rawValue: String(text[..<colon])) != nil
    else { throw Malformed(format, "must begin with person:, org: or service:") }
    guard Self.isName(text[colon...].dropFirst()) else {
      throw Malformed(
        format,
        "NAME must be 1 to 128 of A-Z a-z 0-9 . _ + @ - and begin with a letter or digit"
      )
    }
    self.init(text)
  }

  /// Joins the two halves of a principal, checking the name.
  ///
  /// - Throws: `Malformed` for a name that ``init(parsing:)`` would refuse.
  public init(_ kind: Principal.Kind, named name: String) throws(Malformed) {
    try self.init(parsing: "\(kind.rawValue):\(name)")
  }

  /// NAME alone, as the Hub, allowed signers and the command line show it.
  public var name: String {
    guard let colon = rawValue.utf8.firstIndex(of: UInt8(ascii: ":")) else { return rawValue }
    return String(rawValue[rawValue.utf8.index(after: colon)...])
  }

  /// What the principal is; a literal without a kind stands for a person.
  public var kind: Principal.Kind {
    rawValue.utf8.firstIndex(of: UInt8(ascii: ":"))
      .flatMap { Principal.Kind(rawValue: String(rawValue[..<$0])) } ?? .person
  }

  private static func isName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first, isAlphanumeric(first), name.utf8.count <= 128 else {
      return false
    }
    return name.utf8.allSatisfy { isAlphanumeric($0) || "._+@-".utf8.contains($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
