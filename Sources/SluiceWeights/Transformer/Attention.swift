internal import CSluiceKernels

/// What a layer remembers of the tokens it has seen.
///
/// Keys are panels of 16 tokens, so that scores are a product like any other; values are panels of 16
/// components with the tokens as depth.
struct KeyValueCache {
  let heads: Int
  let width: Int
  let capacity: Int
  let keyStride: Int
  let valueStride: Int
  private(set) var keys: [Float]
  private(set) var values: [Float]

  init(heads: Int, width: Int, capacity: Int) {
    self.heads = heads
    self.width = width
    self.capacity = (capacity + 15) / 16 * 16
    keyStride = width * self.capacity
    valueStride = (width + 15) / 16 * 16 * self.capacity
    keys = [Float](repeating: 0, count: heads * keyStride)
    values = [Float](repeating: 0, count: heads * valueStride)
  }

  /// Remembers the keys and values of `count` tokens, in rows of query, key and value.
  mutating func append(_ rows: UnsafePointer<Float>, count: Int, at position: Int) {
    let total = heads * width
    for row in 0..<count {
      let (token, lane) = (position + row, (position + row) % 16)
      let key = rows + row * 3 * total + total
      let value = key + total
      for head in 0..<heads {
        let panel = head * keyStride + token / 16 * width * 16 + lane
        for component in 0..<width {
          keys[panel + component * 16] = key[head * width + component]
          let place = head * valueStride + component / 16 * capacity * 16
          values[place + token * 16 + component % 16] = value[head * width + component]
        }
      }
    }
  }
}

extension Engine {
  // As many rows as the widest tile has.
  private static let block = 6

  /// Attends causally: each of `count` tokens from `position` on to itself and all before it.
  ///
  /// `rows` are query, key and value of each token; the keys and values are already in the cache.
  func attend(
    _ rows: UnsafePointer<Float>,
    count: Int,
    at position: Int,
    in cache: KeyValueCache,
    scale: Float,
    into out: UnsafeMutablePointer<Float>
  ) {
    let blocks = (count + Self.block - 1) / Self.block
    let total = cache.heads * cache.width
    divide(cache.heads * blocks) { part in
      var scores = [Float](repeating: 0, count: Self.block * cache.capacity)
      scores.withUnsafeMutableBufferPointer { scores in
        guard let scores = scores.baseAddress else { return }
        for unit in part {
          let first = unit % blocks * Self.block
          attend(
            rows,
            first..<min(first + Self.block, count),
            at: position,
            head: unit / blocks,
            in: cache,
            scale: scale,
            scores: scores,
            into: out
          )
        }
      }
    }
    divide(count * total, grain: 1 << 16) { part in
      sluice_clear_signs_of_zero(out + part.lowerBound, part.count)
    }
  }

  // The rows of a block share the keys that all of them see; what the later rows see beyond that is
  // added to their chains, so every chain has just its own keys, in ascending order.
  private func attend(
    _ rows: UnsafePointer<Float>,
    _ block: Range<Int>,
    at position: Int,
    head: Int,
    in cache: KeyValueCache,
    scale: Float,
    scores: UnsafeMutablePointer<Float>,
    into out: UnsafeMutablePointer<Float>
  ) {
    let (width, total) = (cache.width, cache.heads * cache.width)
    let shared = position + block.lowerBound + 1
    let seen = position + block.upperBound
    cache.keys.withUnsafeBufferPointer { keys in
      guard let keys = keys.baseAddress else { return }
      var product = sluice_product(
        rows: rows + block.lowerBound * 3 * total + head * width,
        row_count: block.count,
        row_stride: 3 * total,
        panels: keys + head * cache.keyStride,
        panel_stride: width * 16,
        first_panel: 0,
        end_panel: (seen + 15) / 16,
        depth: width,
        columns: seen,
        bias: nil,
        out: scores,
        out_stride: cache.capacity,
        accumulate: false
      )
      sluice_multiply(path.code, &product)
    }
    for row in 0..<block.count {
      sluice_softmax(path.code, scores + row * cache.capacity, shared + row, scale)
    }
    cache.values.withUnsafeBufferPointer { values in
      guard let values = values.baseAddress else { return }
      let panels = values + head * cache.valueStride
      let result = out + block.lowerBound * total + head * width
      var product = sluice_product(
        rows: scores,
        row_count: block.count,
        row_stride: cache.capacity,
        panels: panels,
        panel_stride: cache.capacity * 16,
        first_panel: 0,
        end_panel: (width + 15) / 16,
        depth: shared,
        columns: width,
        bias: nil,
        out: result,
        out_stride: total,
        accumulate: false
      )
      sluice_multiply(path.code, &product)
      product.row_count = 1
      product.accumulate = true
      for row in 1..<max(1, block.count) {
        product.rows = UnsafePointer(scores + row * cache.capacity + shared)
        product.panels = panels + shared * 16
        product.depth = row
        product.out = result + row * total
        sluice_multiply(path.code, &product)
      }
    }
  }
}
