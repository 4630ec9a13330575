/// Policy 16.6 of the domain, with the roster of its vectors.
enum SinglePolicy {
  static let text = """
    sluice: policy/1
    id: single-steward
    version: 1
    title: One steward, gated weights
    roles: [maintainers, stewards]
    tiers:
      code:    {kind: code}
      weights: {kind: weights}
    terms:
      use: {file: terms/use.md}
    forms:
      request:
        - {id: name,    type: text, max: 200, private: true}
        - {id: purpose, type: text, max: 2000, ask: "What will you use the weights for?"}
    gates:
      steward:
        require:
          - approve: {role: maintainers}
      requester:
        require:
          - answer: request
          - accept: use
          - approve: {role: maintainers}
        due: P7D
        lapse: P60D
    stages:
      public: {offers: [code], opens: steward, admits: everyone}
      gated:  {offers: [weights], opens: steward, admits: requester, lasts: P365D}
    governance:
      stewards: stewards
      amend: steward
      lift: steward
      appeal: steward
    """

  static let roster = """
    sluice: roster/1
    id: single-steward
    version: 1
    principals:
      person:ana: {keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"]}
      service:clerk: {keys: []}
    roles:
      maintainers: [person:ana, service:clerk]
      stewards: [person:ana]
    """
}
