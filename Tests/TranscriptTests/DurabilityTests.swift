import Foundation
import Testing

/// What is on the disk when a command ends, seen in the calls that it makes.
@Suite("A power cut")
struct DurabilityTests {
  private static let strace = "/usr/bin/strace"

  @Test func `takes neither the names of a new home nor those in it`() throws {
    let stage = try Stage(files: [])
    defer {
      do { try stage.leave() } catch { Issue.record(error) }
    }
    let made = try calls(of: ["init", "--home", "deep/new/home"], on: stage)
    let named = try #require(made.firstIndex { $0.hasPrefix("rename") && $0.hasSuffix("/home") })
    let (before, after) = (made[..<named], made[named...])
    let draft = #/fsync .*/deep/new/\.home-[0-9a-f]{8}/#
    #expect(before.contains { $0.wholeMatch(of: draft) != nil })
    #expect(before.contains { $0.hasSuffix("/keys") })
    #expect(before.contains("fsync \(stage.folder.path())/deep"), "deep is made anew, new in it")
    #expect(before.contains("fsync \(stage.folder.path())"))
    #expect(after.contains("fsync \(stage.folder.path())/deep/new"))
  }

  @Test func `does not take the folder of the first blob`() throws {
    let stage = try Stage(files: [])
    defer {
      do { try stage.leave() } catch { Issue.record(error) }
    }
    let words = ["quickstart", "tiny", "--release", "ana/tiny", "--as", "ana", "--key", "ana"]
    let made = try calls(of: words + ["--yes"], on: stage)
    let named = try #require(made.firstIndex { $0.contains("/home/blobs/sha256/") })
    #expect(made[named...].contains("fsync \(stage.folder.path())/home/blobs"))
  }

  /// What the program waits for and renames, in order: `fsync PATH`, `rename FROM TO`.
  private func calls(of arguments: [String], on stage: Stage) throws -> [String] {
    let seen = try stage.run(
      Self.strace,
      ["-f", "-y", "-qq", "-s", "4096", "-e", "trace=/^(fsync|rename.*)$", "-o", "calls"]
        + [Stage.program] + arguments
    )
    #expect(seen.status == 0, "\(seen.stderr)")
    let text = try String(contentsOf: stage.folder.appending(path: "calls"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      if let call = line.firstMatch(of: #/ fsync\(\d+<([^>]*)>/#) {
        return "fsync \(call.output.1)"
      }
      guard let call = line.firstMatch(of: #/ rename\w*\(.*?"([^"]*)".*?"([^"]*)"/#) else {
        return nil
      }
      return "rename \(call.output.1) \(call.output.2)"
    }
  }
}
