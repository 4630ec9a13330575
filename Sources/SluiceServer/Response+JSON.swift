package import HTTPTypes
package import Hummingbird
internal import NIOCore
package import SluiceEncoding

extension Response {
  /// An answer that is one JSON value, in canonical form.
  ///
  /// It is about the reader and about now, so nobody keeps it.
  package init(json: JSONValue, status: HTTPResponse.Status = .ok) {
    self.init(status: status, type: "application/json", bytes: json.canonical)
  }

  /// An answer that is a text in UTF-8, byte for byte as it is stored.
  package init(text: [UInt8]) {
    self.init(status: .ok, type: "text/plain; charset=utf-8", bytes: text)
  }

  init(status: HTTPResponse.Status, type: String, bytes: [UInt8]) {
    self.init(
      status: status,
      headers: [
        .contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    )
  }
}
