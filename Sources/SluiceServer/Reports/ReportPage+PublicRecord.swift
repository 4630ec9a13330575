internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

extension ReportPage {
  /// The public record: in sections for people, as it is published for programs.
  init(_ record: PublicRecord, at now: Instant) {
    var sections = [
      Section(
        title: "The release",
        values: [
          Value("public since", record.since.description),
          Value("log", "\(record.log.size) entries, root \(record.log.root.hex)"),
          Value("events that can be checked", String(record.openings.count)),
        ]
      ),
      Section(title: "Versions", values: record.versions.map(\.value)),
    ]
    let sealed = record.versions.last?.policy.sealed ?? [:]
    sections += [
      Section(
        title: "Sealed tiers",
        values: sealed.sorted { $0.key.rawValue < $1.key.rawValue }
          .map { Value($0.key.rawValue, $0.value) }
      ),
      Section(title: "Stages", values: record.stages.map(\.value)),
      Section(title: "Cases", values: record.cases.flatMap(\.values)),
      Section(title: "Evidence", values: record.evidence.map(\.value)),
      Section(title: "Holds", values: record.holds.map(\.value)),
      Section(
        title: "Groups",
        values: record.groups.map { Value($0.id.rawValue, "\($0.members.count) members") }
      ),
      Section(title: "Requests for access", values: record.statistics.values),
    ]
    self.init(
      report: .publicRecord,
      release: record.release,
      at: now,
      sections: sections.filter { !$0.values.isEmpty },
      data: record.json.objectValue ?? [:]
    )
  }
}

extension PublicRecord.Version {
  fileprivate var value: ReportPage.Value {
    let people = people.map { "\($0.name) (\($0.roles.map(\.rawValue).joined(separator: ", ")))" }
    return .init(
      "\(policy.version): \(policy.title)",
      "adopted at \(at) by case \(`case`), roster \(rosterVersion): "
        + people.joined(separator: ", ")
    )
  }
}

extension PublicRecord.Stage {
  fileprivate var value: ReportPage.Value {
    let names = tiers.keys.map(\.rawValue).sorted().joined(separator: ", ")
    let whom = isForEveryone ? "everyone" : "whom its gate admits"
    return .init(id.rawValue, "opened at \(at) for \(whom): \(names)")
  }
}

extension PublicRecord.Line {
  fileprivate var values: [ReportPage.Value] {
    let what = [kind.rawValue, stage?.rawValue].compactMap { $0 }.joined(separator: " ")
    let whom = holder.map { " for \($0)" } ?? ""
    let tally = "\(approvals) approvals counted, \(dissent.count) dissents"
    let line = ReportPage.Value(
      "case \(number): \(what)\(whom)",
      "\(state.rawValue), filed by \(filedBy) at \(filedAt); \(tally)"
    )
    return [line]
      + verdicts.map { verdict in
        let said = verdict.denial.map { "denied (\($0.rawValue))" } ?? "approved"
        let words = verdict.reason.isEmpty ? said : "\(said): \(verdict.reason)"
        return .init("  \(verdict.by)", words)
      }
  }
}

extension PublicRecord.Measurement {
  fileprivate var value: ReportPage.Value {
    let figures = metrics.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let about = tiers.map(\.rawValue).joined(separator: ", ")
    let checked = confirmedBy.isEmpty ? "" : ", checked by \(confirmedBy.joined(separator: ", "))"
    let who = by.map { " by \($0)" } ?? ""
    return .init(
      about.isEmpty ? kind : "\(kind) of \(about)",
      "\(figures.joined(separator: ", "))\(who) at \(at)\(checked)"
    )
  }
}

extension PublicRecord.Closing {
  fileprivate var value: ReportPage.Value {
    let end = liftedAt.map { ", lifted at \($0)" } ?? until.map { ", until \($0)" } ?? ""
    return .init(subject, "(\(code.rawValue)) from \(at)\(end): \(text)")
  }
}
