import ArgumentParser
import Foundation
import SluiceEncoding
import SluiceWeights

/// `sluice logits`: what the reference transformer computes on given ids.
struct Logits: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the reference transformer on token ids and print its logits.",
    discussion: """
      The input file is {"input_ids":[1,2,3]}; with --json the output has its logits, a row a position.
      Reads files alone.
      Example: sluice logits ./tiny --input ids.json --json
      """
  )

  @OptionGroup var rendering: Rendering

  @Argument(help: "The directory with the checkpoint.", completion: .directory)
  var directory: String

  @Option(help: "A JSON file with input_ids.", completion: .file())
  var input: String

  @Option(
    help:
      "The kernel path: \(Kernels.Path.allCases.map(\.rawValue).joined(separator: " or ")); the bits are the same."
  )
  var path: Kernels.Path?

  func run() throws {
    let checkpoint = try Checkpoint(opening: Files.url(directory).path(percentEncoded: false))
    let transformer = try Transformer(checkpoint, path: path ?? .best)
    let output = try transformer.run(try ids(), keepingHidden: true)
    let logits = output.logits
    rendering.show(
      """
      \(logits.rowCount) rows of \(logits.vocabulary), sha256 \(logits.digest.hex) (\(Kernels.contract))
      likeliest next: \(logits.top(5).map { "\($0.id) (\($0.logit))" }.joined(separator: ", "))
      """,
      json: .object([
        "contract": .string(Kernels.contract),
        "hidden_last": .array(output.hiddenLast.map(Self.numbers)),
        "logits": .array((0..<logits.rowCount).map { Self.numbers(Array(logits[$0])) }),
        "logits_sha256": .string(logits.digest.hex),
      ])
    )
  }

  private static func numbers(_ values: [Float]) -> JSONValue {
    .array(values.map { .decimal("\($0)") })
  }

  /// The ids of the input, read strictly.
  private func ids() throws -> [Int] {
    let bytes = try Files.bytes(at: input)
    var fields = try JSONFields(
      try JSONValue(parsing: bytes, .document, format: input),
      format: input
    )
    let ids = try fields.array("input_ids").map(\.integerValue)
    try fields.finish()
    guard !ids.isEmpty, !ids.contains(nil) else {
      throw Malformed(input, "input_ids: must be a list of token ids")
    }
    return ids.compactMap(\.self)
  }
}
