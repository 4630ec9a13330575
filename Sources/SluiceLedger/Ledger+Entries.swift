internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// The fact that a row of the log records.
  ///
  /// - Throws: `Refusal.logCorrupt` for a row that this version cannot have written.
  func entry(_ row: Row, in db: Database) throws -> Entry {
    let index: Int = row["seq"]
    do {
      return Entry(
        index: index,
        at: Instant(seconds: row["at"]),
        fact: try fact(of: row, at: index, in: db)
      )
    } catch let fault as Malformed {
      throw Refusal.logCorrupt("entry \(index): \(fault)")
    }
  }

  private func fact(of row: Row, at index: Int, in db: Database) throws -> Entry.Fact {
    guard let body: Data = row["body"] else { throw Malformed("event", "its body is missing") }
    let bytes = Array(body)
    let value = try JSONValue(canonical: bytes, format: "event")
    var fields = try JSONFields(value, format: "event")
    let name = try fields.string("kind")
    guard let kind = Event.Kind(rawValue: name), kind.folds || kind == .tick else {
      throw Malformed("event", "kind: \(name) changes no decision")
    }
    switch kind {
    case .decide: return .decided(try Decision.Record(canonical: bytes))
    case .issue:
      return .issued(
        try Grant(canonical: bytes, at: index) { name in
          guard let principal = try principal(of: name, in: db) else {
            throw Malformed("event", "audience: nobody is known as \(name)")
          }
          return principal
        }
      )
    case .overdue:
      guard let grant = try fields.optionalString("grant") else {
        return .overdue(try fields.name("case"))
      }
      return .unpaid(
        Grant.ID(grant),
        owes: try fields.integer("owes"),
        event: SHA256Digest(of: bytes)
      )
    case .lapse: return .lapsed(try fields.name("case"))
    case .tick: return .clock(isPaused: try fields.string("state") == "paused")
    default:
      guard let statement: Data = row["bytes"] else {
        throw Malformed("event", "its statement is missing")
      }
      return .accepted(try fields.said(try Statement(canonical: Array(statement))))
    }
  }
}

extension JSONFields {
  /// Reads a typed name.
  mutating func name<Subject>(_ member: String) throws(Malformed) -> Identifier<Subject> {
    Identifier(try string(member))
  }

  /// What the entry of a statement records beside it.
  fileprivate mutating func said(_ statement: Statement) throws(Malformed) -> Entry.Said {
    let text = try string("strength")
    guard let strength = Strength(rawValue: text) else {
      throw fault("strength", "\(text) is none")
    }
    let credential = try string("credential")
    let key = "key:"
    return Entry.Said(
      statement,
      strength: strength,
      key: credential.hasPrefix(key) ? String(credential.dropFirst(key.count)) : nil,
      number: try optionalInteger("number"),
      organisation: try optionalString("organisation").map { Principal.ID($0) }
    )
  }
}

extension JSONValue {
  /// A map from names to digests.
  static func digests<Subject>(_ map: [Identifier<Subject>: SHA256Digest]) -> JSONValue {
    .object(JSONObject(map.map { .init(name: $0.key.rawValue, value: .string($0.value.hex)) }))
  }
}
