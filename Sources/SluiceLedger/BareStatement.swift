internal import GRDB
internal import GRDBSQLite

/// A statement that GRDB has prepared, run through SQLite's own interface.
///
/// For what every delivery runs: a cursor of GRDB's looks up the names of its columns, and its
/// arguments are boxed one by one, which takes longer than what SQLite does
/// (Docs/Decisions/0022).
struct BareStatement {
  /// What is bound in the place of a question mark.
  enum Value {
    case text(String)
    case integer(Int)
    case blob([UInt8])
    case null

    /// A text, or nothing.
    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  }

  private let statement: GRDB.Statement
  private var handle: OpaquePointer { statement.sqliteStatement }

  /// Takes what GRDB keeps prepared for that text.
  init(_ sql: String, in db: Database) throws { statement = try db.cachedStatement(sql: sql) }

  /// Runs the statement, and hands over each row that it answers.
  ///
  /// - Throws: `DatabaseError`; what `read` throws.
  func run(_ values: [Value] = [], _ read: (BareRow) throws -> Void = { _ in }) throws {
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    for (place, value) in values.enumerated() { try bind(Int32(place + 1), value) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try read(BareRow(handle: handle))
      case SQLITE_DONE: return
      default: throw fault
      }
    }
  }

  private func bind(_ place: Int32, _ value: Value) throws {
    let code =
      switch value {
      case .null: sqlite3_bind_null(handle, place)
      case .integer(let number): sqlite3_bind_int64(handle, place, Int64(number))
      case .text(var text):
        text.withUTF8 { bytes in
          let bytes = UnsafeRawBufferPointer(bytes)
          return sqlite3_bind_text64(
            handle,
            place,
            Self.copy(of: bytes)?.assumingMemoryBound(to: CChar.self),
            UInt64(bytes.count),
            sqlite3_free,
            UInt8(SQLITE_UTF8)
          )
        }
      case .blob(let bytes):
        bytes.withUnsafeBytes { bytes in
          sqlite3_bind_blob64(
            handle,
            place,
            Self.copy(of: bytes),
            UInt64(bytes.count),
            sqlite3_free
          )
        }
      }
    guard code == SQLITE_OK else { throw fault }
  }

  /// Bytes for SQLite to keep and to free; of none too, because a null pointer would stand for NULL.
  private static func copy(of bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer? {
    let copy = sqlite3_malloc64(UInt64(max(1, bytes.count)))
    if let start = bytes.baseAddress { copy?.copyMemory(from: start, byteCount: bytes.count) }
    return copy
  }

  private var fault: DatabaseError {
    let connection = sqlite3_db_handle(handle)
    return DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)),
      sql: statement.sql
    )
  }
}

/// The row at which a ``BareStatement`` stands; it is good only until the next one.
struct BareRow: PlacedRow {
  fileprivate let handle: OpaquePointer

  func text(_ place: Int) -> String? {
    guard let start = sqlite3_column_text(handle, Int32(place)) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, Int32(place)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func integer(_ place: Int) -> Int? {
    guard sqlite3_column_type(handle, Int32(place)) != SQLITE_NULL else { return nil }
    return Int(sqlite3_column_int64(handle, Int32(place)))
  }

  func blob(_ place: Int) -> [UInt8]? {
    guard sqlite3_column_type(handle, Int32(place)) != SQLITE_NULL else { return nil }
    let count = Int(sqlite3_column_bytes(handle, Int32(place)))
    return Array(
      UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, Int32(place)), count: count)
    )
  }
}

/// A row whose columns are read by place, from 0; tables are STRICT, so a column has one type.
protocol PlacedRow {
  /// A text; `nil` for NULL.
  func text(_ place: Int) -> String?
  /// An integer; `nil` for NULL.
  func integer(_ place: Int) -> Int?
}

extension PlacedRow {
  /// The text of a column that is never NULL.
  func requiredText(_ place: Int) throws -> String {
    guard let text = text(place) else { throw Self.missing(place) }
    return text
  }

  /// The integer of a column that is never NULL.
  func requiredInteger(_ place: Int) throws -> Int {
    guard let integer = integer(place) else { throw Self.missing(place) }
    return integer
  }

  private static func missing(_ place: Int) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_MISMATCH, message: "column \(place) is NULL")
  }
}

extension Row: PlacedRow {
  func text(_ place: Int) -> String? { self[place] }
  func integer(_ place: Int) -> Int? { self[place] }
}
