import Foundation
import SluiceEncoding

/// Takes back what a round has put in, so that every round finds the same.
///
/// What there was before is kept in a file beside the database, so that a run that was interrupted
/// leaves nothing behind either: the next one takes it back.
struct Undo {
  private let database: RawDatabase
  private let memory: URL
  private let base: Int
  private let frontier: [UInt8]

  init(_ path: String) throws {
    memory = Self.memory(of: path)
    database = try RawDatabase(path)
    try database.run("PRAGMA busy_timeout = 5000")
    if let kept = try? String(contentsOf: memory, encoding: .utf8) {
      let parts = kept.split(separator: " ")
      guard parts.count == 2, let base = Int(parts[0]) else {
        throw RawDatabase.Fault(description: "\(memory.path()): unreadable")
      }
      (self.base, frontier) = (base, try Hex.decode(String(parts[1])))
    } else {
      let stored = try database.prepare("SELECT bytes FROM frontier")
      frontier = try stored.step() ? stored.blob(0) : []
      stored.reset()
      base = try database.integer("SELECT MAX(seq) + 1 FROM event")
      try Data("\(base) \(Hex.encode(frontier))".utf8).write(to: memory, options: .atomic)
    }
  }

  /// Takes back what an interrupted run has left behind, if one has.
  static func recover(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: memory(of: path).path(percentEncoded: false))
    else { return }
    let undo = try Undo(path)
    try undo.run()
    try undo.finish()
  }

  private static func memory(of path: String) -> URL {
    URL(filePath: path).deletingLastPathComponent().appending(path: "bench-undo")
  }

  /// Takes it back; `count` is how many admissions there must have been.
  func run(after count: Int) throws {
    let found = try database.integer("SELECT count(*) FROM delivery WHERE seq >= \(base)")
    try run()
    guard found == count else {
      throw RawDatabase.Fault(description: "\(found) of \(count) admissions were recorded")
    }
  }

  private func run() throws {
    try database.run(
      """
      BEGIN IMMEDIATE;
      DELETE FROM ongoing WHERE delivery >= \(base);
      DELETE FROM delivery WHERE seq >= \(base);
      DELETE FROM event WHERE seq >= \(base);
      DELETE FROM subtree WHERE ((position + 1) << (8 * level)) > \(base);
      """
    )
    let restore = try database.prepare("UPDATE frontier SET bytes = ?")
    restore.bind(1, blob: frontier)
    try restore.run()
    try database.run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /// Nothing more will be put in.
  func finish() throws { try FileManager.default.removeItem(at: memory) }
}
