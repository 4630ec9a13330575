internal import CSluiceKernels
internal import Foundation

/// Carries out the kernels: on which path, and on how many threads.
///
/// Work is divided over outputs only. Each output is one chain of operations, so neither the number
/// of threads nor the division can be seen in a result.
struct Engine: Sendable {
  let path: Kernels.Path
  let threads: Int

  init(path: Kernels.Path, threads: Int) {
    precondition(path.isAvailable, "a path that this processor lacks")
    precondition(threads > 0, "work without a thread")
    self.path = path
    self.threads = threads
  }

  /// Calls `body` with ranges that together are `0..<count`, at the same time where that pays.
  ///
  /// Each call runs under the contract's rounding, whatever its thread was set to.
  func divide(_ count: Int, grain: Int = 1, _ body: (Range<Int>) -> Void) {
    let parts = max(1, min(threads, count / max(1, grain)))
    withoutActuallyEscaping(body) { body in
      run(Work(count: count, parts: parts, body: body))
    }
  }

  private func run(_ work: Work) {
    guard work.parts > 1 else { return work.run(0) }
    // The body is not sendable, as it holds pointers; here it may still be shared. All calls are over
    // before the next line, and ranges that do not overlap write to places that do not.
    withUnsafePointer(to: work) { place in
      let address = UInt(bitPattern: place)
      DispatchQueue.concurrentPerform(iterations: work.parts) { part in
        UnsafePointer<Work>(bitPattern: address)?.pointee.run(part)
      }
    }
  }

  private struct Work {
    let count: Int
    let parts: Int
    let body: (Range<Int>) -> Void

    func run(_ part: Int) {
      let before = sluice_environment_enter()
      defer { sluice_environment_leave(before) }
      body(count * part / parts..<count * (part + 1) / parts)
    }
  }

  /// Normalises rows of `norm`'s width.
  func normalise(
    _ rows: UnsafePointer<Float>,
    count: Int,
    by norm: Norm,
    into out: UnsafeMutablePointer<Float>
  ) {
    let width = norm.weight.count
    divide(count, grain: 8) { part in
      let start = part.lowerBound * width
      sluice_layer_norm(
        path.code,
        rows + start,
        part.count,
        width,
        norm.weight,
        norm.bias,
        norm.epsilon,
        out + start
      )
    }
  }

  /// Applies an activation in place.
  func activate(_ activation: Activation, _ values: UnsafeMutablePointer<Float>, count: Int) {
    divide(count, grain: 1 << 14) { part in
      sluice_activate(path.code, activation.code, values + part.lowerBound, part.count)
    }
  }

  /// out = bias + rows · matrix; columns are divided among the threads.
  func multiply(
    _ rows: UnsafePointer<Float>,
    count: Int,
    by linear: Linear,
    into out: UnsafeMutablePointer<Float>
  ) {
    let matrix = linear.matrix
    matrix.withPanels { panels in
      linear.bias.withUnsafeBufferPointer { bias in
        divide(matrix.panelCount, grain: 1 + (1 << 15) / (count * matrix.depth)) { part in
          var product = sluice_product(
            rows: rows,
            row_count: count,
            row_stride: matrix.depth,
            panels: panels,
            panel_stride: matrix.depth * 16,
            first_panel: part.lowerBound,
            end_panel: part.upperBound,
            depth: matrix.depth,
            columns: matrix.columns,
            bias: bias.isEmpty ? nil : bias.baseAddress,
            out: out,
            out_stride: matrix.columns,
            accumulate: false
          )
          sluice_multiply(path.code, &product)
        }
      }
    }
  }
}
