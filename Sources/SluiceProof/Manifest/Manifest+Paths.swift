public import SluiceEncoding

extension Manifest {
  /// Where the signature of a manifest lies, which it cannot cover.
  public static let bundlePath = "model.sig"

  // What upstream's verifier does not look at either, so a manifest must not list it.
  private static let leftOut = [bundlePath, ".git", ".gitattributes", ".github", ".gitignore"]

  /// Whether a file is never covered: the bundle itself and git's files at the top.
  ///
  /// Such files do not belong into a tier, because anybody could change them. signing-and-log 5.3.
  public static func isLeftOut(_ path: String) -> Bool {
    let top = path.utf8.prefix { $0 != 0x2f }
    return leftOut.contains { $0.utf8.elementsEqual(top) }
  }

  /// Refuses a path that could mean something else on another machine.
  ///
  /// That is one which is absolute, has an empty component, `.`, `..`, a backslash or a control
  /// character. signing-and-log 5.3.
  public static func check(path: String) throws(Malformed) {
    let components = path.utf8.split(separator: 0x2f, omittingEmptySubsequences: false)
    for component in components {
      guard !component.isEmpty else {
        throw fault(path, "must be relative and have no empty component")
      }
      guard !component.elementsEqual(".".utf8), !component.elementsEqual("..".utf8) else {
        throw fault(path, "must not have . or .. as a component")
      }
    }
    let isPlain = path.unicodeScalars.allSatisfy {
      $0 != "\\" && $0.properties.generalCategory != .control
    }
    guard isPlain else { throw fault(path, "must not have control characters or backslashes") }
  }

  /// Refuses bad paths, and two that a file system could take for one or cannot both have.
  static func check(paths: [String]) throws(Malformed) {
    var seen: Set<String> = []  // compares by canonical equivalence, as some file systems do
    for path in paths {
      try check(path: path)
      guard seen.insert(path).inserted else { throw fault(path, "is there twice") }
    }
    let sorted = paths.sorted(by: precedes)
    for (path, next) in zip(sorted, sorted.dropFirst()) {
      guard !next.utf8.starts(with: "\(path)/".utf8) else {
        throw fault(path, "is both a file and a directory")
      }
    }
  }

  /// Whether `left` comes first by components, each by its bytes: `a/b` before `a.b`.
  static func precedes(_ left: String, _ right: String) -> Bool {
    // No path has a zero byte, so as a separator it ends a component before any other byte does.
    left.utf8.lazy.map { $0 == 0x2f ? 0 : $0 }
      .lexicographicallyPrecedes(right.utf8.lazy.map { $0 == 0x2f ? 0 : $0 })
  }

  static func fault(_ path: String, _ what: String) -> Malformed {
    Malformed("manifest", "path \(JSONValue.string(path).text): \(what)")
  }
}
