import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// What somebody may have meant who named a release, a case or a grant that there is not, or spoke
/// with a token that counts for nobody.
struct Suggestions {
  let typed: Typed
  let names: [Problem.Placeholder: String]

  /// The problem with the name that was meant, if one that the asker may know of is near.
  ///
  /// What cannot be looked up is not suggested: the problem itself is what counts.
  func added(to problem: Problem) async -> Problem {
    do {
      if problem.code == "auth.bad-key",
        let server = typed.value(of: "--server") ?? Settings.namedServer,
        typed.words.first != "login", let advice = try Settings.current().advice(for: server)
      {
        return Problem(
          code: problem.code,
          detail: problem.detail,
          next: [advice] + problem.next,
          policy: problem.policy
        )
      }
      guard let word = word(of: problem), let meant = try await meant(by: word, problem.code),
        !meant.utf8.elementsEqual(word.utf8)
      else { return problem }
      return Problem(
        code: problem.code,
        detail: "\(problem.detail) Did you mean \(meant)?",
        next: ["If that is meant: the same command with \(meant) for \(word)"] + problem.next
      )
    } catch {
      return problem
    }
  }

  private func word(of problem: Problem) -> String? {
    switch problem.code {
    case "release.unknown": names[.release] ?? typed.value(of: "--release")
    case "case.unknown": names[.case]
    case "grant.unknown": names[.grant]
    default: nil
    }
  }

  private func meant(by word: String, _ code: String) async throws -> String? {
    var place = Where()
    place.home = typed.value(of: "--home")
    place.server = typed.value(of: "--server")
    let deployment = try await place.open().deployment
    switch code {
    case "release.unknown":
      let cases = try await deployment.cases(.init(), Slice()).items.map(\.release.rawValue)
      let grants = try await deployment.grants(.init()).map(\.release.rawValue)
      return Spelling.nearest(to: word, among: Set(cases + grants).sorted())
    case "case.unknown":
      let cases = try await deployment.cases(.init(), Slice()).items
      return Self.id(word, among: cases.map(\.id.rawValue))
    default:
      return Self.id(word, among: try await deployment.grants(.init()).map(\.id.rawValue))
    }
  }

  /// An id, written as far as `word` is; its number says nothing about what was meant.
  private static func id(_ word: String, among known: [String]) -> String? {
    guard word.utf8.count >= 6 else { return nil }
    return Spelling.nearest(to: word, among: known.map { String($0.prefix(word.utf8.count)) })
  }
}
