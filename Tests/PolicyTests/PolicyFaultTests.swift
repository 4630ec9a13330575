import SluiceGovernance
import Testing

@Suite("A broken policy")
struct PolicyFaultTests {
  @Test func `is none, before it is broken`() throws {
    #expect(Self.faults(of: Sample.policy) == [])
  }

  @Test(arguments: try Break.blocks("faults.txt"))
  func `is refused with all its faults, each with code, place and words`(broken: Break) throws {
    #expect(Self.faults(of: try broken.applied(to: Sample.policy)) == broken.faults)
  }

  private static func faults(of text: String) -> [String] {
    do throws(PolicyFaults) {
      _ = try Policy(text: text)
      return []
    } catch {
      return error.faults.map(\.vector)
    }
  }
}
