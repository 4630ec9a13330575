/// An open safetensors file: its validated header and its tensors.
public struct TensorFile: Sendable {
  /// The file's name in its directory.
  public let name: String
  /// What it says about itself.
  public let header: Header
  /// Its tensors, in the order of their bytes.
  public let tensors: [Tensor]

  /// Opens the file at `path`, which is called `name` in reports.
  ///
  /// - Throws: A `WeightsFault` for a file that is no safetensors file, else what the system threw.
  public init(path: String, name: String) throws {
    let file = try MappedFile(path: path)
    do throws(SafeTensorsFault) {
      let header = try Header(of: file)
      self.name = name
      self.header = header
      tensors = header.entries.map { entry in
        let start = header.dataStart
        return Tensor(
          name: entry.name,
          elementType: entry.elementType,
          shape: entry.shape,
          range: start + entry.offsets.lowerBound..<start + entry.offsets.upperBound,
          file: file
        )
      }
    } catch {
      throw WeightsFault(name, .safeTensors(error))
    }
  }

  /// The bytes of all tensors together.
  public var tensorBytes: Int { tensors.reduce(0) { $0 + $1.range.count } }
}

extension TensorFile {
  /// How the names of safetensors files end.
  public static let suffix = ".safetensors"
}
