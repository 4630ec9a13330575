import HTTPTypes
import SluiceEncoding
import SluiceServer
import Testing

@Suite("Preconditions")
struct PreconditionsTests {
  typealias Vector = (fields: HTTPFields, answer: Representation.Answer)

  static let published = Instant(seconds: 1_550_145_600)
  static let file = Representation(tag: EntityTag("a1"), modified: published, size: 1_000)
  static let then = HTTPDate.text(published)
  static let before = HTTPDate.text(Instant(seconds: published.seconds - 1))
  static let after = HTTPDate.text(Instant(seconds: published.seconds + 1))
  static let whole = Representation.Answer.bytes(.whole)
  static let part = Representation.Answer.bytes(.partial(0..<10))

  static let vectors: [Vector] = [
    ([:], whole),
    ([.range: "bytes=0-9"], part),
    ([.range: "bytes=1000-"], .bytes(.unsatisfiable)),

    ([.ifMatch: "\"a1\""], whole),
    ([.ifMatch: "\"b\", \"a1\""], whole),
    ([.ifMatch: "*"], whole),
    ([.ifMatch: "\"b\""], .failed),
    ([.ifMatch: "W/\"a1\""], .failed),
    ([.ifMatch: "a1"], .failed),
    ([.ifMatch: "\"b\"", .ifNoneMatch: "\"a1\""], .failed),
    ([.ifMatch: "\"a1\"", .ifUnmodifiedSince: before], whole),
    ([.ifUnmodifiedSince: before], .failed),
    ([.ifUnmodifiedSince: then], whole),
    ([.ifUnmodifiedSince: "yesterday"], whole),

    ([.ifNoneMatch: "\"a1\""], .unmodified),
    ([.ifNoneMatch: "W/\"a1\""], .unmodified),
    ([.ifNoneMatch: "\"b\" , W/\"a1\""], .unmodified),
    ([.ifNoneMatch: "*"], .unmodified),
    ([.ifNoneMatch: "\"b\""], whole),
    ([.ifNoneMatch: "a1"], whole),
    ([.ifNoneMatch: "\"b\"", .ifModifiedSince: after], whole),
    ([.ifModifiedSince: then], .unmodified),
    ([.ifModifiedSince: after], .unmodified),
    ([.ifModifiedSince: before], whole),
    ([.ifModifiedSince: "yesterday"], whole),
    ([.ifNoneMatch: "\"a1\"", .range: "bytes=0-9"], .unmodified),

    ([.ifRange: "\"a1\"", .range: "bytes=0-9"], part),
    ([.ifRange: "\"b\"", .range: "bytes=0-9"], whole),
    ([.ifRange: "W/\"a1\"", .range: "bytes=0-9"], whole),
    ([.ifRange: "*", .range: "bytes=0-9"], whole),
    ([.ifRange: then, .range: "bytes=0-9"], part),
    ([.ifRange: after, .range: "bytes=0-9"], whole),
    ([.ifRange: before, .range: "bytes=0-9"], whole),
    ([.ifRange: "\"b\"", .range: "bytes=1000-"], whole),
  ]

  @Test(arguments: vectors)
  func `are answered in the standard's order`(vector: Vector) {
    #expect(answer(vector.fields) == vector.answer)
  }

  @Test func `give a range to GET only`() {
    #expect(answer([.range: "bytes=0-9"], .head) == Self.whole)
    #expect(answer([.range: "bytes=0-9"], .post) == Self.whole)
    #expect(answer([.ifNoneMatch: "\"a1\""], .head) == .unmodified)
  }

  @Test func `take a date for If-Range only when a minute has passed over it`() {
    let fields: HTTPFields = [.ifRange: Self.then, .range: "bytes=0-9"]
    let early = Instant(seconds: Self.published.seconds + 59)
    #expect(Self.file.answer(for: .get, fields, at: early) == Self.whole)
    let late = Instant(seconds: Self.published.seconds + 60)
    #expect(Self.file.answer(for: .get, fields, at: late) == Self.part)
  }

  @Test func `read a header that came in several lines as one list`() {
    var fields = HTTPFields()
    fields.append(HTTPField(name: .ifNoneMatch, value: "\"b\""))
    fields.append(HTTPField(name: .ifNoneMatch, value: "\"a1\""))
    #expect(answer(fields) == .unmodified)
  }

  private func answer(
    _ fields: HTTPFields,
    _ method: HTTPRequest.Method = .get
  ) -> Representation.Answer {
    let now = Instant(seconds: Self.published.seconds + 86_400)
    return Self.file.answer(for: method, fields, at: now)
  }
}
