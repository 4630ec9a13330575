internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// A kind of reading that reveals persons to somebody who is none of them.
public enum Viewing: String, CaseIterable, Hashable, Sendable {
  /// Whether somebody else may obtain a tier, and why.
  case access
  /// What somebody answered to a form.
  case answers
  /// Who asked for what.
  case cases
  /// What was vouched for about whom.
  case credentials
  /// Who received what.
  case deliveries
  /// What a sealed entry of the log says.
  case events
  /// Who was granted what.
  case grants
  /// Who, or what of whose, is held.
  case holds
  /// Who is in a group.
  case members
  /// All about somebody.
  case persons

  /// How the log names the operator, who has no pseudonym: whoever is at the machine's own shell.
  static let byOperator = "operator"
}

extension Ledger {
  /// Records that somebody is about to read what reveals persons; further readings of the same kind in
  /// the same release are the same reading for an hour.
  ///
  /// What was recorded is looked up in the log itself, of which the last hour is read backwards.
  ///
  /// - Parameters:
  ///   - viewing: What is read.
  ///   - release: Of which release.
  ///   - viewer: Who reads; `nil` for the operator.
  ///   - clock: What the process's clock shows.
  /// - Throws: `Refusal.clockUntrusted`; what SQLite threw, after which nothing may be shown.
  public func record(
    _ viewing: Viewing,
    of release: Release.ID,
    by viewer: Principal.ID?,
    at clock: Instant
  ) async throws {
    let isKnown = try await database.read { db in
      let actor: String? =
        if let viewer { try knownPseudonym(of: viewer, in: db) } else { Viewing.byOperator }
      guard let actor else { return false }
      let now = try logTime(clock, in: db)
      return try isRecorded(Event(viewing, of: release, by: actor), at: now, in: db)
    }
    guard !isKnown else { return }
    try await database.write { db in
      let now = try logTime(clock, in: db)
      let actor = try viewer.map { try pseudonym(of: $0, in: db) } ?? Viewing.byOperator
      let event = Event(viewing, of: release, by: actor)
      guard try !isRecorded(event, at: now, in: db) else { return }
      try append(event, at: now, in: db)
    }
  }

  private func isRecorded(_ event: Event, at now: Instant, in db: Database) throws -> Bool {
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT at, body FROM event WHERE kind = 'view' ORDER BY seq DESC"
    )
    while let row = try rows.next() {
      let at: Int = row["at"]
      guard now.seconds - at < Self.countedTogether else { return false }
      guard let body: Data = row["body"] else { continue }
      let said = try JSONValue(canonical: Array(body), format: "event").objectValue
      if event.members.members.allSatisfy({ said?[$0.name] == $0.value }) { return true }
    }
    return false
  }
}

extension Event {
  fileprivate init(_ viewing: Viewing, of release: Release.ID, by actor: String) {
    let members: JSONObject = [
      "actor": .string(actor), "release": .string(release.rawValue),
      "what": .string(viewing.rawValue),
    ]
    self.init(kind: .view, members: members, release: release)
  }
}
