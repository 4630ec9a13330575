public import SluiceEncoding
public import SluiceGovernance

extension Problem {
  /// Puts a refusal into one sentence and the acts that would help.
  ///
  /// The only place that does so: HTTP and the command line say the same. Exhaustive, so that a new
  /// refusal does not compile before it has words. Nothing but the refusal's facts and `matter`
  /// enters, so that answers which must not differ cannot.
  public init(
    _ refusal: Refusal,
    about matter: Matter = Matter(),
    explanation: JSONValue? = nil,
    difference: [Wording.Difference] = []
  ) {
    let (detail, next) = Self.words(refusal, matter)
    let problem = Problem(
      code: refusal.code,
      detail: detail,
      next: next,
      explanation: explanation,
      difference: difference,
      policy: matter.clause
    )
    var known: [Placeholder: String] = [:]
    known[.release] = matter.release?.rawValue
    known[.tier] = matter.tier?.rawValue
    known[.case] = matter.case.map(String.init)
    self = problem.filled(known)
  }

  /// Every act is a command after a colon, or a sentence; "the same command" is what was typed.
  private static func words(_ refusal: Refusal, _ matter: Matter) -> (String, [String]) {
    switch refusal {
    case .ownCase(let number):
      (
        "Whoever asks or would receive does not decide, and case \(number) is yours.",
        ["Another member of the role decides it; who can: sluice explain case \(number)"]
      )
    case .notEligible(let principal) where principal.kind == .service:
      (
        "The roster gives \(principal) no role, so it says nothing here.",
        ["Give it one by an amendment: sluice policy adopt OWNER/NAME --roster FILE"]
      )
    case .notEligible(let principal):
      (
        "\(principal) holds no role that counts here.",
        [
          "Have somebody do it who holds one: the same command with --as WHO --key FILE",
          "Which roles a case asks for: sluice explain case CASE",
        ]
      )
    case .othersCase(let number, let whose): others(number, whose)
    case .tooWeak(let needed):
      (
        "This must be vouched for by \(strength(needed)).",
        ["Sign it with such a key: the same command with --key FILE"]
      )
    case .unsigned:
      (
        "A statement that must be signed came without a signature.",
        ["Sign it with an SSH key: the same command with --key FILE"]
      )
    case .badSignature(let why):
      (
        "The signature does not verify: \(why).",
        ["Sign the very bytes that are sent, without changing them afterwards: the same command"]
      )
    case .unknownKey(let fingerprint): unknownKey(fingerprint, matter.cause)
    case .wrongPerson(let said): wrongPerson(said, matter.cause)
    case .wrongNamespace(let found, let needed):
      (
        "The signature was made for \(found), and this needs \(needed).",
        ["Sign it again: ssh-keygen -Y sign -n \(needed) -f KEY FILE"]
      )
    case .keyEnded(let fingerprint, let at):
      (
        "The key \(fingerprint) was ended at \(at).",
        ["Sign with a key that still counts: the same command with --key FILE"]
      )
    case .notTouched:
      (
        "The hardware key says that nobody touched it.",
        [
          "Sign again and touch the key when it blinks; no-touch keys do not count: the same command"
        ]
      )
    case .unfit(let what): unfit(what)
    case .replayed:
      (
        "This statement was taken in before: its nonce is used.",
        [
          "See what it led to: sluice cases",
          "To say it once more, compose and sign it anew; the same bytes count once.",
        ]
      )
    case .stale(let what): ("What this is about has moved on: \(what).", stale(what))
    case .staleRevision(let current):
      (
        "The case was revised since you read it; its revision is now \(short(current)).",
        ["Read it again, then decide: sluice show CASE"]
      )
    case .caseClosed(let number, let state):
      (
        "Case \(number) has ended (\(state.rawValue)) and takes no more statements.",
        ["What led to it: sluice explain case \(number)"]
      )
    case .caseReturned(let number):
      (
        "Case \(number) was returned to its requester and waits for changes.",
        [
          "Who filed it answers anew: sluice revise \(number) --answers FILE.yaml",
          "Or words it anew: sluice revise \(number) --purpose TEXT",
          "Decide when it has been revised: sluice show \(number)",
        ]
      )
    case .duplicate(let number):
      (
        "The same is asked already, in case \(number).",
        ["How it stands: sluice explain case \(number)"]
      )
    case .tooSoon(let until):
      (
        "It was denied; it can be asked for again from \(until).",
        ["Why it was denied: sluice cases --state denied", "From then on: the same command"]
      )
    case .stageClosed(let stage):
      (
        "Stage \(stage) has not opened.",
        [
          "Wait until it opens; whether it has: sluice explain access NAME OWNER/NAME TIER",
          "Whoever holds a role asks that it open: sluice open OWNER/NAME \(stage)",
        ]
      )
    case .noGrant(nil): ("No grant covers \(what(matter)).", [ask])
    case .noGrant(0?):
      // A case that is only supposed has no number.
      ("No grant would cover \(what(matter)): the case that asks for it would be open.", [ask])
    case .noGrant(let pending?):
      (
        "No grant covers \(what(matter)) yet: case \(pending) is not decided.",
        ["How it stands: sluice explain case \(pending)"]
      )
    case .grantPending(let grant, let from):
      (
        "The grant \(short(grant)) begins at \(from).",
        ["From then on: sluice download OWNER/NAME --tier TIER"]
      )
    case .grantExpired(let grant, let at): ("The grant \(short(grant)) ended at \(at).", [ask])
    case .grantRevoked(let grant, let at, let code, let text):
      (
        "The grant \(short(grant)) was revoked at \(at) (\(code.rawValue)): \(text)",
        [
          "Ask the stewards of the release; what you hold already is under the terms you accepted.",
          "Your grants: sluice grants --mine",
        ]
      )
    case .noToken: noToken(matter.cause)
    case .asksOnly(let principal):
      (
        "\(principal) registered and nobody has vouched for them: they may ask, and no more.",
        ["The operator vouches for whom they know: sluice person vet \(principal.name)"]
      )
    case .unconfirmed:
      (
        "Your e-mail address has to be confirmed before you may ask.",
        ["Follow the link that was sent to it, then: the same command"]
      )
    case .badToken: badToken(matter.cause)
    case .termsChanged(let subject):
      (
        "\(subject) that you agree to is not the current text.",
        ["Read the current text and agree to that: the same command"]
      )
    case .tierUnbound(let tier):
      (
        "Tier \(tier) stands for no bytes yet.",
        ["The operator binds it: sluice bind OWNER/NAME \(tier) DIR"]
      )
    case .unknownRelease(let id):
      (
        "There is no release \(id), or none that you may know of.",
        [
          "Check the spelling; those that you may know of: sluice release list",
          "Say who you are, if it is not public: sluice login --server URL",
        ]
      )
    case .unknownCase(let id):
      (
        "There is no case \(short(id)), or none that you may know of.",
        ["List those that you may see: sluice cases"]
      )
    case .unknownGrant(let id):
      (
        "There is no grant \(short(id)), or none that you may know of.",
        ["List those that you may see: sluice grants"]
      )
    case .notForYou:
      (
        "Who asked for what, and received it, is shown to the stewards of the release, to auditors,"
          + " and to approvers as far as they decide it.",
        ["The operator gives the auditor's mark: sluice person add NAME --auditor"]
      )
    case .recused(let number, let why): recused(number, why)
    case .held(let hold, let code): held(hold, code)
    case .grantGrace(let grant, let at, let until): grace(grant, at, until)
    case .grantSurrendered(let grant, let at): surrendered(grant, at)
    case .termsUnaccepted(let terms): unaccepted(terms)
    case .tierSealed(let tier, let rationale): sealed(tier, rationale)
    case .unknownHold(let id): unknown(hold: id)
    case .unknownStatement(let id): unknown(statement: id)
    case .clockUntrusted(let behind):
      (
        "The clock is \(behind) s behind the log, so nothing is decided.",
        ["Have the clock of the machine that serves set, then: the same command"]
      )
    case .logCorrupt(let what):
      (
        "The log does not agree with itself, so nothing is decided or served: \(what).",
        ["Keep the files as they are and find the fault: sluice audit verify"]
      )
    }
  }

  static let login = "Give your token: sluice login --server URL"
  static let ask = "Ask for access: sluice request OWNER/NAME --tier TIER"

  private static func what(_ matter: Matter) -> String {
    guard let release = matter.release else { return "this" }
    return matter.tier.map { "tier \($0) of \(release)" } ?? "what you ask for of \(release)"
  }

  static func short(_ id: Identifier<some Any>) -> String { String(id.rawValue.prefix(12)) }

  private static func strength(_ strength: Strength) -> String {
    switch strength {
    case .session: "a token or a signature"
    case .key: "an SSH signature"
    case .touch: "the signature of a hardware key that was touched"
    case .pin: "the signature of a hardware key that asked for its PIN"
    }
  }
}
