import SluiceGovernance
import SluiceLedger
import SluiceServer

/// Everybody who asks, in the words in which the tables name them; who they are in `Town`.
enum Reader: String, CaseIterable {
  case anonymous
  case unknownToken = "an unknown token"
  case unvetted = "an unvetted person"
  case other = "another person"
  case member = "a held member"
  case beneficiary = "the beneficiary"
  case ownRequester = "a requester for himself"
  case requester = "the requester"
  case otherApprover = "an approver of another gate"
  case inviter = "an inviter"
  case filer = "a filer"
  case approver = "an approver"
  case steward = "the steward"
  case auditor = "an auditor"
  case `operator` = "the operator"

  /// Those who ask over HTTP; the operator asks at the machine only.
  static let online = allCases.filter { $0 != .operator }

  /// Those to whom a release does not exist before it is public.
  static let strangers: [Reader] = [.anonymous, .unknownToken, .unvetted, .other, .ownRequester]

  /// Whose token comes with the question; `nil` is none, and a name without a token an unknown one.
  var name: String? {
    switch self {
    case .anonymous, .operator: nil
    case .unknownToken: "unknown"
    case .unvetted: "una"
    case .other: "eve"
    case .member: "mia"
    case .beneficiary: "bea"
    case .ownRequester: "bob"
    case .requester: "clerk"
    case .otherApprover: "edi"
    case .inviter: "pia"
    case .filer: "cho"
    case .approver: "ana"
    case .steward: "hal"
    case .auditor: "ida"
    }
  }

  /// The contract as a command has it at the machine.
  func local(_ deployed: Deployed) async throws -> LocalDeployment {
    switch self {
    case .anonymous: try await deployed.local(nil).acting(as: .stranger)
    case .unknownToken: try await deployed.local(nil).acting(as: .unknownToken)
    case .operator: try await deployed.local(nil)
    default: try await deployed.local(name)
    }
  }
}
