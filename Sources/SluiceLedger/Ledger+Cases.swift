internal import Foundation
internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// Cases, by number.
  ///
  /// - Parameters:
  ///   - release: Only those of this release.
  ///   - state: Only those that stand there.
  ///   - kind: Only those that ask for this kind of thing.
  ///   - stage: Only those about this stage.
  ///   - tier: Only those about this tier, among others.
  ///   - requester: Only those that this principal filed.
  ///   - party: Only those that this principal filed, or would benefit from.
  ///   - isOverdue: Only open ones whose time to be decided ran out.
  ///   - number: Only those after this number.
  ///   - limit: At most so many; all, if not given.
  /// - Returns: The rows that fit all of these.
  /// - Throws: What SQLite threw.
  public func cases(
    of release: Release.ID? = nil,
    state: Case.State? = nil,
    kind: Case.Kind? = nil,
    stage: Stage.ID? = nil,
    tier: Tier.ID? = nil,
    requester: Principal.ID? = nil,
    party: Principal.ID? = nil,
    isOverdue: Bool = false,
    after number: Int = 0,
    limit: Int? = nil
  ) async throws -> [CaseRow] {
    // Of one person there are few, and of one state they stand in order: those are looked up. Else the
    // numbers are gone through, which is in order too, and ends with the last row that is wanted.
    let isLookedUp = state != nil && requester == nil && party == nil
    let wanted: [(condition: String, value: (any DatabaseValueConvertible)?)] = [
      ("\(isLookedUp ? "" : "+")release = ?", release?.rawValue), ("state = ?", state?.rawValue),
      ("kind = ?", kind?.rawValue), ("stage = ?", stage?.rawValue),
      ("EXISTS (SELECT 1 FROM json_each(tiers) WHERE value = ?)", tier?.rawValue),
      ("requester = ?", requester?.rawValue),
      (
        """
        id IN (SELECT id FROM case_file WHERE requester = ?1
          UNION SELECT id FROM case_file WHERE beneficiary = ?1)
        """, party?.rawValue
      ),
      ("is_overdue = ? AND ended_at IS NULL", isOverdue ? 1 : nil), ("number > ?", number),
    ]
    let given = wanted.enumerated().compactMap { place, part in
      part.value.map { value in
        (part.condition.replacing(/\?1?/) { _ in ":v\(place)" }, "v\(place)", value)
      }
    }
    var arguments = StatementArguments()
    for (_, name, value) in given { arguments += [name: value] }
    arguments += ["limit": limit ?? -1]
    let condition = given.map(\.0).joined(separator: " AND ")
    return try await database.read { [arguments] db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: "\(CaseRow.selection) WHERE \(condition) ORDER BY number LIMIT :limit"
        ),
        arguments: arguments
      ).map(CaseRow.init)
    }
  }

  /// The case that is meant by a number, an id, or a beginning of one of six or more digits.
  ///
  /// - Returns: `nil` if none is meant, or more than one.
  public func `case`(_ reference: String) async throws -> CaseRow? {
    let isHex = reference.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    return try await database.read { db in
      // Six digits may be a number as well as the beginning of an id; the number is what people say.
      if let number = Int(reference), String(number).utf8.elementsEqual(reference.utf8) {
        let row = try Row.fetchOne(
          db,
          sql: "\(CaseRow.selection) WHERE number = ?",
          arguments: [number]
        )
        if let row { return try CaseRow(row: row) }
      }
      guard isHex, (6...64).contains(reference.utf8.count) else { return nil }
      let rows = try Row.fetchAll(
        db,
        sql: "\(CaseRow.selection) WHERE id >= :from AND id < :from || 'g' LIMIT 2",
        arguments: ["from": reference]
      )
      return rows.count == 1 ? try rows.map(CaseRow.init).first : nil
    }
  }

  /// The bytes of a statement that was taken in.
  public func statement(_ id: SluiceGovernance.Statement.ID) async throws -> [UInt8]? {
    try await database.read { db in try bytes(of: id, in: db) }
  }

  /// The explanation that was stored with the decision of a case: canonical JSON, byte for byte.
  ///
  /// - Returns: `nil` while the case is undecided.
  public func explanation(ofDecided id: Case.ID) async throws -> [UInt8]? {
    try await database.read { db in
      try Data.fetchOne(
        db,
        sql: "SELECT explanation FROM decision WHERE case_id = ? ORDER BY seq DESC LIMIT 1",
        arguments: [id.rawValue]
      ).map { Array($0) }
    }
  }
}
