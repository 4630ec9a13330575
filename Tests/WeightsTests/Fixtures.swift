import Foundation
import SluiceEncoding
import SluiceWeights

/// What the tests read and write.
enum Fixtures {
  /// The folder of a golden case.
  static func golden(_ name: String) -> String {
    Bundle.module.resourceURL?.appending(path: "Golden/\(name)").path() ?? ""
  }

  /// The bytes of a file.
  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  /// A JSON file of a golden case.
  static func json(_ path: String) throws -> JSONValue {
    try JSONValue(parsing: bytes(path), .document, format: "fixture")
  }
}

/// A directory that is gone with the value.
final class Folder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path()
  }

  /// A copy of a golden case, so that it can be broken.
  convenience init(copying name: String) throws {
    try self.init()
    for file in try FileManager.default.contentsOfDirectory(atPath: Fixtures.golden(name)) {
      try write(Fixtures.bytes("\(Fixtures.golden(name))/\(file)"), to: file)
    }
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      print("left \(path): \(error)")
    }
  }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    let url = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(bytes).write(to: url)
  }

  func bytes(_ name: String) throws -> [UInt8] { try Fixtures.bytes("\(path)/\(name)") }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  /// Changes bytes of a file in place.
  func change(_ name: String, _ body: (inout [UInt8]) -> Void) throws {
    var bytes = try bytes(name)
    body(&bytes)
    try write(bytes, to: name)
  }
}

/// A file in the safetensors format from its header's text and its data.
func safetensors(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
  let length = UInt64(header.utf8.count)
  return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + data
}

/// Reads a header as a file is read.
func header(_ bytes: [UInt8]) throws(SafeTensorsFault) -> Header {
  let result = bytes.withUnsafeBytes { bytes in
    Result { () throws(SafeTensorsFault) in try Header(bytes) }
  }
  return try result.get()
}
