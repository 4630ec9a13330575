internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Doctor {
  /// Whether each answer that was committed to has its row, and whatever is gone was erased on record.
  mutating func examineAnswers() throws {
    let erased = try erasedIndexes()
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT statement.bytes AS bytes, event.seq AS seq, answer.commitment AS commitment,
          answer.salt IS NULL AS gone
        FROM statement
        JOIN event ON event.statement = statement.sha256
        LEFT JOIN answer ON answer.statement = statement.sha256
        WHERE statement.type = 'answer' ORDER BY event.seq
        """
    )
    for row in rows {
      let (index, isGone): (Int, Bool) = (row["seq"], row["gone"])
      let (bytes, commitment): (Data, String?) = (row["bytes"], row["commitment"])
      guard let statement = try? Statement(canonical: Array(bytes)),
        case .answer(_, let said) = statement.body
      else { continue }
      if commitment?.utf8.elementsEqual(said.hex.utf8) != true {
        find(.erasures, .answer(said.hex), "is not counted any more: it has no row")
      } else if isGone, !erased.contains(index) {
        find(.erasures, .answer(said.hex), "is gone, and no entry says that it was erased")
      }
    }
  }

  /// The entries that the log says were erased.
  private func erasedIndexes() throws -> Set<Int> {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT body FROM event WHERE kind = 'erase' AND body IS NOT NULL"
    )
    return rows.reduce(into: []) { erased, row in
      let indexes = Self.body(of: row)["indexes"]?.arrayValue ?? []
      erased.formUnion(indexes.compactMap(\.integerValue))
    }
  }

  /// Whether what everybody may read says who asked: no such event has a person's place, and none of
  /// its texts is a person's name, address or identity.
  mutating func examineRecords() throws {
    let people = try Row.fetchAll(db, sql: "SELECT id, handle, email FROM principal")
    let addresses = Set(people.map { $0["email"] as String }.filter { !$0.isEmpty })
    let identities = Set(people.map { $0["id"] as String }.filter { $0.hasPrefix("person:") })
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT seq, kind, case_id, person, salt, body FROM event
        WHERE is_about_release = 1 OR salt IS NULL ORDER BY seq
        """
    )
    while let row = try rows.next() {
      let index: Int = row["seq"]
      if row["case_id"] != nil || row["person"] != nil {
        find(.privacy, .event(index), "is about a person, and for everybody to read")
      }
      for text in JSONValue.object(Self.body(of: row)).texts {
        let isPersonal =
          identities.contains(text) || addresses.contains { text.contains($0) }
        if isPersonal { find(.privacy, .event(index), "names a person: \(text)") }
      }
    }
  }

  /// Whether the policies that were adopted are there, and with them the forms that people were asked.
  mutating func examinePolicies() throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT statement.bytes AS bytes FROM decision
        JOIN statement ON statement.sha256 = decision.case_id
        WHERE decision.outcome = 'approved' ORDER BY decision.seq
        """
    )
    for row in rows {
      let bytes: Data = row["bytes"]
      guard let statement = try? Statement(canonical: Array(bytes)),
        case .file(.amend(let policy, _, _, _)) = statement.body
      else { continue }
      let text = try ledger.document(policy, in: db).flatMap {
        String(validating: $0, as: UTF8.self)
      }
      if text.flatMap({ try? Policy(text: $0) }) == nil {
        find(
          .publicity,
          .document(policy.hex),
          "the policy of \(statement.release) cannot be read by anybody"
        )
      }
    }
  }

  /// Whether the texts and forms that gates of a public release refer to can be read: those of every
  /// version that somebody can have been asked under.
  mutating func examinePublicity(of whole: Release) throws {
    for adoption in whole.adoptions {
      let policy = adoption.policy
      let names: [(String, SHA256Digest)] =
        [("the policy", policy.digest)]
        + policy.terms.compactMap { text in adoption.terms[text.id].map { ("terms \(text.id)", $0) }
        }
      for (name, digest) in names {
        guard let bytes = try ledger.document(digest, in: db) else {
          find(
            .publicity,
            .document(digest.hex),
            "\(name) of \(whole.id) cannot be read by anybody"
          )
          continue
        }
        if String(validating: bytes, as: UTF8.self) == nil {
          find(.publicity, .document(digest.hex), "\(name) of \(whole.id) is no text")
        }
      }
      for text in policy.terms where adoption.terms[text.id] == nil {
        find(
          .publicity,
          .row(table: "case_file", key: adoption.case.rawValue),
          "terms \(text.id) were never sent"
        )
      }
    }
  }
}

extension JSONValue {
  /// Every text in it, at any depth.
  fileprivate var texts: [String] {
    if let text = stringValue { return [text] }
    if let list = arrayValue { return list.flatMap(\.texts) }
    return objectValue?.members.flatMap(\.value.texts) ?? []
  }
}
