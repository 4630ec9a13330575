internal import CSluiceKernels
public import SluiceEncoding

/// What a model says of the next token: one number for each token of the vocabulary, row by row.
///
/// Every number is finite, and a zero is +0: equal logits are equal bytes.
public struct Logits: Hashable, Sendable {
  /// Tokens in the vocabulary: numbers in a row.
  public let vocabulary: Int
  /// The rows one after another, a row a position.
  public let values: [Float]

  /// How many positions are described.
  public var rowCount: Int { values.count / vocabulary }

  /// The numbers of one position.
  public subscript(row: Int) -> ArraySlice<Float> {
    values[row * vocabulary..<(row + 1) * vocabulary]
  }

  /// SHA-256 over the little-endian binary32 numbers, row by row.
  public var digest: SHA256Digest { SHA256Digest(ofFloats: values) }

  /// The `count` most likely tokens of the last row, the likeliest first, then by their ids.
  public func top(_ count: Int) -> [(id: Int, logit: Float)] {
    let row = Array(self[rowCount - 1])
    var best: [Int] = []
    for id in row.indices where best.count < count || row[id] > row[best[best.count - 1]] {
      let place = best.firstIndex { row[$0] < row[id] } ?? best.count
      best.insert(id, at: place)
      if best.count > count { best.removeLast() }
    }
    return best.map { ($0, row[$0]) }
  }
}

extension SHA256Digest {
  /// Hashes numbers as the contract says: little-endian, a negative zero as a positive one.
  init(ofFloats values: [Float]) {
    var values = values
    self = values.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { sluice_clear_signs_of_zero(base, buffer.count) }
      #if _endian(big)
        for index in buffer.indices {
          buffer[index] = Float(bitPattern: buffer[index].bitPattern.littleEndian)
        }
      #endif
      return SHA256Digest(of: UnsafeRawBufferPointer(buffer))
    }
  }
}
