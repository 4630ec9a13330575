public import SluiceEncoding
public import SluiceGovernance

/// What `audit verify` looked at and what it found.
public struct AuditReport: Hashable, Sendable {
  /// How many of each kind were recomputed.
  public struct Counts: Hashable, Sendable {
    /// Entries of the log.
    public internal(set) var events = 0
    /// Statements, with their signatures.
    public internal(set) var statements = 0
    /// Decisions, with their explanations.
    public internal(set) var decisions = 0
    /// Grants.
    public internal(set) var grants = 0
    /// Deliveries.
    public internal(set) var deliveries = 0
    /// Signed checkpoints.
    public internal(set) var checkpoints = 0
    /// Policies, rosters and terms.
    public internal(set) var documents = 0
    /// Signed manifests.
    public internal(set) var manifests = 0
    /// Answers that are not erased.
    public internal(set) var answers = 0
    /// Events and answers that were erased, and so cannot be recomputed.
    public internal(set) var erased = 0
    /// Files of manifests.
    public internal(set) var blobs = 0
    /// Bytes of those that were hashed again.
    public internal(set) var bytes = 0
  }

  /// How far an audit has come.
  public enum Progress: Hashable, Sendable {
    /// So many of so many entries.
    case events(Int, of: Int)
    /// So many of so many bytes of files.
    case bytes(Int, of: Int)
  }

  /// When it was made, by the auditor's clock.
  public let at: Instant
  /// The head of the log that the entries make.
  public internal(set) var head: SluiceGovernance.Statement.Head
  /// What was looked at.
  public internal(set) var counts = Counts()
  /// How many files were taken that had been restored from a copy.
  public internal(set) var restored = 0
  /// The faults in the order in which they were found, at most ``mostFaults``.
  public internal(set) var faults: [AuditFault] = []
  /// How many further faults there were.
  public internal(set) var unlisted = 0

  /// How many faults are listed.
  public static let mostFaults = 1_000

  /// Tables and columns to which no entry commits and which follow from nothing else, so that nothing of
  /// a change in them is found: `Docs/Decisions/0021` says of each why, and what a change can do.
  public static let uncovered = [
    "principal.name", "principal.email", "principal.enrolled_at", "key.how", "release.reserved_at",
    "token", "registrant", "confirmation", "legacy.sealed", "case_file.next_due",
    "ongoing.transfers",
    "ongoing.touched_at", "ongoing.outcome", "ongoing.evidence", "progress", "tally",
    "delivery and coverage of the erased",
  ]

  mutating func add(_ place: AuditFault.Place, _ what: String, breaks: Invariant) {
    let fault = AuditFault(place, what, breaks: breaks)
    guard !faults.contains(fault) else { return }
    if faults.count < Self.mostFaults { faults.append(fault) } else { unlisted += 1 }
  }

  /// The report for people: a line a fault, then what was looked at.
  public var text: String {
    let counted = counted.map { "\($0.value) \($0.name)" }.joined(separator: ", ")
    let verdict =
      faults.isEmpty
      ? "no fault" : "\(faults.count + unlisted) \(faults.count == 1 ? "fault" : "faults")"
    return
      (faults.map(\.description) + (restored > 0 ? [taken] : []) + [
        "log of \(head.size) entries, root \(Base64.encode(head.root.bytes))",
        "not covered by the log: \(Self.uncovered.joined(separator: ", "))",
        "recomputed \(counted): \(verdict)",
      ]).joined(separator: "\n")
  }

  /// The same as JSON.
  public var json: JSONValue {
    .object([
      "at": .string(at.description),
      "checked": .object(
        JSONObject(counted.map { .init(name: $0.name, value: .integer($0.value)) })
      ),
      "faults": .array(
        faults.map {
          .object(["place": .string($0.place.description), "what": .string($0.what)])
        }
      ),
      "log": .object([
        "root": .string(Base64.encode(head.root.bytes)), "size": .integer(head.size),
      ]),
      "restored": .integer(restored),
      "uncovered": .array(Self.uncovered.map { .string($0) }), "unlisted": .integer(unlisted),
    ])
  }

  private var taken: String {
    "\(restored) restored \(restored == 1 ? "file" : "files") taken, content right"
  }

  private var counted: [(name: String, value: Int)] {
    [
      ("events", counts.events), ("statements", counts.statements),
      ("decisions", counts.decisions), ("grants", counts.grants),
      ("deliveries", counts.deliveries), ("checkpoints", counts.checkpoints),
      ("documents", counts.documents), ("manifests", counts.manifests),
      ("answers", counts.answers), ("erased", counts.erased), ("blobs", counts.blobs),
      ("bytes", counts.bytes),
    ]
  }
}
