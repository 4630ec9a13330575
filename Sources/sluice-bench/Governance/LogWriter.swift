import SluiceEncoding
import SluiceProof

/// Appends entries in bulk: the rows that the ledger's own append writes, and the same tree.
final class LogWriter {
  /// The columns by which an entry is found.
  struct Place {
    let kind: String
    let at: Int
    let release: String
    var `case`: String?
    var person: String?
    var statement: String?
    var folds = true
  }

  private let insert: RawStatement
  private let subtree: RawStatement
  private let database: RawDatabase
  private var frontier: Frontier
  private var lottery = Lottery(seed: 1)

  /// The index of the next entry.
  var index: Int { frontier.size }
  /// The head as statements name it: size and root.
  var head: (size: Int, root: SHA256Digest) { (frontier.size, frontier.root) }

  init(_ database: RawDatabase) throws {
    self.database = database
    let stored = try database.prepare("SELECT bytes FROM frontier")
    frontier = try stored.step() ? Frontier(bytes: stored.blob(0)) : Frontier()
    stored.reset()
    insert = try database.prepare(
      """
      INSERT INTO event
        (seq, kind, at, body, salt, entry, leaf, release, case_id, person, statement, folds)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    )
    subtree = try database.prepare("INSERT INTO subtree (level, position, hash) VALUES (?, ?, ?)")
  }

  /// Appends an entry whose body names ``index`` as its `seq`.
  func append(_ body: [UInt8], at place: Place) throws {
    let index = frontier.size
    let salt = (0..<4).flatMap { _ in
      withUnsafeBytes(of: lottery.next().littleEndian) { Array($0) }
    }
    let entry = try SealedEntry(event: body, salt: salt)
    let leaf = entry.leaf
    insert.bind(1, index)
    insert.bind(2, place.kind)
    insert.bind(3, place.at)
    insert.bind(4, blob: body)
    insert.bind(5, blob: salt)
    insert.bind(6, blob: entry.bytes)
    insert.bind(7, blob: leaf.bytes)
    insert.bind(8, place.release)
    for (column, text) in [(9, place.case), (10, place.person), (11, place.statement)] {
      if let text { insert.bind(Int32(column), text) } else { insert.bindNull(Int32(column)) }
    }
    insert.bind(12, place.folds ? 1 : 0)
    try insert.run()
    let completed = frontier.append(leaf)
    for height in stride(from: 8, to: completed.count, by: 8) {
      subtree.bind(1, height / 8)
      subtree.bind(2, index >> height)
      subtree.bind(3, blob: completed[height].bytes)
      try subtree.run()
    }
  }

  /// Writes the frontier, once all is appended.
  func finish() throws {
    let save = try database.prepare("UPDATE frontier SET bytes = ?")
    save.bind(1, blob: frontier.bytes)
    try save.run()
  }
}

/// Canonical JSON from members that are written in their order, with texts that need no escape.
struct Members {
  private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]

  mutating func add(_ name: String, _ text: String) {
    begin(name)
    bytes.append(UInt8(ascii: "\""))
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func add(_ name: String, _ number: Int) { add(name, json: String(number)) }

  mutating func add(_ name: String, json: String) {
    begin(name)
    bytes += json.utf8
  }

  /// The whole object.
  consuming func closed() -> [UInt8] {
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private mutating func begin(_ name: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    bytes += name.utf8
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }
}
