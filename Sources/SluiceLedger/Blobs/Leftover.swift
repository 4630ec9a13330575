internal import Foundation

/// A file that was moved into the blobs and could not be removed from where it was.
public struct Leftover: Hashable, Sendable {
  /// Where it still is.
  public let path: String
  /// Why, in words.
  public let why: String
}

extension Leftover: CustomStringConvertible {
  /// One sentence, and what to do.
  public var description: String {
    "\(path) was imported and is still there: \(why); remove it yourself"
  }
}

/// A file that is to disappear from where it was when its import has succeeded.
struct Moved {
  /// Where it was.
  let path: String
  /// What it was when it was taken.
  let facts: OpenFile.Facts
  /// Whether it is the file of the blob itself, under its old name.
  let isLinked: Bool

  /// Removes it, if it is still what was taken; what has gone by itself is no matter.
  func remove() -> Leftover? {
    do throws(BlobFault) {
      let found = try OpenFile(path, O_RDONLY | O_NONBLOCK).facts()
      guard found.isSameContent(as: facts) else {
        return Leftover(path: path, why: "it is no longer the file that was taken")
      }
      guard unlink(path) == 0 else { throw .system(errno, path: path) }
    } catch .system(ENOENT, _) {
      return nil
    } catch .system(let number, _) {
      return Leftover(path: path, why: OpenFile.words(for: number))
    } catch {
      return Leftover(path: path, why: "it is no longer the file that was taken")
    }
    return nil
  }

  /// Gives it its permissions back, which it shares with the blob while it is linked.
  func restore() {
    if isLinked { chmod(path, facts.mode) }
  }
}
