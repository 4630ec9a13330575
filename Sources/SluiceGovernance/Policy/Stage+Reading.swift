internal import SluiceEncoding

extension Stage {
  /// The stage that a value of the grammar states; what is unreadable in it is left out.
  init(_ id: ID, _ value: DocumentValue) {
    self.id = id
    offers = value["offers"]?.items.map { Tier.ID($0.text ?? "") } ?? []
    opens = value.name("opens")
    let admits: Gate.ID = value.name("admits")
    self.admits = admits.rawValue == "everyone" ? .everyone : .gate(admits)
    lasts = value.duration("lasts")
    renews = value["renews"].map(Renewal.init)
    owes = value["owes"]?.items.compactMap(Obligation.init) ?? []
    note = value["note"]?.text
  }
}

extension Stage.Renewal {
  fileprivate init(_ value: DocumentValue) {
    gate = value.name("gate")
    window = value.duration("window") ?? Duration(seconds: 0)
    grace = value.duration("grace") ?? Duration(seconds: 0)
  }
}

extension Stage.Obligation {
  fileprivate init?(_ value: DocumentValue) {
    if let form = value["answer"]?.text {
      act = .answer(Form.ID(form))
    } else if let terms = value["accept"]?.text {
      act = .accept(Terms.ID(terms))
    } else {
      return nil
    }
    within = value.duration("within") ?? Duration(seconds: 0)
    then = value["then"]?.text.flatMap(Consequence.init(rawValue:)) ?? .note
  }
}

extension Governance {
  /// The governance that a value of the grammar states; what is unreadable in it is left out.
  init(_ value: DocumentValue) {
    stewards = value.name("stewards")
    amend = value.name("amend")
    lift = value.name("lift")
    appeal = value.name("appeal")
    emergency = value["emergency"].map(Emergency.init)
  }
}

extension Governance.Emergency {
  fileprivate init(_ value: DocumentValue) {
    gate = value.name("gate")
    lasts = value.duration("lasts") ?? Duration(seconds: 0)
    review = value.name("review")
    within = value.duration("within") ?? Duration(seconds: 0)
  }
}

extension OnAdoption {
  /// What a value of the grammar states; where it says nothing, all stays as it is.
  init(_ value: DocumentValue) {
    self.init(
      restartsCases: value["open-cases"]?.text == "restart",
      endsGrantsAfter: value["grants"]?.duration("end-after")
    )
  }
}
