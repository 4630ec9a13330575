extension Record {
  /// How a model compares with its record.
  public struct Comparison: Hashable, Sendable {
    /// `exact`, `close` or `different`.
    public let verdict: Verdict
    /// The root of the mean square of the differences, over all recorded logits.
    public let rms: Float
    /// The largest difference.
    public let max: Float
    /// The first hidden state that differs, 0 being the embedding; `nil` if none of them does.
    public let firstLayer: Int?
    /// How many probes were run.
    public let probes: Int
  }

  /// Runs a model on the recorded probes.
  ///
  /// - Parameters:
  ///   - checkpoint: The open model.
  ///   - path: How to compute.
  ///   - threads: How many threads share the work.
  /// - Returns: The verdict and its figures.
  /// - Throws: `NotExecutable`, a `WeightsFault`, a `Transformer.Fault` or `CancellationError`.
  public func compare(
    with checkpoint: Checkpoint,
    path: Kernels.Path = .best,
    threads: Int = Transformer.availableThreads
  ) throws -> Comparison {
    guard contract.utf8.elementsEqual(Kernels.contract.utf8) else {
      throw NotExecutable.contract(contract)
    }
    guard let tolerance, !probes.isEmpty else { throw NotExecutable.recorded(reason ?? "") }
    let transformer = try Transformer(checkpoint, path: path, threads: threads)
    var (isExact, firstLayer) = (true, Int?.none)
    var (count, squares, largest) = (0.0, 0.0, Float(0))
    for probe in probes {
      let output = try transformer.run(
        probe.ids,
        rows: probe.coversAllRows ? .all : .last(1),
        keepingHidden: !probe.hidden.isEmpty
      )
      let found = Probe(ids: probe.ids, coversAllRows: probe.coversAllRows, output)
      isExact = isExact && found.matches(probe)
      let hidden = zip(found.hidden, probe.hidden).map { $0 == $1 }
      firstLayer = firstLayer ?? hidden.firstIndex(of: false)
      let last = Array(output.logits[output.logits.rowCount - 1])
      for candidate in probe.top {
        guard last.indices.contains(candidate.id) else {
          throw Transformer.Fault.unknownToken(candidate.id, vocabulary: last.count)
        }
        let difference = (last[candidate.id] - candidate.logit).magnitude
        count += 1
        squares += Double(difference) * Double(difference)
        largest = Swift.max(largest, difference)
      }
    }
    let rms = Float((squares / Swift.max(1, count)).squareRoot())
    let isClose = rms <= tolerance.rms && largest <= tolerance.max && count > 0
    return Comparison(
      verdict: isExact ? .exact : isClose ? .close : .different,
      rms: rms,
      max: largest,
      firstLayer: firstLayer,
      probes: probes.count
    )
  }
}

extension Record.Comparison: CustomStringConvertible {
  /// The figures in words.
  public var description: String {
    switch verdict {
    case .exact: "\(probes) probes, every digest of \(Kernels.contract) equal"
    default:
      "\(probes) probes, logits differ by \(rms) r.m.s., \(max) at most"
        + (firstLayer.map { $0 == 0 ? ", from the embedding on" : ", from layer \($0 - 1) on" }
          ?? "")
    }
  }
}

extension Record.Probe {
  // A record may list fewer candidates than are listed here.
  fileprivate func matches(_ recorded: Record.Probe) -> Bool {
    logits == recorded.logits && hidden == recorded.hidden
      && top.prefix(recorded.top.count).elementsEqual(recorded.top)
  }
}
