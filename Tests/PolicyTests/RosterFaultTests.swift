import SluiceGovernance
import Testing

@Suite("A broken roster")
struct RosterFaultTests {
  @Test func `is none, before it is broken`() throws {
    #expect(Self.faults(of: Sample.roster) == [])
  }

  @Test(arguments: try Break.blocks("roster-faults.txt"))
  func `is refused with all its faults, each with code, place and words`(broken: Break) throws {
    #expect(Self.faults(of: try broken.applied(to: Sample.roster)) == broken.faults)
  }

  private static func faults(of text: String) -> [String] {
    do throws(PolicyFaults) {
      _ = try Roster(text: text)
      return []
    } catch {
      return error.faults.map(\.vector)
    }
  }
}
