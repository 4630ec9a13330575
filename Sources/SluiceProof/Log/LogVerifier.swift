public import SluiceEncoding

/// The public key of a log: what a reader must know beforehand.
public struct LogVerifier: Hashable, Sendable {
  let key: NoteKey

  init(_ key: NoteKey) { self.key = key }

  /// Reads a vkey, `NAME+ID+BASE64`, of type Ed25519.
  ///
  /// - Throws: `Malformed` for other types, a wrong ID and small-order keys.
  public init(vkey: String) throws(Malformed) {
    key = try NoteKey(vkey, kind: .note)
  }

  /// The origin of the log, which is the name of its key.
  public var origin: String { key.name }

  /// The public form, `NAME+ID+BASE64`.
  public var vkey: String { key.text }

  /// The checkpoint that this key signed.
  ///
  /// Lines of other keys are not looked at. Every line of this key must hold.
  public func verify(_ note: SignedNote) throws(NoteFault) -> Checkpoint {
    let own = key.signatures(on: note)
    guard !own.isEmpty else { throw .unsigned(name: origin) }
    let text = Array(note.text.utf8)
    guard own.allSatisfy({ key.isValid($0.bytes, for: text) }) else { throw .bad(name: origin) }

    let checkpoint: Checkpoint
    do { checkpoint = try Checkpoint(text: note.text) } catch { throw .malformed(error) }
    guard checkpoint.origin.utf8.elementsEqual(origin.utf8) else {
      throw .malformed(Malformed("checkpoint", "is of another log than its key"))
    }
    return checkpoint
  }
}
