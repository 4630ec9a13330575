import Foundation

/// A size in the units people use: 1.5 GiB.
func readable(_ bytes: Int) -> String {
  var value = Double(bytes)
  for unit in ["B", "KiB", "MiB", "GiB"] {
    if value < 1024 || unit == "GiB" {
      return unit == "B" ? "\(bytes) B" : String(format: "%.1f %@", value, unit)
    }
    value /= 1024
  }
  return "\(bytes) B"
}

/// A time in the units people use: 2 h 5 min.
func readable(seconds: Int) -> String {
  if seconds < 60 { return "\(seconds) s" }
  if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
  return "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
}
