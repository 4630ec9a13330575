/// What a part of a document must look like: the grammar of governance-domain 14 as data.
///
/// `PolicyGrammar` and `RosterGrammar` are written in it; `ShapeReader` reads by it.
indirect enum Shape: Sendable {
  /// One value.
  case scalar(Scalar)
  /// A name that stands in another part of the document, or the one word that needs not.
  case reference(Scalar, to: String, or: String? = nil)
  /// Items in order, at least that many and at most 1,000; `isSet` refuses an item that is there
  /// twice.
  case list(Shape, atLeast: Int = 1, isSet: Bool = false)
  /// Names chosen by the author, each with a value of the same shape.
  case map(Scalar, Shape, atLeast: Int = 1, atMost: Int = 1_000)
  /// Names chosen by the grammar; if `oneOf` names some, exactly one of those.
  case record([Key], oneOf: [String] = [])
  /// A value, or a map in its stead.
  case either(Scalar, or: Shape)
  /// One item, or a list of them in its stead.
  case oneOrMore(Shape)
  /// A requirement; by name, because requirements contain requirements.
  case requirement

  /// A key of a record.
  struct Key: Sendable {
    /// Whether this version honours what the key says.
    enum Support: Hashable, Sendable {
      case yes, no
      /// Only with this value.
      case only(DocumentValue)
    }

    let name: String
    let shape: Shape
    let isRequired: Bool
    let support: Support
    /// Words that people write instead.
    let aka: [String]

    /// A key that must be there.
    static func key(_ name: String, _ shape: Shape, aka: [String] = []) -> Key {
      Key(name: name, shape: shape, isRequired: true, support: .yes, aka: aka)
    }

    /// A key that may be there.
    static func optional(
      _ name: String,
      _ shape: Shape,
      _ support: Support = .yes,
      aka: [String] = []
    ) -> Key {
      Key(name: name, shape: shape, isRequired: false, support: support, aka: aka)
    }
  }

  /// A kind of value, and how its text becomes one.
  struct Scalar: Sendable {
    /// Gives the value, or the code and the message of what is wrong.
    let read: @Sendable (String) -> Result<DocumentValue, Fault>

    /// What is wrong with a value.
    struct Fault: Error, Hashable, Sendable {
      let code: String
      let message: String
    }
  }
}
