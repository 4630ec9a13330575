import SluiceEncoding
import SluiceGovernance

extension Utterance {
  private static let first = one.hex
  private static let second = two.hex
  private static let verdict = Statement.Verdict(
    case: .init(two.hex),
    revision: .init(one.hex),
    policy: two,
    manifests: ["weights": one],
    reason: "it is good"
  )

  /// What is signed in `approval@sluice`.
  static let findings = [
    Utterance(
      "return",
      about: .recorded("revision"),
      .return(case: .init(second), revision: .init(first), reason: "say what for"),
      #"{"case":"\#(second)","reason":"say what for","revision":"\#(first)"}"#,
      "RETURNS case 3fc4ccfe7458, revision 7692c3ad3540, for changes: say what for"
    ),
    Utterance(
      "approve",
      about: .recorded("revision"),
      .approve(verdict),
      #"{"case":"\#(second)","manifests":{"weights":"\#(first)"},"policy":"\#(second)","#
        + #""reason":"it is good","revision":"\#(first)"}"#,
      "APPROVES case 3fc4ccfe7458, revision 7692c3ad3540, under policy 3fc4ccfe7458;"
        + " weights = 7692c3ad3540; reason: it is good"
    ),
    Utterance(
      "deny",
      about: .recorded("revision"),
      .deny(verdict, .keyCompromise),
      #"{"case":"\#(second)","code":"key-compromise","manifests":{"weights":"\#(first)"},"#
        + #""policy":"\#(second)","reason":"it is good","revision":"\#(first)"}"#,
      "DENIES (key-compromise) case 3fc4ccfe7458, revision 7692c3ad3540, under policy"
        + " 3fc4ccfe7458; weights = 7692c3ad3540; reason: it is good"
    ),
    Utterance(
      "recuse",
      about: .recorded("case"),
      .recuse(reason: "my employer asks"),
      #"{"reason":"my employer asks"}"#,
      "will not count in case 7692c3ad3540: my employer asks"
    ),
    Utterance(
      "credential",
      about: .named("person:bob"),
      .credential(
        .init(
          type: "email-domain",
          values: ["domain": "example.org", "verified": "true"],
          assertedAt: march,
          expiresAt: april
        )
      ),
      #"{"asserted_at":"2019-03-01T00:00:00Z","expires_at":"2019-03-31T00:00:00Z","#
        + #""type":"email-domain","values":{"domain":"example.org","verified":"true"}}"#,
      "vouches for person:bob: email-domain since 2019-03-01T00:00:00Z until"
        + #" 2019-03-31T00:00:00Z: domain = "example.org", verified = "true""#
    ),
    Utterance(
      "credential without an end",
      about: .named("org:press"),
      .credential(.init(type: "press", values: [:], assertedAt: march)),
      #"{"asserted_at":"2019-03-01T00:00:00Z","type":"press","values":{}}"#,
      "vouches for org:press: press since 2019-03-01T00:00:00Z"
    ),
    Utterance(
      "bind",
      about: .named("tier:weights"),
      .bind(manifest: two),
      #"{"manifest":"\#(second)"}"#,
      "binds tier:weights to manifest 3fc4ccfe7458"
    ),
    Utterance(
      "evidence",
      about: .recorded("manifest"),
      .evidence(
        .init(
          kind: "detectability",
          metrics: ["accuracy": "0.9443", "samples": "5000"],
          method: "held out",
          attachments: ["roc curve.png": two],
          publishes: true
        )
      ),
      #"{"attachments":{"roc curve.png":"\#(second)"},"kind":"detectability","#
        + #""method":"held out","metrics":{"accuracy":"0.9443","samples":"5000"},"publish":true}"#,
      #"records about manifest 7692c3ad3540 detectability: accuracy = "0.9443","#
        + #" samples = "5000"; attachments (for everybody): "roc curve.png" = 3fc4ccfe7458;"#
        + " method: held out"
    ),
    Utterance(
      "evidence without anything",
      about: .recorded("manifest"),
      .evidence(.init(kind: "looked-at", metrics: [:], method: "")),
      #"{"attachments":{},"kind":"looked-at","method":"","metrics":{},"publish":false}"#,
      "records about manifest 7692c3ad3540 looked-at without numbers"
    ),
    Utterance(
      "confirm",
      about: .recorded("statement"),
      .confirm(reason: "done again"),
      #"{"reason":"done again"}"#,
      "CONFIRMS statement 7692c3ad3540: done again"
    ),
    Utterance(
      "retract",
      about: .recorded("statement"),
      .retract(reason: "a mistake"),
      #"{"reason":"a mistake"}"#,
      "takes back statement 7692c3ad3540: a mistake"
    ),
    Utterance(
      "delegate",
      about: .named("role:editors"),
      .delegate(to: "person:ben", from: march, until: april),
      #"{"from":"2019-03-01T00:00:00Z","to":"person:ben","until":"2019-03-31T00:00:00Z"}"#,
      "lets person:ben act for person:ana in role:editors from 2019-03-01T00:00:00Z"
        + " until 2019-03-31T00:00:00Z"
    ),
  ]
}
