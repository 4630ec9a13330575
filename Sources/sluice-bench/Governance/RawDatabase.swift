import Foundation
import GRDBSQLite

/// A connection through SQLite's own C interface, with nothing in between.
///
/// The generator fills tables through it, and the peer that Sluice is measured against asks through
/// it.
final class RawDatabase {
  /// What SQLite said to something that must not fail.
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  fileprivate let handle: OpaquePointer

  /// Opens a file that is there.
  init(_ path: String) throws {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE, nil)
    guard code == SQLITE_OK, let opened else {
      throw Fault(description: "\(path): \(String(cString: sqlite3_errstr(code)))")
    }
    handle = opened
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that answer nothing of interest.
  func run(_ sql: String) throws { try check(sqlite3_exec(handle, sql, nil, nil, nil), sql) }

  /// Prepares one statement for many executions.
  func prepare(_ sql: String) throws -> RawStatement {
    var made: OpaquePointer?
    try check(
      sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil),
      sql
    )
    guard let made else { throw Fault(description: "not a statement: \(sql)") }
    return RawStatement(made, of: self)
  }

  /// The first column of every row.
  func texts(_ sql: String) throws -> [String] {
    let statement = try prepare(sql)
    var texts: [String] = []
    while try statement.step() { texts.append(statement.text(0)) }
    return texts
  }

  /// The first column of the first row, or 0.
  func integer(_ sql: String) throws -> Int {
    let statement = try prepare(sql)
    return try statement.step() ? statement.integer(0) : 0
  }

  fileprivate func check(_ code: Int32, _ sql: String) throws {
    guard code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE else {
      throw Fault(description: "\(String(cString: sqlite3_errmsg(handle))): \(sql)")
    }
  }
}

/// A prepared statement; parameters count from 1, columns from 0.
final class RawStatement {
  private let handle: OpaquePointer
  private let database: RawDatabase

  init(_ handle: OpaquePointer, of database: RawDatabase) {
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  func bind(_ place: Int32, _ value: Int) { sqlite3_bind_int64(handle, place, Int64(value)) }

  func bind(_ place: Int32, _ text: String) {
    sqlite3_bind_text(handle, place, strdup(text), Int32(text.utf8.count)) { free($0) }
  }

  func bind(_ place: Int32, text bytes: [UInt8]) {
    let copy = Self.copy(of: bytes)?.assumingMemoryBound(to: CChar.self)
    sqlite3_bind_text(handle, place, copy, Int32(bytes.count)) { free($0) }
  }

  func bind(_ place: Int32, blob bytes: [UInt8]) {
    sqlite3_bind_blob(handle, place, Self.copy(of: bytes), Int32(bytes.count)) { free($0) }
  }

  /// Bytes that SQLite owns and frees.
  private static func copy(of bytes: [UInt8]) -> UnsafeMutableRawPointer? {
    let copy = malloc(max(bytes.count, 1))
    bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { copy?.copyMemory(from: start, byteCount: source.count) }
    }
    return copy
  }

  func bindNull(_ place: Int32) { sqlite3_bind_null(handle, place) }

  /// Binds bytes that stay where they are until the next step; nothing is copied.
  func bind(_ place: Int32, text: PinnedBytes) {
    let start = text.start.assumingMemoryBound(to: CChar.self)
    sqlite3_bind_text(handle, place, start, Int32(text.count), nil)
  }

  func bind(_ place: Int32, blob: PinnedBytes) {
    sqlite3_bind_blob(handle, place, blob.start, Int32(blob.count), nil)
  }

  /// Moves to the next row; `false` after the last, and the statement can then be run again.
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    let ended = sqlite3_reset(handle)
    try database.check(ended, String(cString: sqlite3_sql(handle)))
    return false
  }

  /// Runs a statement that answers no row.
  func run() throws { while try step() {} }

  /// Makes the statement ready to be run again before its last row was seen.
  func reset() { sqlite3_reset(handle) }

  func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  func text(_ column: Int32) -> String {
    sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
  }

  /// A column that is to be bound elsewhere, without a copy in between.
  func pinned(_ column: Int32) -> PinnedBytes? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    return PinnedBytes(
      start: UnsafeRawPointer(start),
      count: Int(sqlite3_column_bytes(handle, column))
    )
  }

  func blob(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(
      UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    )
  }
}

/// Bytes at an address that outlives their use.
struct PinnedBytes {
  let start: UnsafeRawPointer
  let count: Int

  init(start: UnsafeRawPointer, count: Int) {
    self.start = start
    self.count = count
  }

  /// Copies bytes to a place that is never given back; the bench ends before that matters.
  init(_ bytes: [UInt8]) {
    let place = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
    bytes.withUnsafeBytes { source in
      UnsafeMutableRawBufferPointer(start: place, count: bytes.count).copyMemory(from: source)
    }
    start = UnsafeRawPointer(place)
    count = bytes.count
  }

  init(_ text: String) { self.init(Array(text.utf8)) }
}
