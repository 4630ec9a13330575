internal import Foundation
package import Hummingbird
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

/// What Hub clients ask about repositories and about themselves, below `/api` (hub-protocol 2).
///
/// | method | path                                        | answer                            |
/// |--------|---------------------------------------------|-----------------------------------|
/// | GET    | `models/OWNER/NAME`, `…/revision/REV`       | the repo object                   |
/// | GET    | `models/OWNER/NAME/tree/REV[/DIR]`          | entries, paged by `Link`          |
/// | POST   | `models/OWNER/NAME/paths-info/REV`          | the entries of the paths asked for|
/// | GET    | `models/OWNER/NAME/refs`                    | branches                          |
/// | GET    | `models/OWNER/NAME/auth-check`              | 200 if cleared for all of `main`  |
/// | GET    | `whoami-v2`                                 | whose token it is                 |
/// | GET    | `agent-harnesses`                           | none                              |
package struct HubRoutes: Sendable {
  private let hub: Hub
  private let limits: ServerLimits

  /// The most entries on a page; llama.cpp reads the first page only.
  private static let page = 1_000

  /// The spellings of the clients: of two languages and of query strings.
  fileprivate static let yes: Set<String> = ["true", "True", "1"]

  /// Serves what `hub` speaks for; bodies have to arrive within `limits`.
  package init(_ hub: Hub, limits: ServerLimits = ServerLimits()) {
    self.hub = hub
    self.limits = limits
  }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    let api = router.group("api").add(middleware: HubAnswers(address: hub.address))
    let model = api.group("models/:owner/:name")
    model.get("", use: model(_:_:))
    model.get("revision/:revision", use: model(_:_:))
    model.get("tree/:revision", use: tree)
    model.get("tree/:revision/**", use: tree)
    model.post("paths-info/:revision", use: paths)
    model.get("refs", use: references)
    model.get("auth-check", use: check)
    api.get("whoami-v2", use: identity)
    api.get("agent-harnesses") { _, _ in
      Response(json: ["harnesses": [:], "standardEnvVars": []])
    }
  }

  private func model(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let (repository, commit) = try await found(context)
    let expand = request.uri.queryParameters.getAll("expand")
    let json = repository.json(at: commit, blobs: request.isSet("blobs"), expand: Set(expand))
    return Response(json: json, of: commit)
  }

  private func tree(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let (_, commit) = try await found(context)
    let directory = try context.rest()
    let tree = Tree(
      of: commit,
      in: directory,
      isRecursive: request.isSet("recursive"),
      isExpanded: request.isSet("expand")
    )
    guard let tree else { throw HubFault.noEntry(directory, commit: commit.id) }
    let query = request.uri.queryParameters
    let after = query.get("cursor").map { Array($0.utf8) } ?? []
    let limit = min(max(query.get("limit", as: Int.self) ?? Self.page, 1), Self.page)
    let rest = tree.entries.drop { !after.lexicographicallyPrecedes($0.path.utf8) }
    let entries = after.isEmpty ? tree.entries[...] : rest
    var response = Response(
      json: .array(entries.prefix(limit).map { .object($0.members) }),
      of: commit
    )
    if entries.count > limit, let last = entries.prefix(limit).last {
      response.headers[.link] = "<\(next(request, after: last.path))>; rel=\"next\""
    }
    return response
  }

  private func paths(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let (_, commit) = try await found(context)
    let body = try await request.bytes(upTo: limits.bodyBytes, within: limits.bodyTime)
    let form = try FormBody.fields(of: String(decoding: body, as: UTF8.self))
    let isExpanded = form.contains { $0.name == "expand" && Self.yes.contains($0.value) }
    let paths = form.filter { $0.name == "paths" }.map(\.value)
    let entries = try Tree.entries(at: paths, of: commit, isExpanded: isExpanded)
    return Response(json: .array(entries.map { .object($0.members) }), of: commit)
  }

  private func references(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let repository = try await hub.repository(context)
    return Response(json: repository.references(withPullRequests: request.isSet("include_prs")))
  }

  private func check(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let (repository, commit) = try await found(context)
    let now = hub.deployment.clock()
    for file in commit.files where !file.isBundle {
      let query = hub.query(file, of: repository.id, request, context)
      _ = try await hub.naming(file.tier, of: repository.id, as: context.reader) {
        try await hub.deployment.ledger.clearance(for: query, at: now)
      }
    }
    return Response(json: [:], of: commit)
  }

  private func identity(_ request: Request, _ context: SluiceContext) async throws -> Response {
    guard case .token(let principal, let id) = context.credential else {
      throw context.credential == .unknown ? Refusal.badToken : .noToken
    }
    let ledger = hub.deployment.ledger
    let known = try await ledger.registration(principal) ?? Registration(id: principal)
    let token = try await ledger.tokens(of: principal).first { $0.id.utf8.elementsEqual(id.utf8) }
    let organisations = [known.organisation].compactMap { $0 }
    return Response(json: [
      "auth": [
        "accessToken": [
          "displayName": .string("\(principal.name)-\(token?.name ?? id)"), "role": "read",
        ],
        "type": "access_token",
      ],
      "email": .string(known.email),
      "fullname": .string(known.name),
      "id": .string(principal.rawValue),
      "name": .string(principal.name),
      "orgs": .array(organisations.map { ["name": .string($0.name)] }),
      "type": "user",
    ])
  }

  private func found(
    _ context: SluiceContext
  ) async throws -> (repository: Repository, commit: Repository.Commit) {
    let repository = try await hub.repository(context)
    let isNamed = context.parameters.get("revision") != nil
    let revision = isNamed ? try context.segment("revision") : "main"
    return (repository, try hub.commit(revision, of: repository))
  }

  /// The address of the next page: the same question, further on.
  private func next(_ request: Request, after path: String) -> String {
    let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
    let kept = (request.uri.query ?? "").split(separator: "&")
      .filter { !$0.hasPrefix("cursor=") }
    let cursor = "cursor=" + (path.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")
    let query = (kept.map(String.init) + [cursor]).joined(separator: "&")
    return "\(hub.address.base(for: request))\(request.uri.path)?\(query)"
  }
}

extension Request {
  /// Whether a switch is on.
  fileprivate func isSet(_ name: String) -> Bool {
    HubRoutes.yes.contains(uri.queryParameters.get(name) ?? "")
  }
}

extension SluiceContext {
  /// The rest of the path, unescaped; clients encode its slashes or do not.
  func rest() throws(Malformed) -> String {
    let text = parameters.getCatchAll().joined(separator: "/")
    guard let rest = text.removingPercentEncoding else {
      throw Malformed("path", "not percent-encoded UTF-8")
    }
    return rest
  }
}

extension Response {
  /// An answer about a commit.
  fileprivate init(json: JSONValue, of commit: Repository.Commit) {
    self.init(json: json)
    headers[.commit] = commit.id
  }
}
