public import SluiceEncoding
public import SluiceGovernance

/// Where things are on a server: the paths below `/sluice/v1` (interface 7).
///
/// The client builds requests from these; that the server answers there is tested by sending them.
public enum Path {
  /// The prefix of Sluice's own routes.
  public static let root = "/sluice/v1"
  /// What the deployment says of itself.
  public static let keys = root + "/keys"
  /// The one route by which people change anything.
  public static let statements = root + "/statements"
  /// The bytes that an act needs, for whoever will sign them.
  public static let drafts = root + "/drafts"
  /// Where somebody makes themselves known.
  public static let registrations = root + "/registrations"
  /// The list of releases.
  public static let releases = root + "/releases"
  /// The list of cases.
  public static let cases = root + "/cases"
  /// Whether somebody may obtain a tier.
  public static let access = root + "/access"
  /// The list of grants.
  public static let grants = root + "/grants"
  /// The list of holds.
  public static let holds = root + "/holds"
  /// The list of places in groups.
  public static let groups = root + "/groups"
  /// The list of measurements.
  public static let evidence = root + "/evidence"
  /// The list of credentials.
  public static let credentials = root + "/credentials"
  /// Who may obtain what.
  public static let who = root + "/who"
  /// Who received what.
  public static let deliveries = root + "/audit/deliveries"

  /// A release's page.
  public static func release(_ id: Release.ID) -> String {
    let segments = id.rawValue.split(separator: "/").map { escaped($0) }
    return "\(releases)/\(segments.joined(separator: "/"))"
  }

  /// A stage's page.
  public static func stage(_ stage: Stage.ID, of release: Release.ID) -> String {
    "\(Self.release(release))/stages/\(escaped(stage.rawValue))"
  }

  /// A text that people agree to, byte for byte.
  public static func terms(_ terms: Terms.ID, of release: Release.ID) -> String {
    "\(Self.release(release))/terms/\(escaped(terms.rawValue))"
  }

  /// A form.
  public static func form(_ form: Form.ID, of release: Release.ID) -> String {
    "\(Self.release(release))/forms/\(escaped(form.rawValue))"
  }

  /// A report about a release.
  public static func report(_ kind: ReportPage.Kind, of release: Release.ID) -> String {
    switch kind {
    case .publicRecord: "\(Self.release(release))/public-record"
    case .release, .earlyAccess, .serviceLevel:
      "\(Self.release(release))/reports/\(kind.rawValue)"
    }
  }

  /// The past cases that another policy would have judged otherwise.
  public static func replay(of release: Release.ID) -> String {
    "\(Self.release(release))/replay"
  }

  /// Where evidence about a tier is computed and recorded.
  public static func computing(in release: Release.ID) -> String {
    "\(Self.release(release))/evidence"
  }

  /// A text that a release names by digest: its policy, roster, terms or an attachment.
  public static func document(_ sha256: SHA256Digest, of release: Release.ID) -> String {
    "\(Self.release(release))/documents/\(sha256.hex)"
  }

  /// A case's page; `reference` is a number, an id or the beginning of one.
  public static func `case`(_ reference: String) -> String { "\(cases)/\(escaped(reference))" }

  /// Why a case stands where it stands.
  public static func explanation(_ reference: String) -> String {
    "\(Self.case(reference))/explanation"
  }

  /// The decisions of a case, each decided again.
  public static func decisions(of reference: String) -> String {
    "\(root)/audit/cases/\(escaped(reference))/decisions"
  }

  /// What confirms an address.
  public static func confirmation(_ secret: String) -> String {
    "\(root)/confirmations/\(escaped(secret))"
  }

  /// A proof that an entry is in the log.
  public static func proof(of index: Int) -> String { "\(root)/proofs/\(index)" }

  /// A sealed entry, opened.
  public static func event(_ index: Int) -> String { "\(root)/audit/events/\(index)" }

  /// A statement with its signature.
  public static func statement(_ reference: StatementReference) -> String {
    "\(root)/audit/statements/\(reference.text)"
  }

  /// What left under a grant.
  public static func exposure(of grant: Grant.ID) -> String {
    "\(root)/audit/grants/\(escaped(grant.rawValue))/exposure"
  }

  /// All about a principal.
  public static func person(_ principal: Principal.ID) -> String {
    "\(root)/audit/persons/\(escaped(principal.rawValue))"
  }

  /// Percent-encodes all but the unreserved characters of RFC 3986.
  static func escaped(_ text: some StringProtocol) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
