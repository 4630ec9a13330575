import SluiceAPI
import SluiceGovernance
import SluiceLedger
import SluiceProof

extension Speaker {
  /// The deployment's own principal.
  static let clerk: Principal.ID = "service:clerk"

  /// The clerk of the deployment in `home`.
  static func clerk(of home: Home) throws -> Speaker {
    let signer = try home.clerk()
    let sign: Signing = { message, namespace in
      Array(try signer.sign(message: message, namespace: namespace).armor.utf8)
    }
    return Speaker(principal: clerk) { [sign] }
  }

  /// The line by which a roster lists the clerk of the deployment in `home`.
  static func clerkLine(of home: Home) throws -> String {
    let key = try home.clerk().publicKey.line
    return "\(clerk): {keys: [\"\(key)\"]}"
  }

  /// Refuses to let the clerk speak where the roster does not list the key with which it signs.
  static func requireClerk(of home: Home, in roster: Roster) throws {
    let key = try home.clerk().publicKey
    let listed = try roster.principals.first { $0.id == clerk }?.keys.map(PublicKey.init(line:))
    guard !(listed ?? []).contains(key) else { return }
    let line = try clerkLine(of: home)
    throw Refused(
      problem: Problem(
        code: Refusal.unknownKey(fingerprint: "").code,
        detail: listed == nil
          ? "The roster does not list \(clerk), so the clerk can do nothing here."
          : "The roster does not list the key with which \(clerk) signs here.",
        next: [
          "Write below principals in the roster: \(line)",
          "Give \(clerk) the roles in which it shall file, below roles in the roster.",
        ]
      )
    )
  }
}
