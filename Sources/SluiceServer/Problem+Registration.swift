internal import HTTPTypes
internal import SluiceAPI
internal import SluiceLedger

extension Problem {
  /// Why somebody is not registered, or an address not confirmed, on the wire.
  static func of(_ fault: RegistrationFault) -> (HTTPResponse.Status, Problem) {
    switch fault {
    case .closed:
      (
        .forbidden,
        Problem(
          code: "register.closed",
          detail: "Nobody makes themselves known here; the operator does it.",
          next: ["Ask the operator, who does it so: sluice person add NAME --token laptop"]
        )
      )
    case .limited(let seconds):
      (
        .tooManyRequests,
        Problem(
          code: "register.limited",
          detail: "Too many registrations came from there within an hour.",
          next: ["Wait \(seconds) s, then: the same command"]
        )
      )
    case .malformed(let what):
      (
        .badRequest,
        Problem(
          code: "register.malformed",
          detail: "That cannot be registered: \(what).",
          next: [correction]
        )
      )
    case .taken(let name):
      (
        .conflict,
        Problem(
          code: "register.taken",
          detail: "The name \(name) cannot be had.",
          next: [
            "Take another one: the same command with --name OTHER",
            "If it is yours already: sluice login --server URL",
            "If it is yours by a role, the operator issues a token: "
              + "sluice token issue NAME --name laptop",
          ]
        )
      )
    case .keyTaken(let fingerprint):
      (
        .conflict,
        Problem(
          code: "register.key-taken",
          detail: "The key \(fingerprint) cannot be had.",
          next: ["Give another one, or none: the same command with --key FILE"]
        )
      )
    case .unknownLink, .usedLink, .endedLink: link(fault)
    }
  }

  private static func link(_ fault: RegistrationFault) -> (HTTPResponse.Status, Problem) {
    switch fault {
    case .usedLink(let at):
      (
        .conflict,
        Problem(
          code: "confirmation.used",
          detail: "The address was confirmed by this link at \(at).",
          next: ["Nothing more is needed; how your requests stand: sluice cases --mine"]
        )
      )
    case .endedLink(let at):
      (
        .gone,
        Problem(
          code: "confirmation.ended",
          detail: "The link counted until \(at).",
          next: ["Ask the operator, who can vouch for you: sluice person vet NAME"]
        )
      )
    default:
      (
        .notFound,
        Problem(
          code: "confirmation.unknown",
          detail: "There is no such link.",
          next: ["Check that it is whole: it stands on one line of the mail."]
        )
      )
    }
  }
}
