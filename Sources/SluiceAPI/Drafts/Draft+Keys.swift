public import SluiceGovernance

extension Draft {
  /// Adds a key to the signer's own, or ends one of them; it is about no release.
  ///
  /// - Parameters:
  ///   - action: What happens to the key.
  ///   - line: The public key line, without comment.
  ///   - previous: The signer's last change of keys, if there was one.
  /// - Returns: The statement; an added key signs it too.
  /// - Throws: `unfit` for what the format does not allow.
  public func change(
    _ action: Statement.KeyChange.Action,
    key line: String,
    after previous: Statement.ID?
  ) throws(Refusal) -> Statement {
    try Draft(by: by, at: at, nonce: nonce, release: "", standing: standing).statement(
      about: .init(name: by.rawValue, in: ""),
      saying: .keychange(.init(action: action, key: line, previous: previous))
    )
  }
}
