import SluiceGovernance
import Testing

/// The stories whose decisions are stored: together every kind of case and of requirement.
struct Stories: Sendable {
  /// The name of the file.
  let name: String
  let course: @Sendable () throws -> Scenario.Course

  private init(_ name: String, _ course: @escaping @Sendable () throws -> Scenario.Course) {
    self.name = name
    self.course = course
  }

  static let all: [Stories] =
    [
      "gpt2-2019", "gpt2-dissent", "gpt2-partner", "llama-style-denied", "single-steward-held",
      "structured-access-emergency", "structured-access-researcher", "embargoed-release-breach",
      "embargoed-release-moment",
    ].map { name in Stories(name) { try Handbook.course(name) } } + [
      Stories("delegation") {
        try Tale(main: "[approve: {role: board, count: 2, veto: none}]").course(
          """
          02 ana delegates board to kim until 20
          03 bob asks for weights of gated as c
          04 ben denies c safety
          05 kim approves c
          06 cho approves c by touch
          """
        )
      },
      Stories("group") {
        try Tale(
          main: "[member: readers, accept: use, any: [approve: {role: board}, wait: P3D]]",
          gated: ""
        )
        .course(
          """
          02 gus joins bob to readers with sector=press
          02 gus asks for weights of gated on behalf of group:readers as g
          02 gus accepts use
          05 bob accepts use
          """
        )
      },
      Stories("stolen-key") {
        try Tale(main: "[approve: {role: board, count: 2, veto: 2}, answer: ask]").course(
          """
          02 bob asks for weights of gated as c
          03 ana denies c
          05 ana approves c
          06 ben denies c
          07 hal holds key:ana key-compromise since 04
          """
        )
      },
      Stories("restart") {
        try Tale(main: "[approve: {role: board, count: 2}]").amended {
          $0.main = "[approve: {role: safety}]"
          $0.more = "on-adoption: {open-cases: restart, grants: {end-after: P5D}}"
        }.course(
          """
          02 bob asks for weights of gated as c
          03 ben approves c
          04 ana files amend to next.yaml as r
          05 ben approves r
          06 dee approves c
          """
        )
      },
    ]
}
