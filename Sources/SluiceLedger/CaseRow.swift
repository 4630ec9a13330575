internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// One case, as lists show it: what the fold says, read off a row.
public struct CaseRow: Hashable, Sendable {
  /// The digest of the `file` statement.
  public let id: Case.ID
  /// The running number in the deployment.
  public let number: Int
  /// The release.
  public let release: Release.ID
  /// What kind of thing is asked.
  public let kind: Case.Kind
  /// Where it stands.
  public let state: Case.State
  /// The stage that is to open or to be entered.
  public let stage: Stage.ID?
  /// The tiers in question, sorted.
  public let tiers: [Tier.ID]
  /// Who filed it.
  public let requester: Principal.ID
  /// The person who would obtain something; `nil` where nobody or a group would.
  public let beneficiary: Principal.ID?
  /// Who would obtain something.
  public let party: SluiceGovernance.Statement.Beneficiary?
  /// Whether it is about the release and not about a person.
  public let isOnRecord: Bool
  /// Why, in the requester's words.
  public let purpose: String
  /// The current wording.
  public let revision: Case.Revision.ID
  /// The policy that decides it.
  public let policy: SHA256Digest
  /// The gate that decides it.
  public let gate: Gate.ID
  /// Log time of the filing.
  public let filedAt: Instant
  /// By when the current wording should be decided.
  public let dueAt: Instant?
  /// Whether that time ran out.
  public let isOverdue: Bool
  /// When it is given up, if it is open then.
  public let lapseAt: Instant?
  /// When it ended.
  public let endedAt: Instant?
}

extension CaseRow {
  init(row: Row) throws {
    let kind: String = row["kind"]
    let state: String = row["state"]
    let tiers: String = row["tiers"]
    let list = try JSONValue(parsing: Array(tiers.utf8), .document, format: "case_file").arrayValue
    guard let kind = Case.Kind(rawValue: kind), let state = Case.State(rawValue: state),
      let list
    else { throw Refusal.logCorrupt("case_file: \(kind), \(state), \(tiers)") }
    let stage: String? = row["stage"]
    let (beneficiary, party): (String?, String?) = (row["beneficiary"], row["party"])
    id = Case.ID(row["id"])
    number = row["number"]
    release = Release.ID(row["release"])
    self.kind = kind
    self.state = state
    self.stage = stage.map { Stage.ID($0) }
    self.tiers = list.compactMap(\.stringValue).map { Tier.ID($0) }
    requester = Principal.ID(row["requester"])
    self.beneficiary = beneficiary.map { Principal.ID($0) }
    self.party = try party.map { text throws(Malformed) in try Statement.Beneficiary(parsing: text)
    }
    isOnRecord = row["is_on_record"]
    purpose = row["purpose"]
    revision = Case.Revision.ID(row["revision"])
    policy = try SHA256Digest(hex: row["policy"])
    gate = Gate.ID(row["gate"])
    filedAt = Instant(seconds: row["filed_at"])
    dueAt = Self.instant(row["due_at"])
    isOverdue = row["is_overdue"]
    lapseAt = Self.instant(row["lapse_at"])
    endedAt = Self.instant(row["ended_at"])
  }

  private static func instant(_ seconds: Int?) -> Instant? { seconds.map { Instant(seconds: $0) } }
}

extension CaseRow {
  /// Selects rows, to be followed by conditions.
  ///
  /// Whether a case is on record follows from its kind; of an appeal and of a lift from their events,
  /// which are those of no case then.
  static let selection = """
    SELECT case_file.*,
      CASE WHEN kind IN ('amend', 'open', 'emergency', 'review') THEN 1
        WHEN kind IN ('access', 'renew') THEN 0
        ELSE NOT EXISTS (
          SELECT 1 FROM event WHERE event.folds = 1 AND event.release = case_file.release
            AND event.case_id = case_file.id)
        END AS is_on_record
    FROM case_file
    """

  /// What is known of it without folding it.
  public var outline: Case.Outline {
    Case.Outline(
      requester: requester,
      party: party,
      policy: policy,
      gate: gate,
      isOnRecord: isOnRecord
    )
  }
}
