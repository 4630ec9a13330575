import HTTPTypes
import HummingbirdTesting
import NIOCore
import SluiceAPI
import SluiceEncoding
import SluiceServer

extension Served {
  /// Does an errand as the owner of a token; `nil` has none.
  func answer(_ errand: Errand, as name: String?) async throws -> HTTPReply {
    var headers = errand.headers
    if let name { headers[.authorization] = "Bearer \(tokens[name] ?? "hf_unknown")" }
    return try await client.execute(
      uri: errand.target,
      method: errand.method,
      headers: headers,
      body: errand.body.map { ByteBuffer(bytes: $0) }
    ) { response in
      HTTPReply(
        status: response.status.code,
        headers: response.headers.map { HTTPHeader($0.name.canonicalName, $0.value) },
        body: Array(response.body.readableBytesView)
      )
    }
  }
}
