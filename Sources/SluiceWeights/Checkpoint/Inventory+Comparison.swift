extension Inventory {
  /// How the stored tensors differ from the expected ones.
  public struct Comparison: Hashable, Sendable {
    /// A tensor whose dimensions are others than expected.
    public struct Misshapen: Hashable, Sendable {
      /// Its name.
      public let name: TensorName
      /// The dimensions that the configuration implies.
      public let expected: [Int]
      /// The dimensions that are stored.
      public let found: [Int]

      /// Names a tensor of another shape.
      public init(name: TensorName, expected: [Int], found: [Int]) {
        self.name = name
        self.expected = expected
        self.found = found
      }
    }

    /// Expected and not there, by name.
    public var missing: [TensorName] = []
    /// There and not expected, by name.
    public var extra: [TensorName] = []
    /// There, in another shape, by name.
    public var misshapen: [Misshapen] = []
    /// Trained numbers that are stored; buffers do not count.
    public var parameters = 0
    /// Stored tensors that are no part of the model.
    public var buffers = 0

    /// Whether exactly what was expected is there.
    public var isEqual: Bool { missing.isEmpty && extra.isEmpty && misshapen.isEmpty }
  }

  /// Compares what is stored with what is expected.
  public func compare(with tensors: some Sequence<Tensor>) -> Comparison {
    var stored: [TensorName: Tensor] = [:]
    for tensor in tensors { stored[tensor.name] = tensor }
    var comparison = Comparison()
    let groups = Set(
      entries.filter { $0.names.contains { stored[$0] != nil } }.compactMap(\.presence.group)
    )
    for entry in entries {
      let found = entry.names.compactMap { stored.removeValue(forKey: $0) }
      if found.isEmpty, entry.isNeeded(groups) { comparison.missing.append(entry.names[0]) }
      for tensor in found where tensor.shape != entry.shape {
        comparison.misshapen.append(
          .init(name: tensor.name, expected: entry.shape, found: tensor.shape)
        )
      }
      if entry.presence == .buffer {
        comparison.buffers += found.count
      } else {
        comparison.parameters += found.first?.elementCount ?? 0
      }
    }
    comparison.extra = stored.keys.sorted()
    comparison.missing.sort()
    comparison.misshapen.sort { $0.name < $1.name }
    return comparison
  }
}

extension Inventory.Presence {
  fileprivate var group: String? {
    guard case .together(let group) = self else { return nil }
    return group
  }
}

extension Inventory.Entry {
  fileprivate func isNeeded(_ groups: Set<String>) -> Bool {
    switch presence {
    case .required: true
    case .together(let group): groups.contains(group)
    case .buffer: false
    }
  }
}

extension Inventory.Comparison: CustomStringConvertible {
  /// The differences in words, at most three names of each kind.
  public var description: String {
    var parts: [String] = []
    func add(_ title: String, _ names: [String]) {
      guard !names.isEmpty else { return }
      let more = names.count > 3 ? " and \(names.count - 3) more" : ""
      parts.append("\(title) " + names.prefix(3).joined(separator: ", ") + more)
    }
    add("missing", missing.map(\.text.debugDescription))
    add("extra", extra.map(\.text.debugDescription))
    add(
      "wrong shape",
      misshapen.map { "\($0.name.text.debugDescription) \($0.found), expected \($0.expected)" }
    )
    guard !parts.isEmpty else { return "\(parameters) parameters as config.json declares" }
    return "the tensors disagree with config.json: " + parts.joined(separator: "; ")
  }
}
