internal import SluiceEncoding
internal import SluiceGovernance

/// What a doctor keeps of a release while reading its entries, in their order.
struct Chart {
  private(set) var findings: [Finding] = []
  /// When holds were lifted: hold → log time of the decision.
  private(set) var lifts: [Hold.ID: Instant] = [:]
  /// The holds that were placed: by a statement, or because something was not given.
  private(set) var placed: Set<Hold.ID> = []

  private let release: Release
  private var filings: [Case.ID: Statement.Filing] = [:]
  private var decided: Set<Case.Revision.ID> = []
  private var returned: Set<Case.ID> = []
  private var pinned: [Tier.ID: SHA256Digest] = [:]

  /// Begins to read.
  init(of release: Release) { self.release = release }

  /// Reads an entry; `body` is its event.
  mutating func read(_ entry: Entry, _ body: JSONObject) {
    switch entry.fact {
    case .accepted(let said): read(said.statement, at: entry.index)
    case .decided(let decision):
      if let revision = body["revision"]?.stringValue { decided.insert(Case.Revision.ID(revision)) }
      if decision.outcome == .approved { approve(decision.case, entry) }
    case .issued(let grant): compare(grant.terms.tiers, at: entry.index)
    case .unpaid(let grant, let place, let event):
      let owed = release.grants[grant].map { release.obligations(of: $0) } ?? []
      if owed.indices.contains(place), owed[place].then == .hold {
        placed.insert(Hold.ID(event.hex))
      }
    case .supposed, .overdue, .lapsed, .clock: break
    }
  }

  private mutating func read(_ statement: Statement, at index: Int) {
    let subject = statement.subject.digest
    switch statement.body {
    case .file(let filing): filings[Case.ID(statement.id.rawValue)] = filing
    case .revise(let words):
      let id = Case.ID(subject.hex)
      if let manifests = words.manifests, case .open(let stage, _) = filings[id] {
        filings[id] = .open(stage, manifests: manifests)
      }
      returned.remove(id)
    case .return(let id, _, _): returned.insert(id)
    case .approve(let verdict), .deny(let verdict, _): compare(verdict, at: index)
    case .bind(let manifest):
      if let first = pinned[statement.boundTier], first != manifest {
        find(.manifests, index, "tier \(statement.boundTier) had been opened as \(first)")
      }
    case .hold: placed.insert(Hold.ID(statement.id.rawValue))
    default: break
    }
  }

  private mutating func compare(_ verdict: Statement.Verdict, at index: Int) {
    if decided.contains(verdict.revision) {
      find(.verdicts, index, "judges revision \(verdict.revision), which was decided")
    }
    if returned.contains(verdict.case) {
      find(.verdicts, index, "judges case \(verdict.case), which was returned")
    }
  }

  private mutating func approve(_ id: Case.ID, _ entry: Entry) {
    switch filings[id] {
    case .open(_, let manifests):
      compare(manifests, at: entry.index)
      pinned.merge(manifests) { first, _ in first }
    case .lift(let hold, _): lifts[hold] = entry.at
    default: break
    }
  }

  private mutating func compare(_ manifests: [Tier.ID: SHA256Digest], at index: Int) {
    for (tier, manifest) in manifests {
      guard let first = pinned[tier], first != manifest else { continue }
      find(.manifests, index, "tier \(tier) had been opened as \(first)")
    }
  }

  private mutating func find(_ invariant: Invariant, _ index: Int, _ what: String) {
    findings.append(Finding(invariant, .event(index), what))
  }
}
