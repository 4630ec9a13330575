package import SluiceEncoding
package import SluiceGovernance
package import SluiceProof

/// A submission whose signatures hold, whoever's they are.
package struct Presented: Sendable {
  /// What shows who says it, verified.
  package enum Proof: Sendable {
    case signature(Signed, second: Signed?)
    case session(Principal.ID, token: String)
  }

  /// The most bytes that a statement may have (signing-and-log 2.1).
  package static let maximumBytes = 64 << 10
  private static let namespaces = Set(StatementType.allCases.map(\.namespace))

  /// What was handed in.
  package let submission: Submission
  /// The statement, if the bytes are one.
  package let statement: Result<Statement, Malformed>
  /// What shows who says it.
  package let proof: Proof

  /// Verifies what needs no ledger, in the order of signing-and-log 2.2.
  ///
  /// - Throws: The refusal of the first step that fails. Bytes that are no statement are refused only
  ///   once it is known whose they are.
  package init(_ submission: Submission) throws(Refusal) {
    self.submission = submission
    guard submission.statement.count <= Self.maximumBytes else {
      throw .unfit("statement: longer than \(Self.maximumBytes) bytes")
    }
    do throws(Malformed) {
      statement = .success(try Statement(canonical: submission.statement))
    } catch {
      statement = .failure(error)
    }
    switch submission.proof {
    case .session(let principal, let token): proof = .session(principal, token: token)
    case .signature(let armor, let second):
      let needed: String? = try? statement.get().type.namespace
      let signed = try Self.verify(armor, over: submission.statement, namespace: needed)
      var other: Signed?
      if let second {
        guard needed == StatementType.keychange.namespace else {
          throw .badSignature("only a change of keys has a second signature")
        }
        other = try Self.verify(second, over: submission.statement, namespace: needed)
      }
      proof = .signature(signed, second: other)
    }
  }

  /// Verifies a signature for the purpose that the type demands; of bytes that are no statement, for
  /// any of ours.
  private static func verify(
    _ armor: [UInt8],
    over message: [UInt8],
    namespace needed: String?
  ) throws(Refusal) -> Signed {
    do throws(SignatureFault) {
      guard let text = String(validating: armor, as: UTF8.self) else {
        throw .malformed(Malformed("signature armor", "is not text"))
      }
      let signature = try SSHSignature(armor: text)
      let known = namespaces.contains(signature.namespace) ? signature.namespace : "request@sluice"
      return try signature.verify(message: message, namespace: needed ?? known)
    } catch {
      switch error {
      case .malformed(let fault): throw .badSignature(fault.description)
      case .unsupported(let name): throw .badSignature("\(name) is not accepted")
      case .wrongNamespace(let found):
        throw .wrongNamespace(found: found, needed: needed ?? "request@sluice")
      case .bad: throw .badSignature("it is not this key's over these bytes")
      case .noTouch: throw .notTouched
      }
    }
  }
}

extension Presented {
  /// The fingerprint of the key that signed it; `nil` of a session.
  package var key: String? {
    if case .signature(let signed, _) = proof { signed.key.fingerprint } else { nil }
  }

  /// The credential as events carry it.
  package var credential: String {
    switch proof {
    case .signature(let signed, _): "key:\(signed.key.fingerprint)"
    case .session(_, let token): "token:\(token)"
    }
  }
}

extension Strength {
  package init(_ strength: Signed.Strength) {
    switch strength {
    case .key: self = .key
    case .touch: self = .touch
    case .pin: self = .pin
    }
  }
}
