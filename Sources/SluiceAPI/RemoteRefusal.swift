internal import SluiceEncoding

/// A "no" that came over HTTP: the server's words, with the same code as here.
public struct RemoteRefusal: Error, Hashable, Sendable {
  /// The HTTP status.
  public let status: Int
  /// What the server said; of an answer that is no problem, what can be said of it.
  public let problem: Problem
  /// The number under which the server's log has it.
  public let requestID: String?

  /// Reads the answer of a server, or of what stands before it.
  public init(_ reply: HTTPReply) {
    status = reply.status
    requestID = reply.header("x-request-id")
    do throws(Malformed) {
      problem = try Problem(
        json: JSONValue(parsing: reply.body, .document, format: "problem")
      )
    } catch {
      problem = Problem(
        code: "http.\(reply.status)",
        detail: "The server answered \(reply.status), and not as a deployment of Sluice does.",
        next: ["Check the address: it is the deployment's, without a path."]
      )
    }
  }
}
