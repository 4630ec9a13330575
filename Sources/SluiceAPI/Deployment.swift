public import SluiceEncoding
public import SluiceGovernance

/// A deployment that somebody speaks with, here or behind HTTP.
///
/// The ledger on this machine and the client are its two implementations; a command knows neither.
/// Every function answers as whom the deployment was opened for, and throws a `Refusal` (here), a
/// ``RemoteRefusal`` (over HTTP), `Malformed`, or whatever the environment threw.
public protocol Deployment: Sendable {
  /// What the deployment says of itself, and as whom it takes the asker.
  func standing() async throws -> Standing

  /// The releases that the reader may know of, by name.
  func releases() async throws -> [ReleaseLine]

  /// A release as it stands.
  func release(_ id: Release.ID) async throws -> ReleasePage

  /// A stage with what its gates ask for and how far its opening has come.
  func stage(_ stage: Stage.ID, of release: Release.ID) async throws -> StagePage

  /// A text that a release names by digest: its policy, roster, terms or an attachment of its
  /// evidence, byte for byte as written.
  ///
  /// Of a policy and a roster the digest is that of the canonical form.
  func document(_ sha256: SHA256Digest, of release: Release.ID) async throws -> [UInt8]

  /// A report about a release, as of now or of an instant that has passed.
  func report(
    _ kind: ReportPage.Kind,
    of release: Release.ID,
    at: Instant?
  ) async throws -> ReportPage

  /// The past cases of a release that another policy would have judged otherwise, by number.
  func replay(_ question: ReplayQuestion, of release: Release.ID) async throws -> [ReplayLine]

  /// Computes evidence about a tier; unless it is only looked at, the deployment's clerk records it.
  func compute(_ question: ComputeQuestion, of release: Release.ID) async throws -> ComputedPage

  /// Has statements taken in, all or none, with the documents that they name and it may lack.
  func submit(
    _ envelopes: [Envelope],
    documents: [SHA256Digest: [UInt8]]
  ) async throws -> Submitted

  /// The exact statements that an act needs, for whoever will sign them; nothing is written.
  func drafts(_ instruction: Instruction) async throws -> Drafted

  /// A part of the cases that the reader may see: those first that the reader may decide or filed.
  func cases(_ filter: CaseFilter, _ slice: Slice) async throws -> Listing<CaseLine>

  /// A case; `reference` is its number, its id or a beginning of it of six or more digits.
  func `case`(_ reference: String) async throws -> CasePage

  /// Why a case stands where it stands, or stood at an instant, or would stand.
  func explanation(
    of reference: String,
    _ question: ExplanationQuestion
  ) async throws -> ExplanationPage

  /// The decisions of a case, each decided again from the entries of the log before it.
  func decisions(of reference: String) async throws -> DecisionsPage

  /// Whether somebody, or the reader, may obtain a tier at an instant, and why.
  func access(_ question: AccessQuestion) async throws -> AccessPage

  /// The grants that the reader may see, in order of issue.
  func grants(_ filter: GrantFilter) async throws -> [GrantLine]

  /// The holds that the reader may see, in log order.
  func holds(_ filter: HoldFilter) async throws -> [HoldLine]

  /// The places in groups that the reader may see, in order of invitation.
  func members(_ filter: MemberFilter) async throws -> [MemberLine]

  /// What was measured, in log order.
  func evidence(_ filter: EvidenceFilter) async throws -> [EvidenceLine]

  /// What others vouched for, in log order.
  func credentials(_ filter: CredentialFilter) async throws -> [CredentialLine]

  /// A part of those who may obtain something of a release at an instant, by grant in order of issue.
  func who(_ question: WhoQuestion, _ slice: Slice) async throws -> Listing<WhoLine>

  /// A part of who received which weights, earliest first, with how much there is in all.
  func possessions(
    _ question: PossessionQuestion,
    _ slice: Slice
  ) async throws -> PossessionsPage

  /// An entry of the log with a proof that it is in it; a sealed one stays sealed.
  func proof(of index: Int) async throws -> ProofPage

  /// The same with a sealed entry opened: its event, and its salt in the proof.
  func disclosure(of index: Int) async throws -> ProofPage

  /// A statement as it was handed in, with its signature.
  func statement(_ reference: StatementReference) async throws -> StatementPage

  /// What left under a grant, and what else its holder has.
  func exposure(of grant: Grant.ID, at: Instant?) async throws -> ExposurePage

  /// All that the log says about a principal.
  func person(_ principal: Principal.ID, at: Instant?) async throws -> PersonPage
}
