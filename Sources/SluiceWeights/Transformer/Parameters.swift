internal import CSluiceKernels

/// A matrix in panels of 16 columns, widened to binary32 once, when the model is loaded.
///
/// Both ways in which publishers store a matrix, and all types, become this one layout.
struct PackedMatrix: Sendable {
  let depth: Int
  let columns: Int
  private let storage: [Float]
  private let padding: Int

  var panelCount: Int { (columns + 15) / 16 }

  /// Packs `tensor`: `[out, in]` if `isTransposed`, else `[in, out]`.
  init(_ tensor: Tensor, isTransposed: Bool, on engine: Engine) {
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    let depth = isTransposed ? columns : rows
    self.depth = depth
    self.columns = isTransposed ? rows : columns
    let panels = (self.columns + 15) / 16
    let width = self.columns
    var padding = 0
    storage = tensor.withUnsafeBytes { bytes in
      // A cache line holds 16 floats, and Swift aligns an array to 4 of them only.
      [Float](unsafeUninitializedCapacity: panels * depth * 16 + 16) { buffer, count in
        guard let base = buffer.baseAddress, let element = tensor.elementType.element else {
          return
        }
        padding = (16 - Int(bitPattern: base) / 4 % 16) % 16
        (base + panels * depth * 16).update(repeating: 0, count: 16)
        base.update(repeating: 0, count: 16)
        let out = base + padding
        engine.divide(panels) { part in
          var matrix = sluice_matrix(
            source: bytes.baseAddress,
            element: element,
            depth: depth,
            columns: width,
            column_major: isTransposed
          )
          sluice_pack(&matrix, part.lowerBound, part.upperBound, out)
        }
        count = panels * depth * 16 + 16
      }
    }
    self.padding = padding
  }

  func withPanels(_ body: (UnsafePointer<Float>) -> Void) {
    storage.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      body(base + padding)
    }
  }
}

/// A matrix and what is added to its product; an empty bias is none.
struct Linear: Sendable {
  let matrix: PackedMatrix
  let bias: [Float]
}

/// The parameters of a layer norm.
struct Norm: Sendable {
  let weight: [Float]
  let bias: [Float]
  let epsilon: Float
}

extension Tensor {
  /// All elements as binary32; exact, but for F64, which is rounded.
  func widened() -> [Float] { widened(0..<elementCount) }

  /// The elements of `range` as binary32.
  func widened(_ range: Range<Int>) -> [Float] {
    withUnsafeBytes { bytes in
      [Float](unsafeUninitializedCapacity: range.count) { buffer, count in
        guard let base = buffer.baseAddress, let element = elementType.element,
          let source = bytes.baseAddress
        else { return }
        let before = sluice_environment_enter()
        defer { sluice_environment_leave(before) }
        let start = source + range.lowerBound * elementType.bits / 8
        sluice_widen(element, start, range.count, base)
        count = range.count
      }
    }
  }
}
