import Foundation

/// One figure, and what it has to be.
struct Figure {
  enum Bound {
    /// A ratio to the peer's figure in the same run.
    case atLeast(Double)
    /// Milliseconds.
    case within(Double)
    case none
  }

  let name: String
  let bound: Bound
  let value: Double

  static func atLeast(_ bound: Double, _ name: String, _ value: Double) -> Figure {
    Figure(name: name, bound: .atLeast(bound), value: value)
  }

  static func within(_ bound: Double, _ name: String, _ value: Double) -> Figure {
    Figure(name: name, bound: .within(bound), value: value)
  }

  static func note(_ name: String, _ value: Double) -> Figure {
    Figure(name: name, bound: .none, value: value)
  }

  var isMissed: Bool {
    switch bound {
    case .atLeast(let least): value < least
    case .within(let most): value > most
    case .none: false
    }
  }

  /// The ratio that is bounded: to the peer, or to the time that it may take.
  var ratio: String {
    switch bound {
    case .atLeast: String(format: "%.2f", value)
    case .within(let most): String(format: "%.3f ms = %.2f", value, value / most)
    case .none: value >= 100 ? String(format: "%.0f", value) : String(format: "%.3f", value)
    }
  }

  var demand: String {
    switch bound {
    case .atLeast(let least): String(format: "≥ %.2f", least)
    case .within(let most): String(format: "of %g ms", most)
    case .none: ""
    }
  }
}

/// The figures of every size side by side.
struct FigureTable {
  private var sizes: [Int] = []
  private var columns: [[Figure]] = []

  mutating func add(_ figures: [Figure], of size: Int) {
    sizes.append(size)
    columns.append(figures)
  }

  /// What the largest missed.
  var missed: [String] {
    (columns.last ?? []).filter(\.isMissed).map { $0.name.trimmingCharacters(in: .whitespaces) }
  }

  /// A line a figure; `!` marks what misses its bound, and the last column says by how much it grows
  /// from the smallest deployment to the largest.
  var text: String {
    let grows = columns.count > 1
    var lines = [
      ["", "bound"] + sizes.map { "\($0) deliveries" } + (grows ? ["grows by"] : [])
    ]
    for (place, figure) in (columns.first ?? []).enumerated() {
      lines.append(
        [figure.name, figure.demand]
          + columns.map { $0[place].ratio + ($0[place].isMissed ? " !" : "") }
          + (grows ? [growth(at: place)] : [])
      )
    }
    let widths = (lines.first ?? []).indices.map { column in
      lines.map { $0[column].count }.max() ?? 0
    }
    return lines.map { line in
      zip(line, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private func growth(at place: Int) -> String {
    guard let first = columns.first?[place].value, let last = columns.last?[place].value, first > 0
    else { return "" }
    return String(format: "× %.2f", last / first)
  }
}
