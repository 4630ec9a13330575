internal import Foundation
internal import SluiceWeights

extension Binding {
  /// Refuses files that could not be bound, before anything is made for them.
  ///
  /// They are read where they are. What is bound later is checked again, as it was imported.
  ///
  /// - Parameters:
  ///   - selection: The files.
  ///   - options: How they would be bound.
  /// - Throws: ``Fault``; what the system threw.
  public static func check(_ selection: Selection, options: Options = Options()) throws {
    let directory = selection.directory.path(percentEncoded: false)
    _ = try inspect(selection.files.map(\.path), in: directory, options)
  }

  /// Looks into files and refuses those with faults.
  static func inspect(
    _ files: [String],
    in folder: String,
    _ options: Options
  ) throws -> Inspection {
    let inspection = try Inspection(
      of: folder,
      files: files,
      allowsNonFinite: options.allowsNonFinite
    )
    guard inspection.faults.isEmpty else {
      throw Fault.files(inspection.faults.map(\.description))
    }
    return inspection
  }
}
