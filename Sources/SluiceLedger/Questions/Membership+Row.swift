internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Membership {
  /// Reads a row.
  init(row: Row) throws {
    let (text, left, ended): (String, Int?, String?) = (
      row["fields"], row["left_at"], row["ended_by"]
    )
    let fields = try JSONValue(parsing: Array(text.utf8), .document, format: "membership")
      .objectValue
    self.init(
      member: Principal.ID(row["member"]),
      fields: Dictionary(
        (fields?.members ?? []).map { ($0.name, $0.value.stringValue ?? "") },
        uniquingKeysWith: { first, _ in first }
      ),
      invitedBy: Principal.ID(row["invited_by"]),
      invitedAt: Instant(seconds: row["invited_at"]),
      leftAt: left.map { Instant(seconds: $0) },
      endedBy: ended.map { Principal.ID($0) }
    )
  }
}
