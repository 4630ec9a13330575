internal import SluiceEncoding
internal import SluiceGovernance

/// The words of codes that stand for several causes.
extension Problem {
  static func unknownKey(_ fingerprint: String, _ cause: Cause?) -> (String, [String]) {
    switch cause {
    case .keyNotInRoster(let holder):
      (
        "The roster lists other keys of \(holder) than \(fingerprint), and only those count here.",
        [
          "Sign with one that the roster lists: the same command with --key FILE",
          "Which keys there are: sluice signers export",
        ]
      )
    case .keyOfProposal(let holder, let number):
      (
        "The key \(fingerprint) is that of \(holder) in a roster that is not in force.",
        ["What became of its proposal: sluice explain case \(number)"]
      )
    default:
      (
        "The key \(fingerprint) counts for nobody here.",
        [
          "The operator enrols it: sluice person add NAME --key KEY.pub",
          "Or sign with a key that the roster lists: the same command with --key FILE",
        ]
      )
    }
  }

  static func wrongPerson(_ said: Principal.ID, _ cause: Cause?) -> (String, [String]) {
    guard case .keyOf(let holder) = cause else {
      return (
        "The key or the token is not that of \(said), who is said to speak.",
        ["Speak for yourself, with your own key: the same command with --as WHO --key FILE"]
      )
    }
    return (
      "The key is that of \(holder), not of \(said).",
      [
        "Speak as \(holder): the same command with --as \(holder)",
        "Or sign with a key of \(said): the same command with --key FILE",
      ]
    )
  }

  static func noToken(_ cause: Cause?) -> (String, [String]) {
    // Whoever holds a role cannot register: the name is theirs already, and waits for its token.
    let others =
      cause == .registers
      ? [
        "Or make yourself known: sluice register --server URL --name NAME --email E",
        "Who holds a role asks the operator for one: sluice token issue NAME --name laptop",
      ] : ["The operator issues tokens: sluice token issue NAME --name laptop"]
    return ("This needs to know who asks, and no token came with the request.", [login] + others)
  }

  static func badToken(_ cause: Cause?) -> (String, [String]) {
    let issue = "The operator issues another: sluice token issue NAME --name laptop"
    return switch cause {
    case .tokenRevoked(let at): ("The token was revoked at \(at).", [issue, login])
    case .tokenEnded(let at): ("The token counted until \(at).", [issue, login])
    case .tokenUnknown:
      (
        "The token was never issued here.",
        ["Check that it is whole, and this deployment's: sluice login --server URL", issue]
      )
    default:
      ("The token was never issued here, or counts no longer.", [login, issue])
    }
  }

  /// What is not as it must be; the acts follow from how the refusal begins, which is tested where
  /// it is made.
  static func unfit(_ what: String) -> (String, [String]) {
    if let match = what.firstMatch(of: /(\S+): the form does not ask this; did you mean (\S+)\?/) {
      return (
        "This cannot be taken in: \(what)",
        ["Write \(match.2) for \(match.1) in the answers, then: the same command"]
      )
    }
    if let match = what.firstMatch(of: /(\S+); did you mean (\S+)\?$/) {
      return (
        "This cannot be taken in: \(what)",
        ["If that is meant: the same command with \(match.2) for \(match.1)"]
      )
    }
    if what.hasPrefix("at: "), what.hasSuffix(" only later") {
      return (
        "This cannot be told: \(what).", ["As it stood later: the same command with --at TIME"]
      )
    }
    if what.hasPrefix("at: "), what.contains(" is more than 5 minutes after ") {
      return (
        "This cannot be taken in: \(what).",
        ["Set the clock of the machine that signs, then: the same command"]
      )
    }
    if what.hasPrefix("audience: ") {
      return (
        "This cannot be taken in: \(what).",
        ["Compose it from what this deployment says: the same command with --server URL"]
      )
    }
    return ("This cannot be taken in: \(what).", unfitting(what) ?? [correction])
  }

  /// The act where there is nothing to be learnt from what is wrong but that it is.
  public static let correction = "Correct that and type it again: the same command"

  /// The act where nothing is known of what has moved on.
  public static let lookAgain = "Look again, then: the same command"

  /// What helps where the same, corrected, does not.
  private static func unfitting(_ what: String) -> [String]? {
    if what.hasSuffix(" cannot be renewed") {
      return ["Ask for a new one: sluice request OWNER/NAME --tier TIER"]
    }
    if what.hasPrefix("an amendment keeps its texts: ") {
      return [
        "Withdraw it: sluice withdraw CASE",
        "Then file the corrected one: sluice policy adopt OWNER/NAME --policy FILE --roster FILE",
      ]
    }
    if what == "nobody confirms their own evidence" {
      return ["Have somebody else confirm it: the same command with --as WHO --key FILE"]
    }
    if let match = what.wholeMatch(of: /(?:person:)?(\S+) is registered already/) {
      return [
        "Give them a token: sluice token issue \(match.1) --name laptop",
        "Who is registered: sluice person list",
      ]
    }
    return nil
  }

  /// What helps when something has moved on, by what has.
  static func stale(_ what: String) -> [String] {
    if what.hasPrefix("seen: ") {
      return ["Compose it from the log as it is now: the same command"]
    }
    if what.hasPrefix("at: ") {
      return ["Set the clock of the machine that signs, then: the same command"]
    }
    if what.hasPrefix("stage ") {
      return ["Who asked for that and who agreed: sluice cases --release OWNER/NAME --kind open"]
    }
    if what.hasPrefix("no policy of "), what.contains(" was in force at ") {
      return ["What came into force, and when: sluice release show OWNER/NAME"]
    }
    if what.hasPrefix("no policy of ") || what.hasPrefix("nothing is proposed for ") {
      return [
        "What waits for approval: sluice cases --kind amend",
        "If nothing does: sluice release create OWNER/NAME --policy policy.yaml --roster roster.yaml",
      ]
    }
    if what.hasPrefix("tier ") || what.hasPrefix("the policy or the manifests ") {
      return ["Look at what it stands for now, then: the same command"]
    }
    if what.hasPrefix("a stage that offers tier ") {
      return ["Who has received what it stands for: sluice audit who OWNER/NAME"]
    }
    if what.hasPrefix("the grant ") { return ["How it stands: sluice grants --release OWNER/NAME"] }
    if what.hasSuffix(" is released already") {
      return ["Serve it: sluice serve", "Bind and open further: sluice bind OWNER/NAME TIER DIR"]
    }
    if what == "the hold has ended" { return ["Which are in force: sluice holds"] }
    if what == "you have confirmed it before" {
      return ["What is on record: sluice evidence list OWNER/NAME"]
    }
    if what.hasPrefix("you agreed to ") {
      return ["What you have: sluice grants --mine"]
    }
    return [lookAgain]
  }
}
