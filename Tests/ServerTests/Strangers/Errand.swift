import HTTPTypes
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer

/// One thing that can be asked over HTTP and, if it is of the contract, of a deployment by a command.
struct Errand: Sendable {
  let name: String
  var method = HTTPRequest.Method.get
  let target: String
  var body: [UInt8]?
  var headers: HTTPFields = [:]
  /// The same asked through the contract, here or over HTTP.
  var asked: (@Sendable (any Deployment) async throws -> JSONValue)?

  /// An errand that is done by GET.
  static func get(
    _ name: String,
    _ target: String,
    _ asked: @escaping @Sendable (any Deployment) async throws -> JSONValue
  ) -> Errand {
    Errand(name: name, target: "/sluice/v1/" + target, asked: asked)
  }

  /// An errand that is done by POST.
  static func post(
    _ name: String,
    _ target: String,
    _ body: JSONValue,
    _ asked: @escaping @Sendable (any Deployment) async throws -> JSONValue
  ) -> Errand {
    Errand(
      name: name,
      method: .post,
      target: "/sluice/v1/" + target,
      body: body.canonical,
      asked: asked
    )
  }

  /// The statements of a verb, to be signed by whoever asks; the operator asks for the steward.
  static func draft(
    _ name: String,
    _ verb: Verb,
    release: Release.ID? = Deployed.release
  ) -> Errand {
    .post("draft-\(name)", "drafts", Instruction(verb, release: release).json) { deployment in
      let isOperator = (deployment as? LocalDeployment)?.reader == .operator
      let signer = isOperator ? Deployed.person("hal") : nil
      return try await deployment.drafts(Instruction(verb, release: release, by: signer)).json
    }
  }

  /// What is asked by other clients than Sluice's own; the contract has no function for it.
  static func bare(
    _ name: String,
    _ target: String,
    _ method: HTTPRequest.Method = .get,
    body: String? = nil
  ) -> Errand {
    Errand(name: name, method: method, target: target, body: body.map { Array($0.utf8) })
  }
}

extension Errand {
  /// Method and target, with names instead of what differs from deployment to deployment.
  var title: String {
    let named = target.replacing(/[0-9a-f]{40,64}/, with: "DIGEST")
      .replacing(/(proofs|events)\/\d+/) { "\($0.1)/EVENT" }
    return "\(method) \(named)"
  }

  /// Whether it is served by the route with a method and a path, as the router writes it.
  func isServed(by method: HTTPRequest.Method, _ path: String) -> Bool {
    method == self.method && Self.isServed(target, by: path)
  }

  /// Whether what is asked for lies at a path, as the router writes it.
  static func isServed(_ target: String, by path: String) -> Bool {
    let asked = target.prefix { $0 != "?" }.split(separator: "/")
    let pattern = path.split(separator: "/")
    guard pattern.last == "**" ? asked.count >= pattern.count : asked.count == pattern.count else {
      return false
    }
    return zip(pattern, asked).allSatisfy { part, segment in
      part == "**" || part.first == "{" || part == segment
    }
  }

  /// Everything that is asked, of a deployment with bea's case.
  static func all(_ matter: Matter) throws -> [Errand] {
    try aboutRelease(matter) + aboutPeople(matter) + aboutLog(matter) + acts(matter)
      + statements(by: "eve") + aboutRepository() + aboutDeployment()
      + aboutCase(Town.bea, of: "bea", matter)
  }
}
