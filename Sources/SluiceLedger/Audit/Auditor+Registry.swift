internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Auditor {
  /// Compares what stands beside the log and follows from it, or from itself: how people are called,
  /// which names wait for a proposal, where an earlier version's log ends.
  mutating func compareRegistry() throws {
    let people = try Row.fetchCursor(db, sql: "SELECT id, handle FROM principal ORDER BY id")
    while let row = try people.next() {
      let (id, handle): (String, String) = (row["id"], row["handle"])
      guard !Principal.ID(id).name.utf8.elementsEqual(handle.utf8) else { continue }
      fault(.row(table: "principal", key: id), "handle: is not the name in its id")
    }
    try compareReservations()
    try compareLegacy()
  }

  /// Compares which names wait: each does from when it is set aside until a proposal comes.
  ///
  /// After a first proposal that failed the operator may set it aside again, and nothing but the row
  /// says whether that was done.
  private mutating func compareReservations() throws {
    for row in try Row.fetchAll(db, sql: "SELECT id, awaits FROM release ORDER BY id") {
      let (name, awaits): (String, Bool) = (row["id"], row["awaits"])
      let id = Release.ID(name)
      let place = AuditFault.Place.row(table: "release", key: name)
      guard states.seen.contains(id) else {
        if !awaits { fault(place, "awaits: no proposal has come") }
        continue
      }
      let state = try states.release(id, .levelOnly)
      if awaits, state.adoption != nil || state.cases.values.contains(where: \.isOpen) {
        fault(place, "awaits: a proposal has come")
      }
    }
  }

  /// Where the entries of an earlier version end is told by their form, which is compared entry by entry;
  /// a number that is no index of this log was never written.
  private mutating func compareLegacy() throws {
    let rows = try Row.fetchAll(db, sql: "SELECT * FROM legacy")
    let place = AuditFault.Place.row(table: "legacy", key: "0")
    guard rows.count == 1, let row = rows.first else {
      return fault(place, "is there \(rows.count) times")
    }
    let (id, sealed, isProjected): (Int, Int, Bool) = (
      row["id"], row["sealed"], row["is_projected"]
    )
    if id != 0 { fault(place, "id: is \(id)") }
    if !(0...frontier.size).contains(sealed) { fault(place, "sealed: lies beyond the log") }
    if !isProjected { fault(place, "is_projected: the tables of this version were written") }
  }
}
