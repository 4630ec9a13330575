public import SluiceEncoding

/// Why a case stands, or stood at an instant, where it does (`explain case`).
public struct ExplanationPage: Body {
  /// The structure of governance-domain 12.
  public let explanation: JSONValue
  /// The same for people, one line a part.
  public let text: String

  /// Composes a page.
  public init(explanation: JSONValue, text: String) {
    self.explanation = explanation
    self.text = text
  }

  /// `{"explanation","text"}`.
  public var json: JSONValue { .object(["explanation": explanation, "text": .string(text)]) }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "explanation")
    self.init(explanation: try fields.value("explanation"), text: try fields.string("text"))
    try fields.finish()
  }
}
