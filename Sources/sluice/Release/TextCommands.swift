import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice terms`: the texts that people agree to, readable before they ask.
struct TermsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "terms",
    abstract: "Print the terms of a release, or list them.",
    discussion: "Example: sluice terms ana/tiny use"
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The terms, by name; all names are listed without.")
  var terms: Terms.ID?

  func run() async throws {
    let deployment = try await place.open().deployment
    let page = try await deployment.release(release)
    guard let terms else {
      let names = page.terms.sorted { $0.key.rawValue < $1.key.rawValue }
      return rendering.show(
        names.map { "\($0.key)  \($0.value.hex)" }.joined(separator: "\n"),
        json: .object([
          "items": .array(
            names.map {
              .object(["name": .string($0.key.rawValue), "sha256": .string($0.value.hex)])
            }
          )
        ])
      )
    }
    guard let digest = page.terms[terms] else {
      throw Known.refusal(of: "terms", terms.rawValue, among: page.terms.keys, in: release)
    }
    let text = String(decoding: try await deployment.document(digest, of: release), as: UTF8.self)
    rendering.show(
      file: text,
      json: .object([
        "name": .string(terms.rawValue), "sha256": .string(digest.hex), "text": .string(text),
      ])
    )
  }
}

/// `sluice form`: the questions that a gate asks, readable before anybody asks for access.
struct FormCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form",
    abstract: "Print the questions of a form, as a file to be filled in.",
    discussion: "Example: sluice form ana/tiny request"
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The form, by name.")
  var form: Form.ID

  func run() async throws {
    let page = try await place.open().deployment.release(release)
    guard let asked = try page.rules(of: release).form(form) else {
      throw Known.refusal(of: "form", form.rawValue, among: page.forms.map(\.form), in: release)
    }
    rendering.show(
      asked.fields.map(\.line).joined(separator: "\n"),
      json: .object([
        "fields": .array(asked.fields.map(\.json)), "name": .string(form.rawValue),
        "sha256": .string(asked.digest.hex),
      ])
    )
  }
}

extension Form.Field {
  /// A line of the answers file, with what may be answered as its comment.
  fileprivate var line: String {
    let choices =
      switch type {
      case .tick: ": true or false"
      case .date: ": YYYY-MM-DD"
      case .country: ": two capital letters"
      case .choice: ": \(options.joined(separator: ", "))"
      case .text, .email: ""
      }
    let notes = [
      ask, "\(type.rawValue)\(choices)", isOptional ? "may be left out" : nil,
      isPrivate ? "shown to deciders only" : nil,
    ]
    return "\(id):   # \(notes.compactMap { $0 }.joined(separator: "; "))"
  }

  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "id": .string(id), "optional": .bool(isOptional), "private": .bool(isPrivate),
      "type": .string(type.rawValue),
    ]
    members["ask"] = ask.map { .string($0) }
    members["options"] = options.isEmpty ? nil : .array(options.map { .string($0) })
    return .object(members)
  }
}
