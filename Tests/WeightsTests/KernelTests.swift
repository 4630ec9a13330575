import CSluiceKernels
import Foundation
import SluiceWeights
import Testing

@Suite("The kernels")
struct KernelTests {
  /// Both paths where the processor has both, else the one that runs everywhere.
  static let paths: [sluice_path] = [SLUICE_PATH_SCALAR, SLUICE_PATH_AVX2].filter {
    sluice_path_is_available($0)
  }

  @Test(arguments: [1, 2, 5, 6, 7, 13, 97], [1, 15, 16, 17, 64, 70])
  func `multiply as one chain for each element`(rows: Int, columns: Int) {
    let depth = 19
    let x = numbers(rows * depth, seed: 1)
    let weights = numbers(depth * columns, seed: 2)
    let bias = numbers(columns, seed: 3)
    var expected = [Float](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        var chain = bias[column]
        for k in 0..<depth {
          chain.addProduct(x[row * depth + k], weights[k * columns + column])
        }
        expected[row * columns + column] = chain
      }
    }
    let panels = packed(weights, depth: depth, columns: columns)
    for path in Self.paths {
      var out = [Float](repeating: .nan, count: rows * columns + 1)
      for part in [0..<1, 1..<(columns + 15) / 16] where !part.isEmpty {
        multiply(path, x, panels, bias, depth: 0..<depth, columns, part, into: &out)
      }
      #expect(out.last?.isNaN == true)
      #expect(out.dropLast().map(\.bitPattern) == expected.map(\.bitPattern))
    }
  }

  @Test(arguments: [1, 4], [3, 16, 40, 80])
  func `go on with a chain where it was left`(rows: Int, columns: Int) {
    let depth = 19
    let x = numbers(rows * depth, seed: 4)
    let panels = packed(numbers(depth * columns, seed: 5), depth: depth, columns: columns)
    let part = 0..<(columns + 15) / 16
    for path in Self.paths {
      var whole = [Float](repeating: 0, count: rows * columns + 1)
      multiply(path, x, panels, nil, depth: 0..<depth, columns, part, into: &whole)
      var parts = [Float](repeating: .nan, count: rows * columns + 1)
      multiply(path, x, panels, nil, depth: 0..<7, columns, part, into: &parts)
      multiply(path, x, panels, nil, depth: 7..<depth, columns, part, into: &parts, going: true)
      #expect(parts.dropLast().map(\.bitPattern) == whole.dropLast().map(\.bitPattern))
    }
  }

  @Test func `give the same bits on every path`() {
    let x = numbers(7 * 37, seed: 6).map { $0 * 3 }
    let (weight, bias) = (numbers(37, seed: 7), numbers(37, seed: 8))
    var results: [[[UInt32]]] = []
    for path in Self.paths {
      var normed = x
      sluice_layer_norm(path, x, 7, 37, weight, bias, 1e-5, &normed)
      var soft = x
      sluice_softmax(path, &soft, soft.count, 0.125)
      var rows = [normed, soft]
      let activations = [
        SLUICE_ACTIVATION_GELU_ERF, SLUICE_ACTIVATION_GELU_TANH, SLUICE_ACTIVATION_SILU,
        SLUICE_ACTIVATION_RELU,
      ]
      for activation in activations {
        var active = x + [0, -0.0, 100, -100, 1e-30, .leastNonzeroMagnitude, 88, -88]
        sluice_activate(path, activation, &active, active.count)
        rows.append(active)
      }
      results.append(rows.map { $0.map(\.bitPattern) })
    }
    #expect(Set(results).count == 1)
  }

  @Test func `come near the true functions`() {
    for path in Self.paths {
      for step in -8_000...8_000 {
        let x = Float(step) / 100
        let exponential = exp(Double(x))
        #expect(abs(Double(sluice_exp(path, x)) - exponential) <= 1.2e-7 * exponential)
        let small = x / 10
        #expect(abs(Double(sluice_tanh(path, small)) - tanh(Double(small))) <= 1.2e-7)
        #expect(abs(Double(sluice_erf(path, small)) - erf(Double(small))) <= 1.3e-7)
      }
    }
  }

  @Test func `keep what lies at the ends`() {
    for path in Self.paths {
      #expect(sluice_exp(path, -104) == 0)
      #expect(sluice_exp(path, -103.5) == .leastNonzeroMagnitude)
      #expect(sluice_exp(path, -.infinity) == 0)
      #expect(sluice_exp(path, 88.8) == .infinity)
      #expect(sluice_exp(path, 0) == 1)
      #expect(sluice_exp(path, .nan).isNaN)
      #expect(sluice_tanh(path, -0.0).bitPattern == Float(-0.0).bitPattern)
      #expect(sluice_tanh(path, .infinity) == 1)
      #expect(sluice_erf(path, -.infinity) == -1)
      #expect(sluice_erf(path, .nan).isNaN)
    }
  }

  @Test func `widen every half-precision number exactly`() {
    let patterns = (0...UInt16.max).map { $0 }
    var out = [Float](repeating: 0, count: patterns.count)
    sluice_widen(SLUICE_ELEMENT_F16, patterns, patterns.count, &out)
    let wrong = zip(patterns, out).filter { pattern, value in
      let expected = Float(Float16(bitPattern: pattern))
      return expected.isNaN ? !value.isNaN : value.bitPattern != expected.bitPattern
    }
    #expect(wrong.map(\.0) == [])
  }

  @Test func `widen the other types, aligned or not`() {
    let brain: [UInt16] = [0x3f80, 0xc000, 0x0001, 0x7f80]
    var out = [Float](repeating: 0, count: 4)
    sluice_widen(SLUICE_ELEMENT_BF16, brain, 4, &out)
    #expect(out == [1, -2, Float(bitPattern: 0x10000), .infinity])
    let doubles: [Double] = [0.1, 1 + 0x1p-24, 1e300, -0.0]
    sluice_widen(SLUICE_ELEMENT_F64, doubles, 4, &out)
    #expect(out.map(\.bitPattern) == [0.1, 1, .infinity, -0.0].map { Float($0).bitPattern })
    let bytes: [UInt8] = [9, 0, 0, 0x80, 0x3f]
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      sluice_widen(SLUICE_ELEMENT_F32, base + 1, 1, &out)
    }
    #expect(out[0] == 1)
  }

  // `out` has an element more than the product, `x` and `panels` have 19 as depth.
  private func multiply(
    _ path: sluice_path,
    _ x: [Float],
    _ panels: [Float],
    _ bias: [Float]?,
    depth: Range<Int>,
    _ columns: Int,
    _ part: Range<Int>,
    into out: inout [Float],
    going: Bool = false
  ) {
    let rows = x.count / 19
    x.withUnsafeBufferPointer { x in
      panels.withUnsafeBufferPointer { panels in
        (bias ?? []).withUnsafeBufferPointer { start in
          out.withUnsafeMutableBufferPointer { out in
            guard let x = x.baseAddress, let panels = panels.baseAddress else { return }
            var product = sluice_product()
            product.rows = x + depth.lowerBound
            (product.row_count, product.row_stride) = (rows, 19)
            product.panels = panels + depth.lowerBound * 16
            product.panel_stride = 19 * 16
            (product.first_panel, product.end_panel) = (part.lowerBound, part.upperBound)
            (product.depth, product.columns) = (depth.count, columns)
            product.bias = bias == nil ? nil : start.baseAddress
            (product.out, product.out_stride) = (out.baseAddress, columns)
            product.accumulate = going
            sluice_multiply(path, &product)
          }
        }
      }
    }
  }

  private func packed(_ weights: [Float], depth: Int, columns: Int) -> [Float] {
    let panels = (columns + 15) / 16
    var (rows, linear) = ([Float](repeating: .nan, count: panels * depth * 16), [Float]())
    linear = rows
    let flipped = (0..<columns).flatMap { n in (0..<depth).map { weights[$0 * columns + n] } }
    func pack(_ source: [Float], _ columnMajor: Bool, into out: inout [Float]) {
      source.withUnsafeBytes { source in
        var matrix = sluice_matrix(
          source: source.baseAddress,
          element: SLUICE_ELEMENT_F32,
          depth: depth,
          columns: columns,
          column_major: columnMajor
        )
        sluice_pack(&matrix, 0, panels, &out)
      }
    }
    pack(weights, false, into: &rows)
    pack(flipped, true, into: &linear)
    #expect(rows == linear)
    for column in columns..<16 * panels {
      #expect(
        (0..<depth).allSatisfy { rows[(panels - 1) * depth * 16 + $0 * 16 + column % 16] == 0 }
      )
    }
    return rows
  }

  private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int64(bitPattern: state) >> 40) / 0x1p23
    }
  }
}
