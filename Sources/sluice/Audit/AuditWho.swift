import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice audit`: the auditor's questions.
struct Audit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask who received what, and have everything recomputed.",
    subcommands: [AuditWho.self, AuditVerify.self]
  )
}

/// `sluice audit who`: who received which weights.
struct AuditWho: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "who",
    abstract: "Show who received which files, on whose approval.",
    discussion: "Example: sluice audit who ana/tiny --tier weights"
  )

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json }

  @OptionGroup var place: Where

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "Only this tier.")
  var tier: Tier.ID?

  @Option(help: "Only this file, by its path in the tier.")
  var file: String?

  @Option(help: "Only files with this SHA-256.")
  var digest: String?

  @Option(help: "As the log stood then; now, if not given.")
  var at: Instant?

  @Option(help: "How to print it.")
  var format = Format.table

  @Flag(help: "The same as --format json.")
  var json = false

  func run() async throws {
    let found = try await place.open().deployment.possessions(
      PossessionQuestion(
        release: release,
        tier: tier,
        file: file,
        sha256: try digest.map { text in try SHA256Digest(hex: text) },
        at: at
      )
    )
    print(Self.text(found, as: json ? .json : format), terminator: "")
  }

  static func text(_ found: [Possession], as format: Format) -> String {
    switch format {
    case .json: JSONValue.object(["items": .array(found.map(\.json))]).text + "\n"
    case .csv: table(found).csv
    case .table:
      found.isEmpty ? "Nobody has received any part of it.\n" : table(found).text + "\n"
    }
  }

  private static func table(_ found: [Possession]) -> Table {
    Table(
      headings: [
        "WHO", "WITH", "TIER", "FILE", "BYTES", "OF", "COMPLETE", "FIRST", "LAST", "GRANT", "CASE",
        "APPROVED BY",
      ],
      rows: found.map { line in
        [
          line.principal?.name ?? "erased", String(line.credential.prefix(20)), line.tier.rawValue,
          line.file, "\(line.bytes)", "\(line.size)", line.isComplete ? "yes" : "no",
          line.first.description, line.last.description,
          String(line.grant.rawValue.prefix(12)), "\(line.case)",
          line.approvers.map(\.name).joined(separator: ", "),
        ]
      }
    )
  }
}
