import Foundation
import Testing

/// The programs of the project besides `sluice`, started as somebody would.
@Suite("The bench")
struct BenchTests {
  @Test func `measures the memory of deliveries, and says what it measured`() throws {
    let stage = try Stage(files: [])
    defer {
      do { try stage.leave() } catch { Issue.record(error) }
    }
    let bench = URL(filePath: Stage.program).deletingLastPathComponent()
      .appending(path: "sluice-bench").path()
    let seen = try stage.run(bench, ["delivery-memory", "--clients", "2", "--size", "2"])
    #expect(seen.status == 0, "\(seen.stderr)")
    let form =
      #/
      clients\ +2\ ×\ 2\ MiB\ in\ [0-9]+\.[0-9]\ s\n
      resident\ before\ +[1-9][0-9]*\ MiB\n
      resident\ at\ peak\ +[1-9][0-9]*\ MiB\n
      growth\ +-?[0-9]+\ MiB\ of\ 64\ MiB\n
      /#
    #expect(seen.stdout.wholeMatch(of: form) != nil, "\(seen.stdout)")
    let left = try FileManager.default.contentsOfDirectory(atPath: stage.folder.path())
      .filter { $0.hasPrefix("sluice-bench-") }
    #expect(left == [])
    let refused = try stage.run(bench, ["delivery-memory", "--clients", "0"])
    #expect(refused.status != 0)
    #expect(refused.stderr.contains("--clients"))
  }
}
