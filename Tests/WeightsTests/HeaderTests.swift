import Foundation
import SluiceEncoding
import SluiceWeights
import Testing

@Suite("A safetensors header")
struct HeaderTests {
  static let malformed = Fixtures.golden("malformed")

  @Test func `meets the required verdict in each of the fifty files`() throws {
    let expected = try #require(Fixtures.json("\(Self.malformed)/expected.json").objectValue)
    #expect(expected.members.count == 50)
    for member in expected.members {
      let bytes = try Fixtures.bytes("\(Self.malformed)/\(member.name).safetensors")
      let required = member.value.objectValue?["error"]?.stringValue
      do throws(SafeTensorsFault) {
        _ = try header(bytes)
        #expect(required == nil, "\(member.name)")
      } catch {
        #expect(error.kind.rawValue == required, "\(member.name): \(error)")
      }
    }
  }

  @Test func `lists tensors by their bytes, with scalars and empty ones`() throws {
    let read = try header(
      safetensors(
        #"{"__metadata__":{"a":"b"},"z":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"#
          + #""e":{"dtype":"F64","shape":[3,0],"data_offsets":[4,4]},"#
          + #""a\u00e9":{"shape":[2],"data_offsets":[4,8],"dtype":"BF16"}}  "#,
        [0, 0, 128, 63, 1, 2, 3, 4]
      )
    )
    #expect(read.metadata == ["a": "b"])
    #expect(read.entries.map(\.name) == ["z", "e", "aé"])
    #expect(read.entries.map(\.shape) == [[], [3, 0], [2]])
    #expect(read.entries.map(\.elementType) == [.f32, .f64, .bf16])
    #expect(read.entries.map(\.offsets) == [0..<4, 4..<4, 4..<8])
  }

  @Test(arguments: [640, 896, 1152, 1408, 66_176])
  func `of a length that looks like a pickle is none`(length: Int) throws {
    let text = #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#
    let padded = text + String(repeating: " ", count: length - text.utf8.count)
    let bytes = safetensors(padded, [7])
    #expect(bytes[0] == 0x80 && (2...5).contains(bytes[1]))
    #expect(try header(bytes).entries.count == 1)
    #expect(!bytes.withUnsafeBytes { Pickle.isPickle($0) })
  }

  @Test(arguments: [
    (#"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#, "invalidHeader"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}"#, "invalidHeader"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#, "invalidHeader"),
    (#"{"a":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}"#, "invalidHeader"),
    (
      #"{"a":{"dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,4]}}"#, "invalidHeader"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,4]}}"#,
      "validationOverflow"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[0,9223372036854775808],"data_offsets":[0,0]}}"#,
      "validationOverflow"
    ),
    (#"{"a":{"dtype":"F32","shape":[[[1]]],"data_offsets":[0,4]}}"#, "invalidHeader"),
    (#"{"a":null}"#, "invalidHeader"),
    (#"{"a":/**/1}"#, "invalidHeader"),
    (#"{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#, "invalidHeader"),
    (#"{"a\u0085":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#, "invalidTensorName"),
    // A wrong member comes first in the text, a duplicate first in the order of the rules.
    (
      #"{"a":{"dtype":"Q","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"U8","dtype":"U8"}}"#,
      "duplicateKey"
    ),
    (
      #"{"":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"Q","shape":[0],"data_offsets":[0,0]}}"#,
      "unknownDType"
    ),
  ])
  func `is refused for the first rule that it breaks`(text: String, kind: String) {
    let fault = #expect(throws: SafeTensorsFault.self) {
      try header(safetensors(text, [0, 0, 0, 0]))
    }
    #expect(fault?.kind.rawValue == kind)
  }

  @Test func `keeps two spellings of one letter apart`() throws {
    let read = try header(
      safetensors(
        #"{"\u00e9":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
          + #""e\u0301":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
        [0, 0]
      )
    )
    #expect(Set(read.entries.map(\.name)).count == 2)
  }

  @Test func `is refused wherever the file is cut`() throws {
    let bytes = try Fixtures.bytes("\(Self.malformed)/ok-two-tensors.safetensors")
    for count in 0..<bytes.count {
      #expect(throws: SafeTensorsFault.self, "\(count)") { try header(Array(bytes[..<count])) }
    }
  }

  @Test func `survives any flipped byte, and covers the file whenever it is accepted`() throws {
    let bytes = try Fixtures.bytes("\(Self.malformed)/ok-metadata.safetensors")
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << UInt8(bit)
        guard let read = try? header(changed) else { continue }
        let covered = read.entries.reduce(0) { $0 + $1.offsets.count }
        #expect(read.dataStart + covered == changed.count)
      }
    }
  }
}
