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
    let body: Data = row["body"]
    let bytes = Array(body)
    let value = try JSONValue(canonical: bytes, format: "event")
    var fields = try JSONFields(value, format: "event")
    let name = try fields.string("kind")
    guard let kind = Event.Kind(rawValue: name), kind.folds else {
      throw Malformed("event", "kind: \(name) changes no decision")
    }
    switch kind {
    case .decide:
      return .decided(.init(case: try fields.name("case"), outcome: try fields.outcome()))
    case .issue:
      let id = Grant.ID(SHA256Digest(of: bytes).hex)
      return .issued(Grant(id: id, index: index, terms: try terms(of: &fields, in: db)))
    case .overdue: return .overdue(try fields.name("case"))
    case .lapse: return .lapsed(try fields.name("case"))
    default:
      let statement: Data = row["bytes"]
      return .accepted(
        try Statement(canonical: Array(statement)),
        number: try fields.optionalInteger("number")
      )
    }
  }

  /// What an `issue` grants.
  private func terms(of fields: inout JSONFields, in db: Database) throws -> Grant.Terms {
    let audience = try fields.string("audience")
    let principal = try principal(of: audience, in: db)
    guard audience == "everyone" || principal != nil else {
      throw Malformed("event", "audience: nobody is known as \(audience)")
    }
    return Grant.Terms(
      release: try fields.name("release"),
      case: try fields.name("case"),
      stage: try fields.name("stage"),
      audience: principal.map { .principal($0) } ?? .everyone,
      tiers: try fields.digests("tiers"),
      notBefore: try fields.instant("not_before"),
      notAfter: try fields.optionalInstant("not_after"),
      terms: try fields.digests("terms"),
      policy: try fields.digest("policy")
    )
  }
}

extension JSONFields {
  /// Reads a typed name.
  mutating func name<Subject>(_ member: String) throws(Malformed) -> Identifier<Subject> {
    Identifier(try string(member))
  }

  /// Reads a map from names to digests.
  mutating func digests<Subject>(
    _ member: String
  ) throws(Malformed) -> [Identifier<Subject>: SHA256Digest] {
    var map: [Identifier<Subject>: SHA256Digest] = [:]
    let object = try object(member)
    var fields = try JSONFields(.object(object), format: format, path: member)
    for name in object.names { map[Identifier(name)] = try fields.digest(name) }
    return map
  }

  fileprivate mutating func outcome() throws(Malformed) -> Decision.Outcome {
    let text = try string("outcome")
    guard let outcome = Decision.Outcome(rawValue: text) else {
      throw fault("outcome", "must be approved or denied")
    }
    return outcome
  }
}

extension JSONValue {
  /// A map from names to digests.
  static func digests<Subject>(_ map: [Identifier<Subject>: SHA256Digest]) -> JSONValue {
    .object(JSONObject(map.map { .init(name: $0.key.rawValue, value: .string($0.value.hex)) }))
  }
}
