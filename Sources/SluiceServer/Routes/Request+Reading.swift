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

extension SluiceContext {
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
