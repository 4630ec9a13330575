public import SluiceEncoding

/// A policy or roster that keeps to the grammar, whether or not this version honours all of it.
///
/// This is what has a digest: SHA-256 over the canonical JSON of the document as written, with
/// integers and booleans typed by the grammar and everything else text. Comments and layout do not
/// matter. Source: governance-domain 14.
public struct PolicyDocument: Sendable {
  /// What a document is.
  public enum Kind: Sendable { case policy, roster }

  /// The canonical form (RFC 8785).
  public let canonical: [UInt8]
  /// SHA-256 of ``canonical``.
  public let digest: SHA256Digest

  /// Reads a document by the grammar, whether or not this version honours what it says.
  ///
  /// - Parameters:
  ///   - kind: Which grammar.
  ///   - text: The file.
  ///   - source: What faults call the file.
  /// - Throws: All of P001 to P005, P011, P020 and P021.
  public init(_ kind: Kind, text: String, source: String) throws(PolicyFaults) {
    let reading = try Reading(kind, text: text, source: source)
    guard reading.faults.isEmpty else { throw PolicyFaults(faults: reading.faults) }
    canonical = reading.root.json.canonical
    digest = SHA256Digest(of: canonical)
  }

  /// What became of reading a file: its value so far as it goes, and what is wrong with it.
  struct Reading {
    let root: DocumentValue
    let places: Places
    /// What the grammar does not allow, and names that refer to nothing.
    let faults: [PolicyFault]
    /// What the grammar allows and this version does not honour (P002).
    let unsupported: [PolicyFault]

    private static let one = [
      "roles": "role", "tiers": "tier", "gates": "gate", "stages": "stage", "forms": "form",
      "groups": "group", "principals": "principal",
    ]

    init(_ kind: Kind, text: String, source: String) throws(PolicyFaults) {
      let marked = try MarkedText(text, source: source)
      var reader = ShapeReader()
      let shape = kind == .policy ? PolicyGrammar.policy : RosterGrammar.roster
      let root = reader.read(marked, as: shape, at: "") ?? .map([])
      self.root = root
      let places = Places(source: source, marks: reader.marks)
      self.places = places
      let parts = Set(reader.references.map(\.part)).map { ($0, root.names(in: $0)) }
      let names = Dictionary(uniqueKeysWithValues: parts)
      let lost = reader.references.filter { names[$0.part]?.contains($0.name) == false }
      faults =
        reader.faults.map { places.fault($0.code, $0.path, $0.message) }
        + lost.map {
          places.fault("P005", $0.path, "no such \(Self.one[$0.part] ?? $0.part): \($0.name)")
        }
      unsupported = reader.unsupported.map {
        places.fault("P002", $0.path, "\($0.what) is not supported by this version of Sluice")
      }
    }
  }
}

extension [PolicyFault] {
  /// In the order of the file.
  var sorted: [PolicyFault] {
    self.sorted {
      ($0.line, $0.column, $0.code, $0.path) < ($1.line, $1.column, $1.code, $1.path)
    }
  }
}

extension DocumentValue {
  /// The names that a part of the document defines; of a part that must be there and is not, any,
  /// because that is said once and not again for each name.
  fileprivate func names(in part: String) -> Names {
    guard let part = self[part] else {
      return ["terms", "forms", "groups"].contains(part) ? .these([]) : .any
    }
    return .these(Set(part.items.compactMap(\.text) + part.members.map(\.name)))
  }
}

private enum Names {
  case any
  case these(Set<String>)

  func contains(_ name: String) -> Bool {
    switch self {
    case .any: true
    case .these(let names): names.contains(name)
    }
  }
}
