import Foundation
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import SluiceWeights

/// All levels that can be run on a directory.
struct Verification {
  /// What the reader says that was received.
  struct Expectation {
    let release: Release.ID?
    let tier: Tier.ID?
  }

  let folder: URL
  let key: ReleasePublicKey?
  let expected: Expectation
  let rendering: Rendering

  /// A line a level, in order.
  func reports() async throws -> [LevelReport] {
    let path = folder.path(percentEncoded: false)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    else { throw Malformed("verify", "\(path) is not a directory") }
    let check = CheckpointCheck(path)
    return [
      try check.container(), try await bytes(), try check.inventory(), try check.function(),
    ]
  }
}
