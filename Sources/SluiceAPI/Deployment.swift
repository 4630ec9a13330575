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

  /// A release as it stands.
  func release(_ id: Release.ID) async throws -> ReleasePage

  /// A text that a release names by digest: its policy, roster or terms, byte for byte as written.
  ///
  /// Of a policy and a roster the digest is that of the canonical form.
  func document(_ sha256: SHA256Digest, of release: Release.ID) async throws -> [UInt8]

  /// Has statements taken in, all or none, with the documents that they name and it may lack.
  func submit(
    _ envelopes: [Envelope],
    documents: [SHA256Digest: [UInt8]]
  ) async throws -> Submitted

  /// The cases that the reader may see, those that wait for the reader first.
  func cases(_ filter: CaseFilter) async throws -> [CaseLine]

  /// A case; `reference` is its number, its id or a beginning of it of six or more digits.
  func `case`(_ reference: String) async throws -> CasePage

  /// Whether `principal`, or the reader, may obtain a tier at an instant, and why.
  func access(
    of principal: Principal.ID?,
    to release: Release.ID,
    tier: Tier.ID,
    at: Instant?
  ) async throws -> AccessPage

  /// Why a case stands where it stands; with an instant, where it stood then.
  func explanation(of reference: String, at: Instant?) async throws -> ExplanationPage

  /// The grants that the reader may see, in order of issue.
  func grants(_ filter: GrantFilter) async throws -> [GrantLine]

  /// Who received which weights, earliest first.
  func possessions(_ question: PossessionQuestion) async throws -> [Possession]
}
