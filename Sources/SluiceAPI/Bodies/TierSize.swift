public import SluiceEncoding

/// How much a tier is, as its manifest lists it.
public struct TierSize: Body {
  /// How many files.
  public let files: Int
  /// How many bytes they have together.
  public let bytes: Int

  /// Composes a size.
  public init(files: Int, bytes: Int) {
    self.files = files
    self.bytes = bytes
  }

  /// `{"bytes","files"}`.
  public var json: JSONValue {
    .object(["bytes": .integer(bytes), "files": .integer(files)])
  }

  /// Reads a size.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "tier size")
    self.init(files: try fields.count("files"), bytes: try fields.count("bytes"))
    try fields.finish()
  }
}
