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
  /// The list of cases.
  public static let cases = root + "/cases"
  /// Whether somebody may obtain a tier.
  public static let access = root + "/access"
  /// The list of grants.
  public static let grants = root + "/grants"
  /// Who received what.
  public static let deliveries = root + "/audit/deliveries"

  /// A release's page.
  public static func release(_ id: Release.ID) -> String {
    let segments = id.rawValue.split(separator: "/").map { escaped($0) }
    return "\(root)/releases/\(segments.joined(separator: "/"))"
  }

  /// A text that a release names by digest: its policy, roster or terms.
  public static func document(_ sha256: SHA256Digest, of release: Release.ID) -> String {
    "\(Self.release(release))/documents/\(sha256.hex)"
  }

  /// A case's page; `reference` is a number, an id or the beginning of one.
  public static func `case`(_ reference: String) -> String { "\(cases)/\(escaped(reference))" }

  /// Why a case stands where it stands.
  public static func explanation(_ reference: String) -> String {
    "\(Self.case(reference))/explanation"
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
