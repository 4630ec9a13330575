internal import Foundation
internal import Hummingbird
internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

extension Request {
  /// The query, unescaped.
  var query: Query {
    Query(uri.queryParameters.map { .init(String($0.key), String($0.value)) })
  }
}

extension Request {
  /// The body as one value of strict JSON, without fractions.
  func json(
    _ format: String,
    upTo limit: Int,
    within time: Swift.Duration
  ) async throws -> JSONValue {
    let rules = JSONRules(
      maximumDepth: 8,
      maximumBytes: limit,
      allowsDecimals: false,
      allowsNegative: false
    )
    let bytes = try await bytes(upTo: limit, within: time)
    return try JSONValue(parsing: bytes, rules, format: format)
  }
}

extension SluiceContext {
  /// The most bytes that a body may have, from whoever asks.
  var largestBody: Int {
    reader.principal == nil ? Parcel.maximumBytesWithoutToken : Parcel.maximumBytes
  }

  /// One segment of the path, unescaped.
  func segment(_ name: String) throws(Malformed) -> String {
    guard let text = parameters.get(name)?.removingPercentEncoding else {
      throw Malformed("path", "\(name): not percent-encoded UTF-8")
    }
    return text
  }

  /// The release that the two segments `owner` and `name` are.
  func release() throws(Malformed) -> Release.ID {
    try Release.ID(parsing: "\(try segment("owner"))/\(try segment("name"))")
  }
}
