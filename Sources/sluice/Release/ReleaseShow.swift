import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice release show`: one release as it stands.
struct ReleaseShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a release: its stages, its tiers, what they ask for, what you can do.",
    discussion: """
      The rules themselves are printed by `sluice policy show`, files and digests with --json.
      Example: sluice release show ana/tiny
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  func run() async throws {
    let page = try await place.open().reading(for: reader).release(release)
    let title = try Policy(text: page.policy).title
    rendering.show(Self.text(page, title: title), json: page.json)
  }

  static func text(_ page: ReleasePage, title: String) -> String {
    let adopted = page.adoptedAt.map { "in force since \($0)" } ?? "proposed"
    var lines = [
      "\(page.release): \(title)", "",
      "policy     version \(page.version), \(adopted), \(page.policySHA256.hex)",
      "public     \(page.isPublic ? "yes" : "no")",
    ]
    let terms = page.terms.keys.sorted { $0.rawValue < $1.rawValue }
    if !terms.isEmpty { lines.append("terms      \(names(terms))") }
    if !page.forms.isEmpty { lines.append("forms      \(names(page.forms.map(\.form)))") }
    if !page.groups.isEmpty { lines.append("groups     \(names(page.groups.map(\.group)))") }
    if !page.roles.isEmpty { lines.append("your roles \(names(page.roles))") }
    lines += page.holds.map { hold in
      "held       \(hold.subject) (\(hold.code.rawValue))"
        + " until \(hold.until?.description ?? "lifted")"
    }
    lines += ["", stages(of: page), "", tiers(of: page)]
    if !page.next.isEmpty { lines += ["", "next"] + page.next.map { "  \($0)" } }
    return lines.joined(separator: "\n")
  }

  private static func stages(of page: ReleasePage) -> String {
    Table(
      headings: ["STAGE", "OFFERS", "OPENED BY", "ADMITS", "GRANTS LAST", "OPEN SINCE"],
      rows: page.stages.map { stage in
        [
          stage.stage.rawValue, names(stage.offers), stage.opens.rawValue,
          stage.admits?.rawValue ?? "everyone", stage.lasts?.description ?? "for good",
          stage.openedAt?.description ?? "closed",
        ]
      }
    ).text
  }

  private static func tiers(of page: ReleasePage) -> String {
    Table(
      headings: ["TIER", "KIND", "FILES", "SIZE", "MANIFEST", "FOR"],
      rows: page.tiers.map { tier in
        [
          tier.tier.rawValue, tier.kind.rawValue, String(tier.files.count), readable(tier.bytes),
          tier.manifest.map { String($0.hex.prefix(12)) } ?? "none", audience(of: tier),
        ]
      }
    ).text
  }

  private static func audience(of tier: TierLine) -> String {
    if let rationale = tier.sealed { return "nobody: \(rationale)" }
    guard tier.isOpen else { return "nobody yet" }
    return tier.isForEveryone ? "everyone" : "whom its stage admits"
  }

  private static func names(_ ids: [Identifier<some Any>]) -> String {
    ids.map(\.rawValue).joined(separator: ", ")
  }
}
