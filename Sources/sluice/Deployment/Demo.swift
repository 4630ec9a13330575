import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding

/// `sluice demo`: the whole story in one command, told step by step.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Show the whole story on a generated model: release, refuse, approve, deliver, audit.",
    discussion: """
      Works in a temporary folder, with throw-away keys, through a real daemon on a free port. Every \
      step is a command of this program that you could type yourself.
      Example: sluice demo --serve
      """
  )

  @Flag(help: "Leave the daemon running and print what to try next.")
  var serve = false

  @Option(help: "Keep everything in this folder, which must not exist.")
  var keep: String?

  @Flag(help: "With --serve: print one line of JSON, then serve.")
  var json = false

  func run() async throws {
    if json, !serve { throw ValidationError("--json goes with --serve") }
    let folder =
      keep.map(Files.url)
      ?? FileManager.default.temporaryDirectory
      .appending(path: "sluice-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    let theatre = try DemoTheatre(folder: folder, isQuiet: json)
    do {
      try await DemoStory(theatre).tell(servesOn: serve)
      if serve {
        let transport = try HTTPTransport.transport(to: theatre["address"], token: nil)
        theatre["vkey"] = try await RemoteDeployment(transport: transport).standing().vkey
        let state = DemoState(theatre: theatre)
        FileHandle.standardOutput.write(Data(((json ? state.json.text : state.text) + "\n").utf8))
        theatre.waitForDaemon()
      }
    } catch {
      theatre.close()
      if keep == nil { try FileManager.default.removeItem(at: folder) }
      throw error
    }
    theatre.close()
    if keep == nil { try FileManager.default.removeItem(at: folder) }
  }
}
