internal import CSluiceKernels
internal import Foundation

extension Transformer {
  /// How many threads this machine runs at once.
  public static var availableThreads: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// A sequence that grows: what was computed for earlier tokens is kept and used again.
  public struct Session {
    private let model: GPT2
    private let engine: Engine
    private let capacity: Int
    private var caches: [KeyValueCache]
    private var count = 0

    init(_ model: GPT2, _ engine: Engine, capacity: Int) {
      self.model = model
      self.engine = engine
      self.capacity = capacity
      let shape = model.shape
      let cache = KeyValueCache(
        heads: shape.heads,
        width: shape.width / shape.heads,
        capacity: capacity
      )
      caches = Array(repeating: cache, count: shape.layers)
    }

    /// Adds tokens and returns the logits of the positions among them that are wanted.
    ///
    /// - Throws: A `Fault`, after which the session is as before; or `CancellationError`, after which
    ///   it must not be used.
    public mutating func append(
      _ ids: [Int],
      rows: Rows = .last(1),
      keepingHidden: Bool = false
    ) throws -> Output {
      let shape = model.shape
      guard !ids.isEmpty else { throw Fault.empty }
      guard count + ids.count <= capacity else {
        throw Fault.tooLong(count: count + ids.count, positions: capacity)
      }
      if let id = ids.first(where: { !(0..<shape.vocabulary).contains($0) }) {
        throw Fault.unknownToken(id, vocabulary: shape.vocabulary)
      }
      var state = embed(ids)
      var hidden = keepingHidden ? [state] : []
      var scratch = Scratch(shape, count: ids.count)
      for layer in model.layers.indices {
        try Task.checkCancellation()
        run(layer, &state, count: ids.count, &scratch)
        if keepingHidden { hidden.append(state) }
      }
      let wanted = rows.count(of: ids.count)
      let (normed, logits) = try finish(state, last: wanted, of: ids.count)
      count += ids.count
      return Output(logits: logits, hidden: hidden, normed: normed, width: shape.width)
    }

    // Row by row from the stored tensors: only the tokens that occur are widened.
    private func embed(_ ids: [Int]) -> [Float] {
      let width = model.shape.width
      var state: [Float] = []
      for (offset, id) in ids.enumerated() {
        var row = model.tokens.widened(id * width..<(id + 1) * width)
        let place = count + offset
        let position = model.positions.widened(place * width..<(place + 1) * width)
        engine.divide(1) { _ in sluice_add(&row, position, width) }
        state += row
      }
      return state
    }

    private mutating func run(
      _ index: Int,
      _ state: inout [Float],
      count rows: Int,
      _ scratch: inout Scratch
    ) {
      let (layer, engine) = (model.layers[index], engine)
      let size = state.count
      engine.normalise(state, count: rows, by: layer.attentionNorm, into: &scratch.normed)
      engine.multiply(scratch.normed, count: rows, by: layer.attention, into: &scratch.wide)
      caches[index].append(scratch.wide, count: rows, at: count)
      engine.attend(
        scratch.wide,
        count: rows,
        at: count,
        in: caches[index],
        scale: model.scale(layer: index),
        into: &scratch.normed
      )
      engine.multiply(scratch.normed, count: rows, by: layer.attentionOut, into: &scratch.change)
      engine.divide(1) { _ in sluice_add(&state, scratch.change, size) }
      engine.normalise(state, count: rows, by: layer.innerNorm, into: &scratch.normed)
      engine.multiply(scratch.normed, count: rows, by: layer.inner, into: &scratch.wide)
      engine.activate(
        model.shape.activation,
        &scratch.wide,
        count: rows * model.shape.inner
      )
      engine.multiply(scratch.wide, count: rows, by: layer.innerOut, into: &scratch.change)
      engine.divide(1) { _ in sluice_add(&state, scratch.change, size) }
    }

    private func finish(
      _ state: [Float],
      last wanted: Int,
      of rows: Int
    ) throws -> ([Float], Logits) {
      let (width, vocabulary) = (model.shape.width, model.shape.vocabulary)
      let tail = Array(state[(rows - wanted) * width..<rows * width])
      var normed = [Float](repeating: 0, count: wanted * width)
      engine.normalise(tail, count: wanted, by: model.finalNorm, into: &normed)
      var values = [Float](repeating: 0, count: wanted * vocabulary)
      engine.multiply(normed, count: wanted, by: model.head, into: &values)
      let bad = sluice_first_nonfinite(values, values.count)
      guard bad == values.count else {
        throw Fault.nonFinite(position: count + rows - wanted + bad / vocabulary)
      }
      engine.divide(1) { _ in sluice_clear_signs_of_zero(&values, wanted * vocabulary) }
      return (normed, Logits(vocabulary: vocabulary, values: values))
    }
  }

  /// Room for what a layer computes, the same for all layers.
  private struct Scratch {
    var normed: [Float]
    var wide: [Float]
    var change: [Float]

    init(_ shape: GPT2Shape, count: Int) {
      normed = [Float](repeating: 0, count: count * shape.width)
      wide = [Float](repeating: 0, count: count * max(3 * shape.width, shape.inner))
      change = [Float](repeating: 0, count: count * shape.width)
    }
  }
}
