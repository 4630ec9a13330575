import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// `sluice release`: begin releases, and see which there are.
struct ReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Begin a release, list those that there are, show one.",
    discussion: "Example: sluice release create ana/tiny --policy policy.yaml --roster roster.yaml",
    subcommands: [ReleaseCreate.self, ReleaseList.self, ReleaseShow.self]
  )
}

/// `sluice release create`: reserve the name and propose version 1 of policy and roster.
struct ReleaseCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Reserve a name and propose the first policy and roster.",
    discussion: """
      Files the case by which they are adopted; others approve it with `sluice approve`. Whoever \
      files does not count, so it takes one person more than the gate of amendments asks for, or \
      --clerk. First runs check and the scenarios that name the policy and lie beside it or in a \
      folder beside it: an error, or a scenario that does not hold, stops it, and what came of it \
      goes with the case. It goes with --home: the names of releases are the operator's.
      Example: sluice release create ana/tiny --policy policy.yaml --roster roster.yaml
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "The policy file; the texts that it names lie beside it.", completion: .file())
  var policy: String

  @Option(help: "The roster file.", completion: .file())
  var roster: String

  @Flag(help: "File as service:clerk, so that one person less is needed (the roster must list it).")
  var clerk = false

  func run() async throws {
    try Self.requireHere(place)
    let local = try await place.openLocal()
    let proposal = try Proposal(policy: policy, roster: roster)
    for line in proposal.lines { rendering.tell(line) }
    let act =
      clerk
      ? try await Act.clerk(at: local, release: release, in: proposal.roster)
      : try await Act.begin(who, proposing: proposal.roster, at: local, release: release)
    let line = try await proposal.file(release, in: local, by: act)
    rendering.show(
      ([Approve.filed(line)] + next(after: line, proposal)).joined(separator: "\nnext: "),
      json: .object(["case": line.json])
    )
  }

  /// Who does what next; where it was denied at once, how it can be filed otherwise.
  private func next(after line: CaseLine, _ proposal: Proposal) -> [String] {
    guard line.state != .denied else {
      let isClerks = proposal.roster.roles.contains { $0.members.contains(Speaker.clerk) }
      guard !clerk else { return ["give the roles that approve amendments to more people"] }
      return [
        "whoever files does not count; let the clerk file: "
          + Typed.current.adding("--clerk").text
          + (isClerks ? "" : ", once the roster gives service:clerk a role")
      ]
    }
    let roles = proposal.policy.approvers(of: proposal.policy.governance.amend)
    let heads = roles.flatMap { proposal.roster.heads(of: $0) }.filter { $0 != line.requester }
    let names = Set(heads.map(\.name)).sorted()
    return [
      "for \(names.joined(separator: ", ")): \(Typed.command("approve", "\(line.number)"))",
      "who is at another machine needs a token: "
        + Typed.command("person", "add", names.first ?? "NAME", "--token", "laptop"),
    ]
  }
}

/// A policy, a roster and the texts that the policy names, read from files and tried.
struct Proposal {
  let policy: Policy
  let roster: Roster
  let terms: [Terms.ID: [UInt8]]
  let rehearsal: Rehearsal
  /// What people are told of it before it is filed.
  let lines: [String]

  /// Reads the files, checks them against each other and plays the scenarios beside them.
  ///
  /// - Throws: ``Rehearsing/Unready`` with all that is wrong at once.
  init(policy path: String, roster rosterPath: String) throws {
    let now = Clock.now()
    let rehearsing = Rehearsing(
      policy: try .init(path: path),
      roster: try .init(path: rosterPath),
      adopted: nil
    )
    let outcome = try rehearsing.run(at: now)
    policy = try Policy(text: rehearsing.policy.text, source: path)
    roster = try Roster(text: rehearsing.roster.text, source: rosterPath)
    let texts = try PolicyFiles.texts(of: policy, besides: path)
    var terms: [Terms.ID: [UInt8]] = [:]
    for text in policy.terms { terms[text.id] = texts[text.file] }
    self.terms = terms
    rehearsal = outcome.rehearsal(of: policy, with: roster, at: now, replay: nil)
    lines = outcome.lines
  }

  /// Reserves the name and files the amendment.
  func file(_ release: Release.ID, in local: Where.Local, by act: Act) async throws -> CaseLine {
    let document = rehearsal.document
    let statement = try act.draft.amendment(
      policy: policy,
      roster: roster,
      terms: terms,
      rehearsal: document
    )
    // Signed first: whoever declines has not set the name aside.
    let envelopes = try act.envelopes([statement])
    try await local.ledger.reserve(release, at: Clock.now())
    let submitted = try await act.place.deployment.submit(
      envelopes,
      documents: Draft.documents(
        policy: policy,
        roster: roster,
        terms: terms,
        rehearsal: document
      )
    )
    return try submitted.onlyCase
  }
}

extension Submitted {
  /// The case that was meant, among those that were touched.
  func line(of id: Case.ID) throws -> CaseLine { try cases.first { $0.id == id } ?? onlyCase }

  /// The one case that a command has begun or moved.
  var onlyCase: CaseLine {
    get throws {
      guard let line = cases.first else {
        throw Malformed("answer", "the deployment names no case")
      }
      return line
    }
  }
}
