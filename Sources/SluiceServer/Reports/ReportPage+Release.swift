internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension ReportPage {
  /// What a release has to say of itself to whoever must report about it (governance-domain 18): what
  /// the rules and the log do not say is marked as missing.
  init(
    of release: Release,
    rules: Rules,
    counts: CountsLine?,
    nameless: CountedHandOuts,
    at now: Instant
  ) {
    let sections =
      [
        Section(
          title: "Identity",
          values: [
            Value("name", release.id.rawValue), Value("title", rules.policy.title),
            Value("policy", "version \(rules.policy.version), \(rules.policy.digest.hex)"),
          ]
        ),
        Section(
          title: "Release",
          values: [
            Value("date of release", release.publicSince?.description),
            Value("licence", rules.texts { $0.contains("licence") || $0.contains("license") }),
            Value("acceptable use", rules.texts { $0.contains("use") }),
            Value("number of parameters", release.figure("parameters")),
            Value("provenance of the training data", rules.provenance),
          ]
        ),
        Section(title: "Distribution", values: rules.policy.stages.map { release.value(of: $0) }),
        Section(title: "Contents", values: rules.policy.tiers.map { rules.value(of: $0) }),
      ]
      + (counts.map { counts in
        [Section(title: "In numbers", values: counts.values + [nameless.value])]
      } ?? [])
    self.init(
      report: .release,
      release: release.id,
      at: now,
      sections: sections,
      data: JSONObject(
        sections.map { section in
          .init(name: section.title.lowercased(), value: .object(section.object))
        }
      )
    )
  }
}

extension CountsLine {
  /// The numbers for people.
  fileprivate var values: [ReportPage.Value] {
    [
      .init("open cases", "\(cases(.open)), \(overdue) of them overdue"),
      .init("approved", "\(cases(.approved))"), .init("denied", "\(cases(.denied))"),
      .init("grants", "\(grants), \(ended) of them ended by an act"),
      .init("deliveries", "\(deliveries), \(complete) of them acknowledged to the last byte"),
    ]
  }
}

extension CountedHandOuts {
  /// The number for people.
  fileprivate var value: ReportPage.Value {
    .init("handed out to everyone without a name", "\(served) times, \(bytes) bytes at most")
  }
}

extension ReportPage.Section {
  /// Name → value; `null` where it is missing.
  fileprivate var object: JSONObject {
    JSONObject(
      values.map { .init(name: $0.name, value: $0.value.map { .string($0) } ?? .null) }
    )
  }
}

extension Rules {
  /// The texts that people agree to and whose names say what they are.
  fileprivate func texts(where isMeant: (String) -> Bool) -> String? {
    let found = policy.terms.map(\.id).filter { isMeant($0.rawValue) }
      .map { id in "\(id) (\(terms[id].map(\.hex) ?? ""))" }
    return found.isEmpty ? nil : found.joined(separator: ", ")
  }

  /// What tiers of data say that they were made from.
  fileprivate var provenance: String? {
    let found = policy.tiers.filter { $0.kind == .data }.compactMap { tier -> String? in
      let sources = tier.derivedFrom + [tier.note].compactMap { $0 }
      if let rationale = policy.sealed[tier.id] { return "\(tier.id) (sealed): \(rationale)" }
      return sources.isEmpty ? nil : "\(tier.id): \(sources.joined(separator: ", "))"
    }
    return found.isEmpty ? nil : found.joined(separator: "; ")
  }

  /// What a tier is, whose work, and made from what.
  fileprivate func value(of tier: Tier) -> ReportPage.Value {
    var parts = [tier.kind.rawValue]
    if !tier.credits.isEmpty { parts.append("by \(tier.credits.joined(separator: ", "))") }
    if !tier.derivedFrom.isEmpty {
      parts.append("from \(tier.derivedFrom.joined(separator: ", "))")
    }
    if policy.sealed[tier.id] != nil { parts.append("sealed") }
    return .init(tier.id.rawValue, parts.joined(separator: ", "))
  }
}

extension Release {
  /// A figure that evidence gives, the latest of each tier.
  fileprivate func figure(_ name: String) -> String? {
    let found = evidence.filter { !$0.isReport }.compactMap { evidence -> String? in
      let tiers = adoption?.policy.tiers.map(\.id).filter { standing(of: $0) == evidence.manifest }
      return evidence.metrics[name].map { value in
        "\(value) (\((tiers ?? []).map(\.rawValue).joined(separator: ", ")))"
      }
    }
    return found.isEmpty ? nil : found.joined(separator: ", ")
  }

  /// What a stage offers to whom, since when.
  fileprivate func value(of stage: Stage) -> ReportPage.Value {
    let whom: String =
      switch stage.admits {
      case .everyone: "everyone"
      case .gate(let gate): "whom gate \(gate) admits"
      }
    let since = openings[stage.id].map { "open since \($0.at)" } ?? "not open"
    let tiers = stage.offers.map(\.rawValue).joined(separator: ", ")
    return .init(stage.id.rawValue, "\(tiers) to \(whom), \(since)")
  }
}
