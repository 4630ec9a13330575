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
    explanation: JSONValue? = nil
  ) {
    let (detail, next) = Self.words(refusal, Names(matter))
    self.init(code: refusal.code, detail: detail, next: next, explanation: explanation)
  }

  /// How commands name the matter; placeholders where it is not known.
  private struct Names {
    let release: String
    let tier: String
    let `case`: String

    init(_ matter: Matter) {
      release = matter.release?.rawValue ?? "OWNER/NAME"
      tier = matter.tier?.rawValue ?? "TIER"
      `case` = matter.case.map(String.init) ?? "CASE"
    }

    var what: String { release == "OWNER/NAME" ? "this" : "tier \(tier) of \(release)" }
    var ask: String { "Ask for access: sluice request \(release) --tier \(tier)" }
  }

  private static func words(_ refusal: Refusal, _ names: Names) -> (String, [String]) {
    switch refusal {
    case .ownCase(let number):
      (
        "Whoever asks or would receive does not decide, and case \(number) is yours.",
        ["Another member of the role decides it; who can: sluice explain case \(number)"]
      )
    case .notEligible(let principal):
      (
        "\(principal) holds no role that counts here.",
        ["The policy and the roster of the release say which roles count and who holds them."]
      )
    case .tooWeak(let needed):
      (
        "This must be vouched for by \(strength(needed)).",
        ["Do it with the sluice command and an SSH key: --key PATH, or the agent's."]
      )
    case .unsigned:
      (
        "A statement that must be signed came without a signature.",
        ["Sign it with an SSH key: --key PATH, or the agent's."]
      )
    case .badSignature(let why):
      (
        "The signature does not verify: \(why).",
        ["Sign the very bytes that are sent, without changing them afterwards."]
      )
    case .unknownKey(let fingerprint):
      (
        "The key \(fingerprint) counts for nobody here.",
        [
          "Sign with a key that the roster of the release lists,",
          "or have yours added by the operator: sluice person add NAME --key FILE.pub",
        ]
      )
    case .wrongPerson(let said):
      (
        "The key or the token is not that of \(said), who is said to speak.",
        ["Speak for yourself, with your own key: --as NAME --key PATH"]
      )
    case .wrongNamespace(let found, let needed):
      (
        "The signature was made for \(found), and this needs \(needed).",
        ["Sign it again: ssh-keygen -Y sign -n \(needed) -f KEY FILE"]
      )
    case .keyEnded(let fingerprint, let at):
      ("The key \(fingerprint) was ended at \(at).", ["Sign with a key that still counts."])
    case .notTouched:
      (
        "The hardware key says that nobody touched it.",
        ["Sign again and touch the key when it blinks; no-touch keys do not count."]
      )
    case .unfit(let what):
      ("The statement is not what its type demands: \(what).", ["Compose it again and send it."])
    case .replayed:
      (
        "This statement was taken in before: its nonce is used.",
        ["See what it led to: sluice cases", "Compose a new one if another is meant."]
      )
    case .stale(let what):
      ("What this is about has moved on: \(what).", ["Look again, then compose it anew."])
    case .staleRevision(let current):
      (
        "The case was revised since you read it; its revision is now \(short(current)).",
        ["Read it again, then decide: sluice show \(names.case)"]
      )
    case .caseClosed(let number, let state):
      (
        "Case \(number) has ended (\(state.rawValue)) and takes no more statements.",
        ["What led to it: sluice explain case \(number)"]
      )
    case .caseReturned(let number):
      (
        "Case \(number) was returned to its requester and waits for changes.",
        ["Decide when it has been revised: sluice show \(number)"]
      )
    case .duplicate(let number):
      (
        "The same is asked already, in case \(number).",
        ["How it stands: sluice explain case \(number)"]
      )
    case .tooSoon(let until):
      (
        "The same was denied; it can be asked again from \(until).",
        ["Ask again then, or ask for something else."]
      )
    case .stageClosed(let stage):
      (
        "Stage \(stage) has not opened.",
        ["Wait until it opens, or ask for what an open stage offers."]
      )
    case .noGrant(nil):
      ("No grant covers \(names.what).", [names.ask])
    case .noGrant(let pending?):
      (
        "No grant covers \(names.what) yet: case \(pending) is not decided.",
        ["How it stands: sluice explain case \(pending)"]
      )
    case .grantPending(let grant, let from):
      ("The grant \(short(grant)) begins at \(from).", ["Come back then."])
    case .grantExpired(let grant, let at):
      ("The grant \(short(grant)) ended at \(at).", [names.ask])
    case .grantRevoked(let grant, let at, let code, let text):
      (
        "The grant \(short(grant)) was revoked at \(at) (\(code.rawValue)): \(text)",
        ["Ask the stewards of the release; what you hold already is under the terms you accepted."]
      )
    case .noToken:
      (
        "This needs to know who asks, and no token came with the request.",
        ["Send your token: sluice login --server URL"]
      )
    case .badToken:
      (
        "The token was never issued here, or was revoked.",
        [
          "Send another one: sluice login --server URL",
          "The operator issues them: sluice token issue NAME --name LABEL",
        ]
      )
    case .termsChanged(let subject):
      (
        "\(subject) that you agree to is not the current text.",
        ["Read the current text and agree to that."]
      )
    case .tierUnbound(let tier):
      (
        "Tier \(tier) stands for no bytes yet.",
        ["The operator binds it: sluice bind \(names.release) \(tier) DIR"]
      )
    case .unknownRelease(let id):
      (
        "There is no release \(id), or none that you may know of.",
        ["Check the spelling, and that you are logged in as the right person."]
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
        "Who received what is shown to the stewards of the release and to auditors.",
        ["The operator gives the auditor's mark: sluice person add NAME --auditor"]
      )
    case .clockUntrusted(let behind):
      (
        "The clock is \(behind) s behind the log, so nothing is decided.",
        ["Have the clock of the machine that serves set, then send it again."]
      )
    case .logCorrupt(let what):
      (
        "The log does not agree with itself, so nothing is decided or served: \(what).",
        ["Keep the files as they are and find the fault: sluice audit verify"]
      )
    }
  }

  private static func short(_ id: Identifier<some Any>) -> String { String(id.rawValue.prefix(12)) }

  private static func strength(_ strength: Strength) -> String {
    switch strength {
    case .session: "a token or a signature"
    case .key: "an SSH signature"
    case .touch: "the signature of a hardware key that was touched"
    case .pin: "the signature of a hardware key that asked for its PIN"
    }
  }
}
