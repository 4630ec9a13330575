internal import SluiceEncoding

/// The answers to a form with the salt that hides them (`Docs/Formats/statements.md` 2).
package struct Answers: Hashable, Sendable {
  /// 32 random bytes.
  let salt: [UInt8]
  /// The canonical JSON of the fields.
  let body: [UInt8]
  /// Field → value.
  let fields: JSONObject

  /// Reads the document of a commitment: the salt, then the answers.
  init(document bytes: [UInt8]) throws(Malformed) {
    guard bytes.count > 32 else {
      throw Malformed("answers", "must be 32 bytes of salt and a JSON object")
    }
    salt = Array(bytes.prefix(32))
    body = Array(bytes.dropFirst(32))
    fields = try Self.read(body)
  }

  /// Reads the object alone.
  static func read(_ body: [UInt8]) throws(Malformed) -> JSONObject {
    let value = try JSONValue(canonical: body, format: "answers")
    guard let fields = value.objectValue else { throw Malformed("answers", "must be an object") }
    return fields
  }
}
