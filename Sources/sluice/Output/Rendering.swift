import ArgumentParser
import SluiceEncoding

/// How results are printed: for people, or as exactly one JSON object.
struct Rendering: ParsableArguments {
  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Print results and errors only.")
  var quiet = false

  /// Prints a result on standard output.
  func show(_ text: @autoclosure () -> String, json value: @autoclosure () -> JSONValue) {
    print(json ? value().text : text())
  }

  /// Tells people something beside the result, on standard error.
  func tell(_ text: @autoclosure () -> String) {
    if !quiet { Terminal.notice(text()) }
  }
}
