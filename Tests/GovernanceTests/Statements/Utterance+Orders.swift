import SluiceEncoding
import SluiceGovernance

extension Utterance {
  private static let first = one.hex

  /// What is signed in `revocation@sluice` and `keychange@sluice`.
  static let orders =
    subjects.map { subject, words in
      Utterance(
        "hold \(subject.name)",
        about: subject,
        .hold(.init(code: .safety, text: "look into it")),
        #"{"code":"safety","text":"look into it"}"#,
        "HOLDS \(words) (safety), until it is lifted: look into it"
      )
    } + [
      Utterance(
        "hold with instants",
        about: .named("key:\(key)"),
        .hold(.init(code: .keyCompromise, text: "lost", until: april, since: march)),
        #"{"code":"key-compromise","since":"2019-03-01T00:00:00Z","text":"lost","#
          + #""until":"2019-03-31T00:00:00Z"}"#,
        "HOLDS key:\(key) (key-compromise), doubtful since 2019-03-01T00:00:00Z,"
          + " until 2019-03-31T00:00:00Z: lost"
      ),
      Utterance(
        "revoke",
        about: .recorded("grant"),
        .revoke(.misuse, text: "it was sold"),
        #"{"code":"misuse","text":"it was sold"}"#,
        "REVOKES grant 7692c3ad3540 (misuse): it was sold"
      ),
      Utterance(
        "keychange",
        about: .init(name: "person:ana", in: ""),
        .keychange(.init(action: .add, key: "ssh-ed25519 AAAA", previous: nil)),
        #"{"action":"add","key":"ssh-ed25519 AAAA","previous":""}"#,
        "adds the key ssh-ed25519 AAAA, the first change"
      ),
      Utterance(
        "keychange that ends",
        about: .init(name: "person:ana", in: ""),
        .keychange(.init(action: .end, key: "ssh-ed25519 AAAA", previous: .init(first))),
        #"{"action":"end","key":"ssh-ed25519 AAAA","previous":"\#(first)"}"#,
        "ends the key ssh-ed25519 AAAA, after change 7692c3ad3540"
      ),
    ]

  /// Whatever can be held, and how it is shown.
  static let subjects: [(Statement.Subject, String)] = [
    (.recorded("case"), "case 7692c3ad3540"), (.recorded("grant"), "grant 7692c3ad3540"),
    (.named("tier:weights"), "tier:weights"), (.named("stage:gated"), "stage:gated"),
    (.named("person:bob"), "person:bob"), (.named("key:\(key)"), "key:\(key)"),
  ]
}
