import Foundation
import NIOCore

/// What the system could not do, in one sentence with the file that it was about.
struct Trouble: Advised {
  let detail: String
  let next: [String]

  /// Puts an error of the system into words; `nil` for errors that have their own.
  init?(_ error: any Error) {
    guard let (_, path) = Self.parts(of: error) else { return nil }
    let clause = Self.clause(error)
    detail = path.map { "\($0): \(clause)" } ?? "the system refused: \(clause)"
    next = path.map { ["Look at what is there: ls -ld \(Typed.quoted($0))"] } ?? []
  }

  /// Why something could not be done, as a clause without the name of the file.
  static func clause(_ error: any Error) -> String {
    guard let (number, _) = parts(of: error) else { return "\(error)" }
    guard let number else { return "it cannot be read or written" }
    return String(cString: strerror(number)).lowercased()
  }

  /// The system's number, if it is known, and the file's path.
  private static func parts(of error: any Error) -> (number: Int32?, path: String?)? {
    switch error {
    case let error as IOError: return (error.errnoCode, nil)
    case let error as POSIXError:
      return (error.code.rawValue, (error as NSError).userInfo[NSFilePathErrorKey] as? String)
    case let error as CocoaError: return parts(error.code.rawValue, error.userInfo)
    default:
      let known = error as NSError
      switch known.domain {
      case NSCocoaErrorDomain: return parts(known.code, known.userInfo)
      case NSPOSIXErrorDomain:
        return (Int32(known.code), known.userInfo[NSFilePathErrorKey] as? String)
      default: return nil
      }
    }
  }

  private static func parts(_ code: Int, _ info: [String: Any]) -> (Int32?, String?) {
    let path = info[NSFilePathErrorKey] as? String ?? (info[NSURLErrorKey] as? URL)?.typed
    if let below = info[NSUnderlyingErrorKey] as? any Error, let number = parts(of: below)?.number {
      return (number, path)
    }
    return (numbers[code], path)
  }

  /// The system's numbers behind Foundation's.
  private static let numbers: [Int: Int32] = [
    4: ENOENT, 260: ENOENT, 257: EACCES, 513: EACCES, 516: EEXIST, 640: ENOSPC, 642: EROFS,
  ]
}
