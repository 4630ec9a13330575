import ArgumentParser
import SluiceAPI

/// Which part of a long list is shown: the flags of commands that list many lines.
struct Part: ParsableArguments {
  @Option(help: "At most so many lines, 1 to \(Slice.most); \(Slice.usual), if not given.")
  var limit: Int?

  @Option(help: "Only what comes after this place, which the part before gave as next.")
  var after: String?

  func validate() throws {
    guard limit.map((1...Slice.most).contains) ?? true else {
      throw ValidationError("--limit: 1 to \(Slice.most)")
    }
  }

  /// What is asked for.
  var slice: Slice { Slice(limit: limit, after: after) }

  /// Tells people, beside the result, how to see the part that follows.
  static func tell(_ next: String?, _ rendering: Rendering) {
    guard let next else { return }
    rendering.tell("more: \(Typed.current.with([("--after", next)]).text)")
  }
}
