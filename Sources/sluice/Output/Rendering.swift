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

  /// Prints a result on standard output as it is, or as JSON.
  func show(file text: @autoclosure () -> String, json value: @autoclosure () -> JSONValue) {
    print(json ? value().text + "\n" : text(), terminator: "")
  }

  /// Tells people something beside the result, on standard error.
  func tell(_ text: @autoclosure () -> String) {
    if !quiet { Terminal.notice(text()) }
  }

  /// A line of progress for `total` bytes of work.
  func progress(_ label: String, total: Int) -> Progress {
    Progress(label, total: total, isQuiet: quiet)
  }
}
