internal import Foundation
package import HTTPTypes
package import Hummingbird
package import SluiceAPI
internal import SluiceEncoding
package import SluiceGovernance
internal import SluiceLedger

extension Refusal {
  /// The status of governance-domain 15.3; what that does not list is not found.
  ///
  /// Exhaustive, so that a new refusal does not compile before it has a status.
  package var status: HTTPResponse.Status {
    switch self {
    case .ownCase, .othersCase, .notEligible, .tooWeak, .unsigned, .badSignature, .unknownKey,
      .wrongPerson, .wrongNamespace, .keyEnded, .notTouched, .stageClosed, .noGrant, .grantPending,
      .grantExpired, .grantRevoked, .grantGrace, .grantSurrendered, .recused, .held, .tierSealed,
      .termsUnaccepted, .notForYou, .asksOnly, .unconfirmed:
      .forbidden
    case .unfit: .badRequest
    case .replayed, .stale, .staleRevision, .caseClosed, .caseReturned, .duplicate, .tooSoon,
      .termsChanged:
      .conflict
    case .noToken, .badToken: .unauthorized
    case .tierUnbound, .unknownRelease, .unknownCase, .unknownGrant, .unknownHold,
      .unknownStatement:
      .notFound
    case .clockUntrusted, .logCorrupt: .serviceUnavailable
    }
  }
}

extension Problem {
  /// What a thrown error is on the wire; `nil` for one that is the environment's, not the asker's.
  package static func answer(to error: any Error) -> (HTTPResponse.Status, Problem)? {
    switch error {
    case let refusal as Refusal: (refusal.status, Problem(refusal))
    case let explained as Explained: (explained.refusal.status, explained.problem)
    case let fault as Malformed: malformed(fault.description)
    case let faults as PolicyFaults: malformed(faults.description)
    case let fault as BodyFault: of(fault)
    case let fault as RegistrationFault: of(fault)
    case let error as any HTTPResponseError: of(error.status)
    case let error where Ledger.isUnavailable(error): (.serviceUnavailable, .logUnavailable)
    default: nil
    }
  }

  /// What failed here, under the number by which the daemon's log has it.
  package static func failed(incident: String) -> Problem {
    Problem(
      code: "server.failed",
      detail: "The deployment failed to answer.",
      next: ["Try again; if it stays, tell the operator the incident: \(incident)"]
    )
  }

  /// The problem as an answer, with the members of RFC 9457.
  package func response(_ status: HTTPResponse.Status) -> Response {
    var members = json.objectValue ?? [:]
    members["status"] = .integer(status.code)
    members["title"] = .string(status.reasonPhrase)
    members["type"] = "about:blank"
    var response = Response(
      status: status,
      type: "application/problem+json",
      bytes: JSONValue.object(members).canonical
    )
    if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
    if self == .logUnavailable { response.headers[.retryAfter] = "10" }
    // The rest of the body is not worth reading.
    if [.contentTooLarge, .requestTimeout].contains(status) {
      response.headers[.connection] = "close"
    }
    return response
  }

  private static func malformed(_ what: String) -> (HTTPResponse.Status, Problem) {
    (
      .badRequest,
      Problem(
        code: "statement.malformed",
        detail: "The request cannot be read: \(what).",
        next: ["Correct that and send it again."]
      )
    )
  }

  private static func of(_ fault: BodyFault) -> (HTTPResponse.Status, Problem) {
    switch fault {
    case .tooLarge(let limit):
      (
        .contentTooLarge,
        Problem(
          code: "request.too-large",
          detail: "The body is larger than \(limit) bytes.",
          next: [
            "Send less in one call.",
            "Statements that come with a token may have \(Parcel.maximumBytes) bytes.",
          ]
        )
      )
    case .tooSlow:
      (
        .requestTimeout,
        Problem(
          code: "request.too-slow",
          detail: "The body did not arrive in time.",
          next: ["Send it again, over a connection that carries it faster."]
        )
      )
    }
  }

  /// What Hummingbird itself refused.
  private static func of(_ status: HTTPResponse.Status) -> (HTTPResponse.Status, Problem) {
    let problem =
      switch status {
      case .notFound:
        Problem(
          code: "route.unknown",
          detail: "There is nothing at this address.",
          next: ["Check the path; the routes are below \(Path.root)."]
        )
      default:
        Problem(
          code: "http.\(status.code)",
          detail: "The request was refused: \(status.reasonPhrase).",
          next: ["Check the method, the path and the header fields."]
        )
      }
    return (status, problem)
  }
}
