public import SluiceEncoding

/// Questions to whoever asks for access.
public struct Form: Hashable, Sendable {
  /// The form's name.
  public typealias ID = Identifier<Form>

  /// What an answer may be.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case text, choice, tick, country, date, email
  }

  /// One question.
  public struct Field: Hashable, Sendable {
    /// The name of the answer.
    public let id: String
    /// What the answer may be.
    public let type: Kind
    /// The question in words; without it the name is the question.
    public let ask: String?
    /// The longest text, in Unicode scalars.
    public let max: Int?
    /// What a `choice` chooses from.
    public let options: [String]
    /// Whether the answer may be left out.
    public let isOptional: Bool
    /// Whether only those who can decide the case see the answer.
    public let isPrivate: Bool
    /// The only countries that are let in; empty lets all in that `deny` does not keep out.
    public let allow: [String]
    /// The countries that are kept out.
    public let deny: [String]
  }

  /// Its name.
  public let id: ID
  /// The questions, in file order.
  public let fields: [Field]
  /// SHA-256 of the canonical JSON array of the fields, as in the policy's canonical form.
  public let digest: SHA256Digest
}
