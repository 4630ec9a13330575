internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Doctor {
  /// Compares the holds that bite, as the table has them, with those that were placed and lifted.
  mutating func examineHolds(in whole: Release, _ chart: Chart) throws {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT * FROM hold WHERE release = ?",
      arguments: [whole.id.rawValue]
    )
    var missing = chart.placed
    for row in rows {
      let id = Hold.ID(row["id"])
      let place = AuditFault.Place.row(table: "hold", key: id.rawValue)
      missing.remove(id)
      let (lifted, until): (Int?, Int?) = (row["lifted_at"], row["until"])
      if let lifted, chart.lifts[id]?.seconds != lifted {
        find(.holds, place, "is lifted, and no lift of it was approved then")
      }
      if lifted == nil, chart.lifts[id] != nil {
        find(.holds, place, "bites, though its lift was approved")
      }
      guard let hold = whole.holds.first(where: { $0.id == id }) else { continue }
      if hold.until?.seconds != until {
        find(.holds, place, "ends at another instant than was said")
      }
    }
    for id in missing.sorted(by: { $0.rawValue < $1.rawValue }) {
      find(.holds, .row(table: "hold", key: id.rawValue), "is gone, and nothing ended it")
    }
  }

  /// Whether each emergency that was granted has its review, decided in time or followed by the end of
  /// what it granted.
  mutating func examineReviews(in whole: Release) throws {
    // Whatever is said comes after what is due; so a late review shows with the next statement.
    let last = try Int.fetchOne(
      db,
      sql: "SELECT MAX(at) FROM event WHERE release = ? AND statement IS NOT NULL AND folds = 1",
      arguments: [whole.id.rawValue]
    )
    let asked = whole.cases.values.filter { $0.kind == .emergency && $0.state == .approved }
    for emergency in asked.sorted(by: { $0.number < $1.number }) {
      let place = AuditFault.Place.row(table: "case_file", key: emergency.id.rawValue)
      let found = whole.cases.values.first { $0.filing == .review(emergency.id) }
      guard let review = found, let deadline = review.deadline else {
        find(.reviews, place, "was granted, and no review began with it")
        continue
      }
      let isLate = review.isOpen ? (last ?? 0) > deadline.seconds : Self.isLate(review, deadline)
      if isLate {
        find(.reviews, place, "its review was due at \(deadline)")
      }
      guard review.state == .denied || review.state == .lapsed else { continue }
      let left = try String.fetchAll(
        db,
        sql: "SELECT id FROM grant_row WHERE case_id = ? AND ended_at IS NULL",
        arguments: [emergency.id.rawValue]
      )
      for grant in left {
        find(
          .reviews,
          .row(table: "grant_row", key: grant),
          "goes on, though its emergency was not ratified"
        )
      }
    }
  }

  private static func isLate(_ review: Case, _ deadline: Instant) -> Bool {
    review.state != .lapsed && review.endedAt.map { $0 >= deadline } ?? true
  }
}
