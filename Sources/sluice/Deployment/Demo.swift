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
      Example: sluice demo
      """
  )

  @Flag(help: "Leave the daemon running and print what to try next.")
  var serve = false

  @Option(help: "Keep everything in this folder, which must not exist.", completion: .directory)
  var keep: String?

  @OptionGroup var rendering: Rendering

  func run() async throws {
    let folder =
      keep.map(Files.url)
      ?? FileManager.default.temporaryDirectory
      .appending(path: "sluice-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    let theatre = try DemoTheatre(folder: folder, isQuiet: rendering.json || rendering.quiet)
    do {
      try await DemoStory(theatre).tell(servesOn: serve)
      if serve {
        let transport = try HTTPTransport.transport(to: theatre["address"], token: nil)
        theatre["vkey"] = try await RemoteDeployment(transport: transport).standing().vkey
        let state = DemoState(theatre: theatre)
        FileHandle.standardOutput.write(
          Data(((rendering.json ? state.json.text : state.text) + "\n").utf8)
        )
        theatre.waitForDaemon()
      } else if rendering.json {
        print(
          JSONValue.object([
            "release": .string(DemoStory.release), "steps": .integer(theatre.steps),
          ]).text
        )
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
