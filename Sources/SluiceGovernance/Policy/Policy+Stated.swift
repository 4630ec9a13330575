extension Policy {
  /// Every plain requirement as the file states it, each once, in file order.
  ///
  /// Unlike ``branches(of:)`` this says nothing about ways, and gates that a gate names are not
  /// written out.
  var stated: [Part] {
    gates.flatMap { stated($0.requirements, at: "gates.\($0.id).require") }
  }

  private func stated(_ requirements: [Requirement], at path: String) -> [Part] {
    requirements.enumerated().flatMap { stated($0.element, at: "\(path)[\($0.offset)]") }
  }

  private func stated(_ requirement: Requirement, at path: String) -> [Part] {
    switch requirement {
    case .plain(let plain): [Part(path: path, requirement: plain)]
    case .gate: []
    case .any(let alternatives):
      alternatives.enumerated().flatMap { index, alternative in
        let path = "\(path).any[\(index)]"
        // An alternative that is not written as a list has no path below its own.
        guard let only = alternative.first, !places.has("\(path)[0]") else {
          return stated(alternative, at: path)
        }
        return stated(only, at: path)
      }
    }
  }
}
