import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import HummingbirdTesting
import NIOCore
import SluiceLedger
import SluiceServer
import Testing

/// A file region that meets TLS in the pipeline ends the process, so the handler must see it coming.
@Suite("An encrypted delivery")
struct EncryptedDeliveryTests {
  @Test func `goes through one buffer, byte for byte`() async throws {
    let scratch = try Scratch(of: 3 << 20 + 12_345)
    let (reports, report) = AsyncStream.makeStream(of: Transfer.Report.self)
    let (_, begin) = AsyncStream.makeStream(of: Transfer.self)
    let limits = ServerLimits.patient
    let application = Application(
      router: FileServer.router(scratch, OpenTransfers(limit: 9, parallel: 9), begin, report),
      server: try .tls(limits.http, tlsConfiguration: LocalhostIdentity.configuration()),
      configuration: limits.listening(at: .hostname("127.0.0.1", port: 0)),
      logger: FileServer.quiet
    )
    try await application.test(.ahc(.https)) { client in
      let whole = try await client.executeRequest(
        uri: "/file",
        method: .get,
        headers: [:],
        body: nil
      )
      #expect(whole.body.readableBytesView.elementsEqual(scratch.bytes(0..<scratch.size)))
      let part = try await client.executeRequest(
        uri: "/file",
        method: .get,
        headers: [.range: "bytes=1000000-"],
        body: nil
      )
      #expect(part.body.readableBytesView.elementsEqual(scratch.bytes(1_000_000..<scratch.size)))
    }
    report.finish()
    let expected = [scratch.size, scratch.size - 1_000_000].map {
      Transfer.Report(outcome: .complete, handed: $0, acknowledged: $0, evidence: .tls)
    }
    #expect(await reports.reduce(into: []) { $0.append($1) } == expected)
  }
}
