public import Foundation
internal import SluiceEncoding
internal import SluiceProof

/// Which files of a directory a tier consists of, found before anything is done with them.
public struct Selection: Hashable, Sendable {
  /// One file that is taken.
  public struct File: Hashable, Sendable {
    /// Relative to the directory, separated by `/`.
    public let path: String
    /// In bytes.
    public let size: Int
  }

  /// What cannot be in a tier.
  public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The directory is not there, or is none.
    case noDirectory(String)
    /// Symbolic links, which say nothing about the bytes behind them.
    case symbolicLinks([String])
    /// Devices, sockets, pipes.
    case notRegular(String)
    /// A name that a manifest cannot hold.
    case name(String, String)
    /// There is nothing to bind.
    case empty(String)

    /// One sentence, and what to do.
    public var description: String {
      switch self {
      case .noDirectory(let path): "\(path) is not a directory"
      case .symbolicLinks(let paths):
        """
        symbolic links cannot be bound: \(paths.prefix(3).joined(separator: ", "))\
        \(paths.count > 3 ? " and \(paths.count - 3) more" : "")
        make a copy without links: hf download OWNER/NAME --local-dir DIR, or cp -rL DIR COPY
        """
      case .notRegular(let path): "\(path) is neither a file nor a directory"
      case .name(let path, let why): "\(path): \(why)"
      case .empty(let path): "\(path) holds no file that could be bound"
      }
    }
  }

  /// The directory.
  public let directory: URL
  /// What is taken, sorted by path.
  public let files: [File]
  /// What is left out and named: git's files, download caches, bundles and records.
  public let leftOut: [String]

  /// All bytes that are taken.
  public var bytes: Int { files.reduce(0) { $0 + $1.size } }

  /// The record's path, which `bind` writes itself.
  public static let recordPath = "sluice-record.json"

  /// Walks a directory.
  ///
  /// - Throws: ``Fault``, or what the system threw.
  public init(of directory: URL) throws {
    var isDirectory: ObjCBool = false
    let path = directory.path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    else { throw Fault.noDirectory(path) }
    var walk = Walk(root: path)
    try walk.visit("")
    guard walk.links.isEmpty else { throw Fault.symbolicLinks(walk.links.sorted()) }
    guard !walk.files.isEmpty else { throw Fault.empty(path) }
    self.init(directory: directory, files: walk.files, leftOut: walk.leftOut)
  }

  private init(directory: URL, files: [File], leftOut: [String]) {
    self.directory = directory
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    self.leftOut = leftOut.sorted()
  }

  /// The files for which `isTaken` holds; the others are not part of the tier.
  public func filter(_ isTaken: (File) -> Bool) -> Selection {
    Selection(directory: directory, files: files.filter(isTaken), leftOut: leftOut)
  }

  private struct Walk {
    let root: String
    var files: [File] = []
    var leftOut: [String] = []
    var links: [String] = []

    mutating func visit(_ folder: String) throws {
      let place = folder.isEmpty ? root : "\(root)/\(folder)"
      for name in try FileManager.default.contentsOfDirectory(atPath: place).sorted() {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        guard !Manifest.isLeftOut(path), path != ".cache", path != Selection.recordPath else {
          leftOut.append(path)
          continue
        }
        try take(path)
      }
    }

    private mutating func take(_ path: String) throws {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(root)/\(path)")
      switch attributes[.type] as? FileAttributeType {
      case .typeDirectory: try visit(path)
      case .typeSymbolicLink: links.append(path)
      case .typeRegular:
        do { try Manifest.check(path: path) } catch { throw Fault.name(path, error.what) }
        files.append(File(path: path, size: (attributes[.size] as? NSNumber)?.intValue ?? 0))
      default: throw Fault.notRegular(path)
      }
    }
  }
}
