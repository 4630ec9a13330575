import SluiceServer

extension Binding.Fault: Advised {
  var detail: String { description }

  var next: [String] {
    [
      "Fetch the files that are named anew, complete, or take them out of the folder",
      "Then bind it again: \(Typed.current.text)",
    ]
  }
}
