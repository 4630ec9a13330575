import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer

/// One person's act at one place: compose, show, sign, submit.
struct Act {
  let place: Where.Place
  let standing: Standing
  let release: Release.ID
  let speaker: Speaker
  /// Whether the person is not asked before the signature.
  let isSure: Bool

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
  static func clerk(at local: Where.Local, release: Release.ID) async throws -> Act {
    Act(
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
    try await place.deployment.submit(try envelopes(statements), documents: documents)
  }

  /// The statements, signed where a signature is needed or at hand.
  ///
  /// - Throws: ``Declined`` if the person says no.
  func envelopes(_ statements: [Statement]) throws -> [Envelope] {
    let isSessionEnough =
      place.local == nil && statements.allSatisfy { $0.body.leastStrength == .session }
    if isSessionEnough {
      return statements.map { Envelope(statement: $0.canonical) }
    }
    guard let sign = speaker.sign else { throw Keygen.noKey }
    if !isSure {
      for statement in statements { Terminal.notice(statement.words) }
      let count = statements.count
      guard Terminal.confirms(count == 1 ? "Sign this?" : "Sign these \(count)?") else {
        throw Declined()
      }
    }
    return try statements.map { statement in
      let bytes = statement.canonical
      return Envelope(
        statement: bytes,
        signature: try sign(bytes, statement.type.namespace)
      )
    }
  }

  /// Submits a verdict; `out` keeps what was signed, for `ssh-keygen -Y verify`.
  func judge(_ verdict: Statement, out: String?) async throws -> CaseLine {
    let envelopes = try envelopes([verdict])
    let submitted = try await place.deployment.submit(envelopes, documents: [:])
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
        ? "nothing was signed" : "nothing was signed: there is no terminal to ask on"
    }

    var next: [String] {
      Terminal.isInteractive
        ? [] : ["Sign without being asked: \(Typed.current.adding("--yes").text)"]
    }
  }
}
