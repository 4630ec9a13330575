public import SluiceEncoding

/// What everybody may know of a release since its first stage opened to everyone (governance-domain 11).
///
/// It is made from the folded release and from numbers; nothing about a person who asked for something
/// goes into it, so nothing has to be taken out again. Persons appear as the roster shows them, others
/// under their pseudonym. The page is `Docs/Formats/public-record.md`.
public struct PublicRecord: Sendable {
  /// An event about the release: with its salt if its entry is sealed, so that everybody can check it.
  public struct Opening: Hashable, Sendable {
    /// The index of the entry.
    public let index: Int
    /// The exact bytes of the event.
    public let event: [UInt8]
    /// The salt that opens a sealed entry; `nil` of a public one.
    public let salt: [UInt8]?

    /// Composes an opening; the ledger does so from its rows.
    public init(index: Int, event: [UInt8], salt: [UInt8]?) {
      self.index = index
      self.event = event
      self.salt = salt
    }
  }

  /// What the fold does not hold.
  public struct Sources: Sendable {
    /// The head of the log.
    public let log: Statement.Head
    /// Under which pseudonym the log knows somebody.
    public let pseudonyms: [Principal.ID: String]
    /// The texts that people agree to, by their digests.
    public let texts: [SHA256Digest: String]
    /// What each member of a group is described by: field → text.
    public let members: [Group.ID: [[String: String]]]
    /// How the requests for access went.
    public let statistics: Statistics
    /// The events about the release, in log order.
    public let openings: [Opening]

    /// Collects what the ledger knows besides the fold.
    public init(
      log: Statement.Head,
      pseudonyms: [Principal.ID: String] = [:],
      texts: [SHA256Digest: String] = [:],
      members: [Group.ID: [[String: String]]] = [:],
      statistics: Statistics = Statistics(),
      openings: [Opening] = []
    ) {
      self.log = log
      self.pseudonyms = pseudonyms
      self.texts = texts
      self.members = members
      self.statistics = statistics
      self.openings = openings
    }
  }

  /// The release.
  public let release: Release.ID
  /// Since when everybody may know of it.
  public let since: Instant
  /// The head of the log of which this is the record.
  public let log: Statement.Head
  /// The versions of policy and roster that were adopted, in order.
  public let versions: [Version]
  /// The stages that have opened, in order.
  public let stages: [Stage]
  /// The cases about the release, by number.
  public let cases: [Line]
  /// What was measured, in log order.
  public let evidence: [Measurement]
  /// The holds on tiers and stages, ended ones included, in log order.
  public let holds: [Closing]
  /// The groups with what their members are described by.
  public let groups: [Described]
  /// How the requests for access went.
  public let statistics: Statistics
  /// The events about the release, in log order.
  public let openings: [Opening]

  /// Makes the record of a release; `nil` before it begins.
  ///
  /// - Parameters:
  ///   - folded: At least all that concerns the release as such.
  ///   - sources: What the fold does not hold.
  public init?(of folded: Release, from sources: Sources) {
    guard let since = folded.publicSince else { return nil }
    let names = Names(in: folded, pseudonyms: sources.pseudonyms)
    release = folded.id
    self.since = since
    log = sources.log
    versions = folded.adoptions.map { Version($0, texts: sources.texts, in: folded) }
    stages = folded.openings.map { Stage($0, $1, in: folded) }.sorted { $0.order < $1.order }
    cases = folded.cases.values.filter { folded.isOnRecord($0.filing) }
      .map { Line($0, names: names) }.sorted { $0.number < $1.number }
    evidence = folded.evidence.compactMap { Measurement($0, names: names, in: folded) }
    holds = folded.holds.filter { hold in
      switch hold.subject {
      case .tier, .stage: true
      case .principal, .key, .grant, .case: false
      }
    }.map(Closing.init)
    groups = (folded.adoption?.policy.groups ?? []).map { group in
      Described(group, members: sources.members[group.id] ?? [])
    }
    statistics = sources.statistics
    openings = sources.openings
  }
}

extension PublicRecord {
  /// What somebody is called in the record.
  struct Names {
    private let rosters: [Roster]
    private let pseudonyms: [Principal.ID: String]

    init(in release: Release, pseudonyms: [Principal.ID: String]) {
      rosters = release.adoptions.reversed().map(\.roster)
      self.pseudonyms = pseudonyms
    }

    /// What the latest roster that has somebody shows; of anybody else, and of whoever obtains something,
    /// the pseudonym.
    func name(of principal: Principal.ID) -> String {
      for roster in rosters {
        if let member = roster.principal(principal) { return member.shown ?? principal.name }
        if !roster.roles(of: principal).isEmpty { return principal.name }
      }
      return pseudonym(of: principal)
    }

    func pseudonym(of principal: Principal.ID) -> String { pseudonyms[principal] ?? "somebody" }
  }
}
