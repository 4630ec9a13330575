import SluiceEncoding
import SluiceGovernance

extension Utterance {
  private static let first = one.hex
  private static let second = two.hex
  private static let id: Case.ID = .init(one.hex)
  private static let revision: Case.Revision.ID = .init(two.hex)

  /// What is signed in `request@sluice`.
  static let requests =
    filings + [
      Utterance(
        "revise",
        about: .recorded("case"),
        .revise(.init(revision: revision, purpose: "less", tiers: ["a", "b"])),
        #"{"purpose":"less","revision":"\#(second)","tiers":["a","b"]}"#,
        "words case 7692c3ad3540 anew, instead of revision 3fc4ccfe7458; tiers a, b; purpose: less"
      ),
      Utterance(
        "revise an opening",
        about: .recorded("case"),
        .revise(.init(revision: revision, manifests: ["a": one])),
        #"{"manifests":{"a":"\#(first)"},"revision":"\#(second)"}"#,
        "words case 7692c3ad3540 anew, instead of revision 3fc4ccfe7458; manifests a = 7692c3ad3540"
      ),
      Utterance(
        "revise nothing",
        about: .recorded("case"),
        .revise(.init(revision: revision)),
        #"{"revision":"\#(second)"}"#,
        "words case 7692c3ad3540 anew, instead of revision 3fc4ccfe7458; nothing in it changes"
      ),
      Utterance(
        "withdraw",
        about: .recorded("case"),
        .withdraw(reason: ""),
        #"{"reason":""}"#,
        "withdraws case 7692c3ad3540"
      ),
      Utterance(
        "comment",
        about: .named("tier:weights"),
        .comment(text: "good", isPublic: true),
        #"{"public":true,"text":"good"}"#,
        "comments on tier:weights in public: good"
      ),
      Utterance(
        "comment for few",
        about: .recorded("manifest"),
        .comment(text: "bad", isPublic: false),
        #"{"public":false,"text":"bad"}"#,
        "comments on manifest 7692c3ad3540 for those concerned: bad"
      ),
      Utterance(
        "answer",
        about: .recorded("form:request"),
        .answer(.case(.init(second)), commitment: two),
        #"{"case":"\#(second)","commitment":"\#(second)"}"#,
        "commits to the answers 3fc4ccfe7458 of form:request 7692c3ad3540 for case 3fc4ccfe7458"
      ),
      Utterance(
        "answer what is owed",
        about: .recorded("form:findings"),
        .answer(.grant(.init(second)), commitment: two),
        #"{"commitment":"\#(second)","grant":"\#(second)"}"#,
        "commits to the answers 3fc4ccfe7458 of form:findings 7692c3ad3540 for grant 3fc4ccfe7458"
      ),
      Utterance(
        "accept",
        about: .recorded("terms:use"),
        .accept,
        "{}",
        "agrees to terms:use 7692c3ad3540"
      ),
      Utterance(
        "join",
        about: .named("group:early-readers"),
        .join("person:bob", fields: ["region": "Europe", "sector": "press"]),
        #"{"fields":{"region":"Europe","sector":"press"},"member":"person:bob"}"#,
        #"takes person:bob into group:early-readers: region = "Europe", sector = "press""#
      ),
      Utterance(
        "join without fields",
        about: .named("group:early-readers"),
        .join("org:press", fields: [:]),
        #"{"fields":{},"member":"org:press"}"#,
        "takes org:press into group:early-readers"
      ),
      Utterance(
        "leave",
        about: .named("group:early-readers"),
        .leave("person:bob"),
        #"{"member":"person:bob"}"#,
        "ends the membership of person:bob in group:early-readers"
      ),
      Utterance(
        "surrender",
        about: .recorded("grant"),
        .surrender,
        "{}",
        "gives back grant 7692c3ad3540"
      ),
      Utterance(
        "report",
        about: .recorded("manifest"),
        .report(.leak, text: "on a forum"),
        #"{"code":"leak","text":"on a forum"}"#,
        "reports manifest 7692c3ad3540 (leak): on a forum"
      ),
    ]

  private static let filings = [
    Utterance(
      "amend",
      about: .recorded("policy"),
      .file(.amend(policy: one, roster: two, terms: ["use": two])),
      #"{"kind":"amend","policy":"\#(first)","roster":"\#(second)","terms":{"use":"\#(second)"}}"#,
      "proposes policy 7692c3ad3540 with roster 3fc4ccfe7458 and the texts use = 3fc4ccfe7458"
    ),
    Utterance(
      "amend rehearsed",
      about: .recorded("policy"),
      .file(.amend(policy: one, roster: two, terms: [:], rehearsal: one)),
      #"{"kind":"amend","policy":"\#(first)","rehearsal":"\#(first)","roster":"\#(second)","terms":{}}"#,
      "proposes policy 7692c3ad3540 with roster 3fc4ccfe7458, as tried in rehearsal 7692c3ad3540"
    ),
    Utterance(
      "open",
      about: .named("stage:gated"),
      .file(.open("gated", manifests: ["code": one, "weights": two])),
      #"{"kind":"open","manifests":{"code":"\#(first)","weights":"\#(second)"}}"#,
      "asks that stage gated open: code = 7692c3ad3540, weights = 3fc4ccfe7458"
    ),
    Utterance(
      "open a service",
      about: .named("stage:query"),
      .file(.open("query", manifests: [:])),
      #"{"kind":"open","manifests":{}}"#,
      "asks that stage query open, which gives out no files"
    ),
    Utterance(
      "access",
      about: .named("stage:gated"),
      .file(
        .access(
          "gated",
          tiers: ["code", "weights"],
          beneficiary: .principal("person:bob"),
          purpose: ""
        )
      ),
      #"{"beneficiary":"person:bob","kind":"access","purpose":"","tiers":["code","weights"]}"#,
      "asks for code, weights (stage gated) for person:bob"
    ),
    Utterance(
      "access for a group",
      about: .named("stage:gated"),
      .file(.access("gated", tiers: ["code"], beneficiary: .group("press"), purpose: "to read")),
      #"{"beneficiary":"group:press","kind":"access","purpose":"to read","tiers":["code"]}"#,
      "asks for code (stage gated) for group:press: to read"
    ),
    Utterance(
      "renew",
      about: .recorded("grant"),
      .file(.renew(.init(first), purpose: "more time")),
      #"{"kind":"renew","purpose":"more time"}"#,
      "asks that grant 7692c3ad3540 be renewed: more time"
    ),
    Utterance(
      "lift",
      about: .recorded("hold"),
      .file(.lift(.init(first), purpose: "it was nothing")),
      #"{"kind":"lift","purpose":"it was nothing"}"#,
      "asks that hold 7692c3ad3540 be lifted: it was nothing"
    ),
    Utterance(
      "appeal",
      about: .recorded("case"),
      .file(.appeal(id, revision: revision, purpose: "look again")),
      #"{"kind":"appeal","purpose":"look again","revision":"\#(second)"}"#,
      "appeals against the denial of case 7692c3ad3540, revision 3fc4ccfe7458: look again"
    ),
    Utterance(
      "emergency",
      about: .recorded("policy"),
      .file(.emergency(["weights": two], beneficiary: "person:bob", purpose: "an outage")),
      #"{"beneficiary":"person:bob","kind":"emergency","manifests":{"weights":"\#(second)"},"#
        + #""purpose":"an outage"}"#,
      "asks for an EMERGENCY grant for person:bob under policy 7692c3ad3540:"
        + " weights = 3fc4ccfe7458: an outage"
    ),
  ]
}
