import HTTPTypes
import SluiceAPI
import SluiceEncoding

extension Errand {
  /// What Hub clients ask about a repository and its files.
  static func aboutRepository() -> [Errand] {
    let model = "/api/models/ana/tiny"
    return [
      .bare("model", model), .bare("revision", model + "/revision/weights"),
      .bare("tree", model + "/tree/main"), .bare("tree-of-code", model + "/tree/code/docs"),
      .bare("paths", model + "/paths-info/main", .post, body: "paths=weights.safetensors"),
      .bare("refs", model + "/refs"), .bare("check", model + "/auth-check"),
      .bare("file", "/ana/tiny/resolve/main/weights.safetensors", .head),
      .bare("code", "/ana/tiny/resolve/code/code.safetensors", .head),
      .bare("late", "/ana/tiny/resolve/late/late.safetensors", .head),
      .bare("bundle", "/ana/tiny/resolve/weights/model.sig"),
      .bare("bundle-of-code", "/ana/tiny/resolve/code/model.sig"),
    ]
  }

  /// What is asked about the deployment, or about oneself.
  static func aboutDeployment() -> [Errand] {
    [
      .get("keys", "keys") { try await $0.standing().json }, .bare("checkpoint", "/checkpoint"),
      // Nobody learns by it who has the name, and nothing is changed.
      .bare(
        "register",
        "/sluice/v1/registrations",
        .post,
        body: #"{"email":"x@b.example","name":"bob"}"#
      ),
      .bare("confirmable", "/sluice/v1/confirmations/x"),
      .bare("confirm", "/sluice/v1/confirmations/x", .post),
      .bare("alive", "/healthz"), .bare("ready", "/readyz"),
      .bare("whoami", "/api/whoami-v2"), .bare("harnesses", "/api/agent-harnesses"),
    ]
  }
}
