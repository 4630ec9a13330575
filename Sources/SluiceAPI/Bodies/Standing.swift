public import SluiceEncoding
public import SluiceGovernance

/// What a deployment says of itself, and as whom it takes the asker (`GET /sluice/v1/keys`).
public struct Standing: Body {
  /// The origin of its log; the audience of every statement.
  public let origin: String
  /// The newest head of its log.
  public let head: Statement.Head
  /// The log's verifier key, one line.
  public let vkey: String
  /// The public keys that sign manifests, in PEM.
  public let releaseKeys: [String]
  /// Whether the clock jumped ahead and nothing happens by time alone until the operator confirms it.
  public let isClockInDoubt: Bool
  /// Who is asking, if a token or the place says so.
  public let principal: Principal.ID?

  /// Composes an answer.
  public init(
    origin: String,
    head: Statement.Head,
    vkey: String,
    releaseKeys: [String],
    principal: Principal.ID?,
    isClockInDoubt: Bool = false
  ) {
    self.origin = origin
    self.head = head
    self.vkey = vkey
    self.releaseKeys = releaseKeys
    self.principal = principal
    self.isClockInDoubt = isClockInDoubt
  }

  private static let (running, paused) = ("running", "paused")

  /// `{"clock","head","origin","principal"?,"release_keys","vkey"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "clock": .string(isClockInDoubt ? Self.paused : Self.running),
      "head": .object([
        "root": .string(Base64.encode(head.root.bytes)), "size": .integer(head.size),
      ]),
      "origin": .string(origin),
      "release_keys": .array(releaseKeys.map { .string($0) }),
      "vkey": .string(vkey),
    ]
    members["principal"] = principal.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads an answer.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "standing")
    var head = try fields.fields("head")
    let clock = try fields.string("clock")
    guard [Self.paused, Self.running].contains(clock) else {
      throw Malformed("standing", "clock: must be \(Self.running) or \(Self.paused)")
    }
    self.init(
      origin: try fields.string("origin"),
      head: .init(
        size: try head.integer("size"),
        root: try SHA256Digest(bytes: try Base64.decode(try head.string("root")))
      ),
      vkey: try fields.string("vkey"),
      releaseKeys: try fields.texts("release_keys"),
      principal: try fields.optionalPrincipal("principal"),
      isClockInDoubt: clock == Self.paused
    )
    try head.finish()
    try fields.finish()
  }
}
