import SluiceEncoding
import Testing

@Suite("A git object")
struct GitObjectTests {
  /// What `git hash-object` says of an empty file and of `hello` with a line end.
  @Test func `is named as git names it`() {
    #expect(GitObject.blob([]) == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    #expect(GitObject.blob(Array("hello\n".utf8)) == "ce013625030ba8dba906f756967f9e9ca394464a")
  }

  /// The example of the git-lfs specification.
  @Test func `of git-lfs points to its content`() throws {
    let hex = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
    let pointer = GitObject.pointer(to: try SHA256Digest(hex: hex), size: 12_345)
    let expected = """
      version https://git-lfs.github.com/spec/v1
      oid sha256:\(hex)
      size 12345

      """
    #expect(pointer == Array(expected.utf8))
  }
}
