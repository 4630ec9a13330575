import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice audit`: the auditor's questions.
struct Audit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask who received what, and have everything recomputed.",
    discussion: "Example: sluice audit who ana/tiny",
    subcommands: [
      AuditWho.self, AuditPerson.self, AuditGrant.self, AuditExposure.self, AuditDecision.self,
      AuditVerify.self, AuditProve.self, AuditDisclose.self, AuditStatement.self,
    ]
  )
}

/// `sluice audit who`: who received which weights.
struct AuditWho: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "who",
    abstract: "Show who received which files, on whose approval.",
    discussion: """
      A hundred lines at a time, and all of them as --format csv. What is for everyone and goes to
      somebody without a token is a number below the table, and so is a small file.
      Example: sluice audit who ana/tiny --tier weights
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json }

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "Only this tier.")
  var tier: Tier.ID?

  @Option(help: "Only this file, by its path in the tier.")
  var file: String?

  @Option(help: "Only files with this SHA-256.")
  var digest: SHA256Digest?

  @Option(help: "As the log stood then; now, if not given.")
  var at: Instant?

  @Option(help: "How to print it; --json is the same as --format json.")
  var format = Format.table

  @OptionGroup var part: Part

  func run() async throws {
    let deployment = try await place.open().deployment
    let question = PossessionQuestion(
      release: release,
      tier: tier,
      file: file,
      sha256: digest,
      at: at
    )
    let format = rendering.json ? .json : format
    // A spreadsheet has no place that would say that it is only a part.
    guard format != .csv || part.limit != nil || part.after != nil else {
      let found = try await deployment.possessions(question)
      if found.isEmpty { try await checkTier(deployment) }
      return print(Self.text(found, as: .csv), terminator: "")
    }
    let page = try await deployment.possessions(question, part.slice)
    if page.items.isEmpty { try await checkTier(deployment) }
    print(
      format == .json ? page.json.text + "\n" : Self.text(page.items, page.totals, as: format),
      terminator: ""
    )
    if let totals = page.totals, page.next != nil {
      rendering.tell(
        """
        \(page.items.count) of \(totals.lines) lines; in all, recipients: \(totals.recipients), \
        deliveries: \(totals.deliveries)
        """
      )
    }
    if let line = page.items.first(where: { !$0.approvals.isEmpty }),
      let first = line.approvals.first
    {
      rendering.tell(
        "an approval as files for ssh-keygen: "
          + Typed.command("audit", "statement", String(first.rawValue.prefix(12)), "--to", "DIR")
      )
    }
    Part.tell(page.next, rendering)
  }

  /// Refuses a tier that there is not, where "nobody" would be misread.
  private func checkTier(_ deployment: any Deployment) async throws {
    guard let tier, let known = try? await deployment.release(release).tiers.map(\.tier.rawValue),
      !known.contains(tier.rawValue)
    else { return }  // Whoever may not see the release's page may see who received what.
    let advice = Spelling.advice(on: tier.rawValue, among: known)
    throw Refusal.unfit("\(release) has no tier \(tier); \(advice)")
  }

  /// The lines, and below a table what no line is about because it is counted without a name.
  static func text(
    _ found: [PossessionLine],
    _ totals: PossessionsPage.Totals? = nil,
    as format: Format
  ) -> String {
    switch format {
    case .json: JSONValue.object(["items": .array(found.map(\.json))]).text + "\n"
    case .csv: table(found).csv
    case .table:
      (found.isEmpty ? nobody(totals) : table(found).text) + "\n"
        + (totals.map { nameless($0) } ?? "")
    }
  }

  private static func nobody(_ totals: PossessionsPage.Totals?) -> String {
    let isCounted = totals.map { $0.counted > 0 } ?? false
    return "Nobody has received any part of it\(isCounted ? " by name" : "")."
  }

  private static func nameless(_ totals: PossessionsPage.Totals) -> String {
    guard totals.counted > 0 else { return "" }
    return "not by name, of what is for everyone: \(totals.counted) hand-outs,"
      + " \(readable(totals.countedBytes)) at most\n"
  }

  private static func table(_ found: [PossessionLine]) -> Table {
    Table(
      headings: [
        "WHO", "WITH", "TIER", "FILE", "BYTES", "OF", "COMPLETE", "FIRST", "LAST", "GRANT", "CASE",
        "APPROVED BY",
      ],
      rows: found.map(\.possession).map { line in
        [
          line.principal?.name ?? "erased", String(line.credential.prefix(20)), line.tier.rawValue,
          line.file, "\(line.bytes)", "\(line.size)", line.isComplete ? "yes" : "no",
          line.first.description, line.last.description,
          String(line.grant.rawValue.prefix(12)), line.case.map { "\($0)" } ?? "",
          line.approvers.map(\.name).joined(separator: ", "),
        ]
      }
    )
  }
}
