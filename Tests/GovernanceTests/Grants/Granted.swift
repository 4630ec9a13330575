import SluiceEncoding
import SluiceGovernance

/// A grant of the weights as tests want it, and the holds on it.
struct Granted {
  static let manifest = SHA256Digest(of: "weights".utf8)
  static let use = SHA256Digest(of: "use".utf8)

  var audience: Grant.Audience = .principal("person:bob")
  var from = 100
  var until: Int? = 200
  var terms: [Terms.ID: SHA256Digest] = [:]
  var grace: Duration?
  var cutAt: Instant?
  var ending: Grant.Ending?

  func grant(_ index: Int = 7) -> Grant {
    Grant(
      id: Grant.ID("grant \(index)"),
      index: index,
      terms: .init(
        release: "ana/tiny",
        case: "case",
        stage: "gated",
        audience: audience,
        tiers: ["weights": Self.manifest],
        notBefore: Instant(seconds: from),
        notAfter: until.map { Instant(seconds: $0) },
        terms: terms,
        policy: Self.use
      ),
      grace: grace,
      cutAt: cutAt,
      ending: ending
    )
  }

  static func ending(_ kind: Grant.Ending.Kind, at seconds: Int) -> Grant.Ending {
    .init(kind: kind, statement: nil, at: Instant(seconds: seconds), code: .misuse, text: "sold")
  }

  static func hold(_ subject: Hold.Subject, from: Int = 0, until: Int? = nil) -> Hold {
    Hold(
      id: "hold",
      subject: subject,
      code: .safety,
      text: "wait",
      placedBy: "person:hal",
      placedAt: Instant(seconds: from),
      until: until.map { Instant(seconds: $0) }
    )
  }
}
