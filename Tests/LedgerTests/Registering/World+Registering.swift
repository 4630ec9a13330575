import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

extension World {
  /// Has somebody make themselves known, and answers it with the secret of their link.
  @discardableResult
  func register(
    _ name: String,
    hasKey: Bool = false
  ) async throws -> (registered: Registered, secret: String) {
    let applicant = try Applicant(
      name: name,
      email: "\(name)@b.example",
      key: hasKey ? World.key(name).publicKey.line : nil
    )
    let registered = try await ledger.register(
      applicant,
      confirmedAt: { "https://a.example/\($0)" },
      at: now
    )
    let secret = registered.mail.text.firstMatch(of: /https:\/\/a\.example\/([A-Za-z0-9]+)\r\n/)
    guard let secret else { throw Surprise.noSubject }
    return (registered, String(secret.1))
  }

  /// What a token of somebody says.
  func session(_ statement: Statement, with token: String) async throws -> Submission {
    let id = try await ledger.token(token)?.id ?? "none"
    return Submission(
      statement: statement.canonical,
      proof: .session(statement.by, token: id)
    )
  }

  /// The request of somebody, filed with their token.
  @discardableResult
  mutating func ask(_ name: String, with token: String) async throws -> Receipt {
    let person = Principal.ID("person:\(name)")
    let statement = try await statement(.file(request(for: person)), by: person)
    return try await perform([session(statement, with: token)])
  }
}
