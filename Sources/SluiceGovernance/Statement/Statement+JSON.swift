public import SluiceEncoding

extension Statement {
  /// The bytes: restricted canonical JSON, without a final newline.
  public var canonical: [UInt8] { json.canonical }

  /// The statement as JSON.
  public var json: JSONValue {
    .object([
      "_type": "https://in-toto.io/Statement/v1",
      "predicate": .object([
        "at": .string(at.description),
        "audience": .string(audience),
        "body": body.json,
        "by": .string(by.rawValue),
        "nonce": .string(Base64.encode(nonce)),
        "release": .string(release.rawValue),
        "seen": .object([
          "root": .string(Base64.encode(seen.root.bytes)), "size": .integer(seen.size),
        ]),
      ]),
      "predicateType": .string("https://sluice/\(type.rawValue)/v1"),
      "subject": .array([
        .object([
          "digest": .object(["sha256": .string(subject.digest.hex)]),
          "name": .string(subject.name),
        ])
      ]),
    ])
  }

  /// Reads a statement, accepting its one spelling only.
  ///
  /// - Throws: `Malformed` for anything but the canonical form of a known type, for a subject that
  ///   does not fit the body, and for texts beyond their limits.
  public init(canonical bytes: [UInt8]) throws(Malformed) {
    let value = try JSONValue(canonical: bytes, format: Self.format)
    var top = try JSONFields(value, format: Self.format)
    guard try top.string("_type") == "https://in-toto.io/Statement/v1" else {
      throw Malformed(Self.format, "_type is not that of an in-toto Statement v1")
    }
    let type = try Self.type(try top.string("predicateType"))
    let subject = try Self.subject(try top.array("subject"))
    var predicate = try JSONFields(
      try top.value("predicate"),
      format: Self.format,
      path: "predicate"
    )
    try top.finish()
    let nonce = try Base64.decode(try predicate.string("nonce"))
    guard nonce.count == 16 else { throw Malformed(Self.format, "predicate.nonce: not 16 bytes") }
    var seen = try JSONFields(
      try predicate.value("seen"),
      format: Self.format,
      path: "predicate.seen"
    )
    let head = Head(
      size: try seen.integer("size"),
      root: try SHA256Digest(bytes: try Base64.decode(try seen.string("root")))
    )
    try seen.finish()
    let release = try predicate.string("release")
    guard type != .keychange || release.isEmpty else {
      throw predicate.fault("release", "must be empty: keys belong to no release")
    }
    self.init(
      by: try Principal.ID(parsing: try predicate.string("by")),
      at: try predicate.instant("at"),
      audience: try predicate.string("audience"),
      nonce: nonce,
      release: type == .keychange ? Release.ID("") : try Release.ID(parsing: release),
      seen: head,
      subject: subject,
      body: try Body(try predicate.value("body"), type: type, subject: subject),
      id: Self.id(of: bytes)
    )
    try predicate.finish()
    try checkSubject()
  }

  static let format = "statement"

  private static func type(_ text: String) throws(Malformed) -> StatementType {
    let head = "https://sluice/"
    let tail = "/v1"
    guard text.hasPrefix(head), text.hasSuffix(tail),
      let type = StatementType(rawValue: String(text.dropFirst(head.count).dropLast(tail.count)))
    else { throw Malformed(format, "predicateType: no statement type of this version: \(text)") }
    return type
  }

  private static func subject(_ list: [JSONValue]) throws(Malformed) -> Subject {
    guard list.count == 1 else { throw Malformed(format, "subject: exactly one is required") }
    var fields = try JSONFields(list[0], format: format, path: "subject[0]")
    let name = try fields.string("name")
    var digest = try JSONFields(
      try fields.value("digest"),
      format: format,
      path: "subject[0].digest"
    )
    try fields.finish()
    let sha256 = try digest.digest("sha256")
    try digest.finish()
    return Subject(name: name, digest: sha256)
  }
}
