internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

extension ReportPage {
  /// How long people wait for an answer.
  init(_ level: ServiceLevel, of release: Release.ID, at now: Instant) {
    let waiting = Section(
      title: "Undecided now",
      values: [
        Value("waiting", String(level.waiting)), Value("overdue", String(level.late)),
        Value("the oldest filed at", level.waiting == 0 ? "none" : level.oldest?.description),
      ]
    )
    self.init(
      report: .serviceLevel,
      release: release,
      at: now,
      sections: [waiting, Section(title: "Requests for access", values: level.all.values)]
        + level.tiers.map { line in
          Section(title: "Requests for tier \(line.tier)", values: line.statistics.values)
        },
      data: level.json.objectValue ?? [:]
    )
  }

  /// Who may receive what before everybody may, by description.
  init(_ access: EarlyAccess, of release: Release.ID, at now: Instant) {
    let openings = access.openings.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { Value($0.key.rawValue, $0.value.description) }
    self.init(
      report: .earlyAccess,
      release: release,
      at: now,
      sections: (access.groups.map(\.section)
        + [Section(title: "Open to everyone since", values: openings)])
        .filter { !$0.values.isEmpty },
      data: access.json.objectValue ?? [:]
    )
  }
}

extension EarlyAccess.Readers {
  fileprivate var section: ReportPage.Section {
    let fields = shares.sorted { $0.key < $1.key }.map { field, values in
      let parts = values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      return ReportPage.Value(field, parts.isEmpty ? nil : parts.joined(separator: ", "))
    }
    return ReportPage.Section(
      title: "Group \(group)",
      values: [
        .init("may receive", tiers.map(\.rawValue).joined(separator: ", ")),
        .init("members", String(current)), .init("former members", String(past)),
        .init("not described", String(undescribed)),
        .init("since", current + past == 0 ? "nobody was invited" : since?.description),
      ] + fields
    )
  }
}

extension Statistics {
  /// The numbers for people; what no case has decided yet is missing.
  var values: [ReportPage.Value] {
    let numbers = json.objectValue ?? [:]
    return [
      .init("filed", String(requests)), .init("approved", String(approved)),
      .init("denied", String(denied)), .init("not decided in time", String(overdue)),
      .init("hours to a decision, median", numbers["median_hours"]?.stringValue),
      .init("hours to a decision, nine in ten", numbers["p90_hours"]?.stringValue),
    ]
  }
}
