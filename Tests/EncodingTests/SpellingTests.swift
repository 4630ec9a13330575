import SluiceEncoding
import Testing

@Suite("Spelling")
struct SpellingTests {
  static let tiers = ["paper", "code", "weights", "weights-124m"]

  @Test(arguments: [
    ("weigths", "weights"), ("wieghts", "weights"), ("weight", "weights"), ("Weights", "weights"),
    ("cod", "code"), ("coed", "code"), ("papre", "paper"), ("weights-142m", "weights-124m"),
  ])
  func `finds what was meant`(word: String, meant: String) {
    #expect(Spelling.nearest(to: word, among: Self.tiers) == meant)
    #expect(Spelling.advice(on: word, among: Self.tiers) == "did you mean \(meant)?")
  }

  @Test(arguments: ["", "x", "data", "gewichte", "papers-and-code", "pap"])
  func `does not guess at another word`(word: String) {
    #expect(Spelling.nearest(to: word, among: Self.tiers) == nil)
    #expect(
      Spelling.advice(on: word, among: Self.tiers)
        == "known here: paper, code, weights, weights-124m"
    )
  }

  @Test func `takes the first of words equally near`() {
    #expect(Spelling.nearest(to: "boat", among: ["goat", "coat"]) == "goat")
    #expect(Spelling.nearest(to: "boat", among: ["coat", "goat"]) == "coat")
  }

  @Test func `says so where nothing is known`() {
    #expect(Spelling.advice(on: "x", among: []) == "none is known here")
  }

  @Test func `looks at no more than it must of a long word`() {
    let long = String(repeating: "w", count: 1 << 20)
    #expect(Spelling.nearest(to: long, among: Self.tiers) == nil)
  }
}
