extension Array where Element == UInt8 {
  /// Every beginning of these bytes but the whole.
  var truncations: [[UInt8]] { indices.map { Array(self[..<$0]) } }

  /// These bytes with one of them changed: each bit of each, and what text formats trip over.
  var flips: [[UInt8]] {
    indices.flatMap { index in
      let bits = (0..<8).map { self[index] ^ (1 << $0) }
      let others = Set(bits + [0x00, 0x09, 0x0a, 0x0d, 0x20, 0x2b, 0x3d, 0x41, 0xff])
      return others.subtracting([self[index]]).map { other in
        var copy = self
        copy[index] = other
        return copy
      }
    }
  }

  var mutations: [[UInt8]] { truncations + flips }
}
