import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer

/// One person's act at one place: compose, show, sign, submit.
struct Act {
  let place: Where.Place
  let standing: Standing
  let release: Release.ID
  let speaker: Speaker
  /// Whether the person is not asked before the signature.
  let isSure: Bool
  /// What the person is asked even where a session is enough; `nil` where it then goes without asking.
  var question: String?

  /// Begins an act of the person whom the flags name.
  static func begin(
    _ who: Who,
    at place: Where.Place,
    release: Release.ID,
    key: Keygen.Key? = nil
  ) async throws -> Act {
    let standing = try await place.deployment.standing()
    let speaker = try await Speaker.person(
      who,
      at: place,
      standing: standing,
      release: release,
      keys: key.map { [$0] }
    )
    return Act(
      place: place,
      standing: standing,
      release: release,
      speaker: speaker,
      isSure: who.yes
    )
  }

  /// Begins the first act in a release, when only a proposed roster says whose keys count.
  static func begin(
    _ who: Who,
    proposing roster: Roster,
    at local: Where.Local,
    release: Release.ID
  ) async throws -> Act {
    Act(
      place: local.place,
      standing: try await local.deployment.standing(),
      release: release,
      speaker: try Speaker.person(who, in: roster),
      isSure: who.yes
    )
  }

  /// Begins an act of the clerk, which the operator alone can let speak.
  ///
  /// The roster in force has to list the clerk's key; where none is in force, the one that is
  /// `proposed`.
  static func clerk(
    at local: Where.Local,
    release: Release.ID,
    in proposed: Roster? = nil
  ) async throws -> Act {
    let known = try await local.ledger.releases().contains(release)
    let adopted = known ? try await local.ledger.release(release).adoption?.roster : nil
    if let roster = adopted ?? proposed { try Speaker.requireClerk(of: local.home, in: roster) }
    return Act(
      place: local.place,
      standing: try await local.deployment.standing(),
      release: release,
      speaker: try Speaker.clerk(of: local.home),
      isSure: true
    )
  }

  /// The deployment as the speaker sees it, private answers included where they may decide.
  var reading: any Deployment {
    get throws { place.local == nil ? place.deployment : try place.reading(as: speaker.principal) }
  }

  /// What statements of this act have in common.
  var draft: Draft {
    Draft(
      by: speaker.principal,
      at: Clock.now(),
      nonce: (0..<16).map { _ in UInt8.random(in: .min ... .max) },
      release: release,
      standing: standing
    )
  }

  /// Shows the statements, has them signed and submits them together.
  func submit(
    _ statements: [Statement],
    documents: [SHA256Digest: [UInt8]] = [:]
  ) async throws -> Submitted {
    try await handIn(statements, documents: documents).submitted
  }

  /// Hands in what was signed with the first of the keys at hand that counts.
  private func handIn(
    _ statements: [Statement],
    documents: [SHA256Digest: [UInt8]]
  ) async throws -> (submitted: Submitted, envelopes: [Envelope]) {
    var envelopes = try envelopes(statements)
    var others: ArraySlice<Speaker.Signing>?
    while true {
      do {
        return (try await place.deployment.submit(envelopes, documents: documents), envelopes)
      } catch let refused as RemoteRefusal where Self.keyCodes.contains(refused.problem.code) {
        guard envelopes.contains(where: { $0.signature != nil }) else { throw refused }
        var rest = try others ?? speaker.signings().dropFirst()
        guard let next = rest.popFirst() else { throw refused }
        others = rest
        do { envelopes = try sign(statements, with: next) } catch is Keygen.Failure {
          // That no other key is at hand says less than why this one does not count.
          throw refused
        }
      }
    }
  }

  /// The codes that another key could mend.
  private static let keyCodes = [
    "signature.unknown-key", "signature.wrong-person", "signature.expired",
  ]

  private func sign(_ statements: [Statement], with sign: Speaker.Signing) throws -> [Envelope] {
    try statements.map { statement in
      let bytes = statement.canonical
      return Envelope(statement: bytes, signature: try sign(bytes, statement.type.namespace))
    }
  }

  /// The statements, signed where a signature is needed or at hand.
  ///
  /// - Throws: ``Declined`` if the person says no.
  func envelopes(_ statements: [Statement]) throws -> [Envelope] {
    let isSessionEnough =
      place.local == nil && statements.allSatisfy { $0.body.leastStrength == .session }
    if isSessionEnough {
      if let question, !isSure { try Self.confirm(statements, asking: question) }
      return statements.map { Envelope(statement: $0.canonical) }
    }
    guard let first = try speaker.signings().first else { throw Keygen.noKey }
    if !isSure { try Self.confirm(statements, asking: question) }
    return try sign(statements, with: first)
  }

  /// Shows statements in words and asks whether they shall be signed, or what `question` asks.
  ///
  /// - Throws: ``Declined`` if the person says no.
  static func confirm(
    _ statements: [Statement],
    asking question: String? = nil
  ) throws(Declined) {
    for statement in statements { Terminal.notice(statement.words) }
    let count = statements.count
    let usual = count == 1 ? "Sign this?" : "Sign these \(count)?"
    guard Terminal.confirms(question ?? usual) else { throw Declined() }
  }

  /// The same act, of whoever was asked before.
  var sure: Act {
    Act(place: place, standing: standing, release: release, speaker: speaker, isSure: true)
  }

  /// Submits a verdict; `out` keeps what was signed, for `ssh-keygen -Y verify`.
  func judge(_ verdict: Statement, out: String?) async throws -> CaseLine {
    let (submitted, envelopes) = try await handIn([verdict], documents: [:])
    if let out, let envelope = envelopes.first {
      try Data(envelope.statement).write(to: Files.url(out), options: .atomic)
      if let signature = envelope.signature {
        try Data(signature).write(to: Files.url(out + ".sig"), options: .atomic)
      }
    }
    switch verdict.body {
    case .approve(let said), .deny(let said, _): return try submitted.line(of: said.case)
    default: return try submitted.onlyCase
    }
  }

  /// The person did not want to sign, or could not be asked.
  struct Declined: Advised {
    var detail: String {
      Terminal.isInteractive
        ? "nothing was signed or sent"
        : "nothing was signed or sent: there is no terminal to ask on"
    }

    var next: [String] {
      Terminal.isInteractive
        ? [] : ["Do it without being asked: \(Typed.current.adding("--yes").text)"]
    }
  }
}
