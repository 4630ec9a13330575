internal import SluiceEncoding
internal import SluiceGovernance

extension Drafting {
  /// What a case is to say instead.
  struct Rewording {
    let purpose: String?
    let tiers: [Tier.ID]?
    let rebinds: Bool
    /// Form → field → text.
    let answers: JSONObject

    /// Whether nothing but answers is given.
    var isAnswersOnly: Bool {
      purpose == nil && tiers == nil && !rebinds && !answers.members.isEmpty
    }
  }

  /// Words a case anew, with the answers that are given along.
  ///
  /// A case that was returned takes its answers first and opens with the revision; of an open one other
  /// answers are a revision by themselves, which follows whatever else is worded anew.
  func revise(
    _ page: CasePage,
    _ words: Rewording,
    on pages: Pages
  ) throws(Refusal) -> Drafted {
    let (answers, documents) = try answers(words.answers, on: page, pages)
    let isReturned = page.case.state == .returned
    if words.isAnswersOnly, !isReturned { return Drafted(answers, documents: documents) }
    let revised = try draft.revise(
      page,
      purpose: words.purpose,
      tiers: words.tiers,
      on: pages.shown(),
      rebinds: words.rebinds
    )
    return Drafted(isReturned ? answers + [revised] : [revised] + answers, documents: documents)
  }

  private func answers(
    _ given: JSONObject,
    on page: CasePage,
    _ pages: Pages
  ) throws(Refusal) -> ([Statement], [SHA256Digest: [UInt8]]) {
    guard !given.members.isEmpty else { return ([], [:]) }
    guard let policy = pages.policy else { throw .unfit("the policy is missing") }
    let wanted = policy.branches(of: page.case.gate).flatMap(\.parts).map(\.requirement)
    let forms = policy.forms.filter { wanted.contains(.answer($0.id)) }
    for name in given.names where !forms.contains(where: { $0.id.rawValue == name }) {
      throw .unfit("answers.\(name): the gate asks for no such form")
    }
    var statements: [Statement] = []
    var documents: [SHA256Digest: [UInt8]] = [:]
    for form in forms {
      guard let fields = given[form.id.rawValue]?.objectValue else { continue }
      let document = try AnswerDocument(fields, to: form, salt: salt)
      statements.append(try draft.answer(document, on: page, under: policy))
      documents[document.commitment] = document.document
    }
    return (statements, documents)
  }
}
