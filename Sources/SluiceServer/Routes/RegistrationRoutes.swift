internal import HTTPTypes
package import Hummingbird
internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

/// By which somebody becomes known without the operator, below `/sluice/v1`.
///
/// | method | path                   | answer                                                   |
/// |--------|------------------------|----------------------------------------------------------|
/// | POST   | `registrations`        | `RegistrationForm` in, `RegistrationPage` out            |
/// | GET    | `confirmations/SECRET` | `ConfirmationPage`, what would be confirmed; a page with |
/// |        |                        | a button for browsers                                    |
/// | POST   | the same               | the same, confirmed                                      |
package struct RegistrationRoutes: Sendable {
  private let deployment: LocalDeployment
  private let address: PublicAddress
  private let limits: ServerLimits
  private let limit: RegistrationLimit

  /// Serves what `deployment` remembers; links in mails begin with `address`.
  package init(
    _ deployment: LocalDeployment,
    address: PublicAddress,
    limits: ServerLimits = ServerLimits()
  ) {
    self.deployment = deployment
    self.address = address
    self.limits = limits
    limit = RegistrationLimit(limits.registrationsAnHour)
  }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    let routes = router.group("sluice/v1")
    routes.post("registrations", use: register)
    routes.get("confirmations/:secret", use: show)
    routes.post("confirmations/:secret", use: confirm)
  }

  private func register(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let ledger = deployment.ledger
    guard ledger.registrationRule != .closed else { throw RegistrationFault.closed }
    let body = try await request.json("registration", upTo: 16 << 10, within: limits.bodyTime)
    let form = try RegistrationForm(json: body)
    let applicant = try Applicant(name: form.name, email: form.email, key: form.key)
    let now = deployment.clock()
    let peer = context.channel.remoteAddress?.ipAddress ?? ""
    let places = ["from \(RegistrationLimit.place(of: peer))", "to \(form.email.lowercased())"]
    if let seconds = await limit.refuses(places, at: now) {
      var response = Problem.of(.limited(retryAfter: seconds)).1.response(.tooManyRequests)
      response.headers[.retryAfter] = String(seconds)
      return response
    }
    let base = address.base(for: context)
    let registered = try await ledger.register(
      applicant,
      confirmedAt: { base + Path.confirmation($0) },
      at: now
    )
    return Response(
      json: RegistrationPage(
        principal: registered.principal,
        email: form.email,
        token: registered.token,
        confirmableUntil: registered.confirmableUntil
      ).json
    )
  }

  // Programs that look at links before people do follow them by GET, so that changes nothing.
  private func show(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let found = try await deployment.ledger.confirmation(of: try context.segment("secret"))
    if found.confirmedAt == nil, found.endsAt <= deployment.clock() {
      throw RegistrationFault.endedLink(at: found.endsAt)
    }
    return answer(found, to: request)
  }

  private func confirm(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let secret = try context.segment("secret")
    return answer(
      try await deployment.ledger.confirm(secret, at: deployment.clock()),
      to: request
    )
  }

  private func answer(_ found: Confirmation, to request: Request) -> Response {
    guard request.headers[.accept]?.contains("text/html") == true else {
      return Response(
        json: ConfirmationPage(
          principal: found.principal,
          email: found.email,
          confirmableUntil: found.endsAt,
          confirmedAt: found.confirmedAt
        ).json
      )
    }
    var response = Response(
      status: .ok,
      type: "text/html; charset=utf-8",
      bytes: Array(Self.page(found, of: deployment.ledger.origin).utf8)
    )
    response.headers[.contentSecurityPolicy] = "default-src 'none'; form-action 'self'"
    response.headers[.referrerPolicy] = "no-referrer"
    return response
  }

  /// The page for a browser; it shows nothing but what was checked before it was stored.
  private static func page(_ found: Confirmation, of origin: String) -> String {
    let email = escaped(found.email)
    let name = escaped(found.principal.name)
    let act =
      found.confirmedAt.map { "<p>\(email) was confirmed at \($0).</p>" }
        ?? """
        <p>Is \(email) your address, and are you \(name) at \(escaped(origin))?</p>
        <form method="post"><button>Yes, confirm it</button></form>
        """
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Your address</title></head>
      <body><h1>Your address</h1>
      \(act)
      </body></html>

      """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}

extension HTTPField.Name {
  /// With whom a browser shares the address, which has the secret in it.
  fileprivate static let referrerPolicy = known("Referrer-Policy")
}
