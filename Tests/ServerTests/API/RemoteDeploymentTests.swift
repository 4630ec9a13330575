import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A remote deployment")
struct RemoteDeploymentTests {
  @Test func `asks at the path with the token`() async throws {
    let remote = RemoteDeployment(
      transport: Transport { call in
        #expect(call.method == .get)
        #expect(call.target == "/sluice/v1/cases?release=ana%2Ftiny&mine=true&limit=9&after=rest-4")
        #expect(call.headers.contains(HTTPHeader("authorization", "Bearer hf_x")))
        return HTTPReply(
          status: 200,
          headers: [],
          body: Array(#"{"items":[],"next":"rest-13"}"#.utf8)
        )
      },
      token: "hf_x"
    )
    let filter = CaseFilter(release: "ana/tiny", isMine: true)
    let part = try await remote.cases(filter, Slice(limit: 9, after: "rest-4"))
    #expect(part == Listing([], next: "rest-13"))
  }

  @Test func `asks for part after part until there is no next`() async throws {
    let lines = try [Samples.casePage().case, Samples.casePage().case]
    let remote = RemoteDeployment(
      transport: Transport { call in
        let isFirst = call.target == "/sluice/v1/cases?limit=1000"
        #expect(isFirst || call.target == "/sluice/v1/cases?limit=1000&after=rest-4")
        let part = Listing([lines[isFirst ? 0 : 1]], next: isFirst ? "rest-4" : nil)
        return HTTPReply(status: 200, headers: [], body: part.json.canonical)
      }
    )
    #expect(try await remote.cases(CaseFilter()) == lines)
  }

  @Test func `sends all statements in one body`() async throws {
    let answer = Submitted(events: [.init(index: 3, kind: "accept")], cases: [], grants: [])
    let remote = RemoteDeployment(
      transport: Transport { call in
        #expect(call.method == .post)
        let sent = try Parcel(json: JSONValue(parsing: call.body, .document, format: "test"))
        #expect(sent == Parcel([Envelope(statement: [7])], documents: [Samples.digest("d"): [1]]))
        return HTTPReply(status: 200, headers: [], body: answer.json.canonical)
      }
    )
    let documents: [SHA256Digest: [UInt8]] = [Samples.digest("d"): [1]]
    #expect(try await remote.submit([Envelope(statement: [7])], documents: documents) == answer)
  }

  @Test func `throws the server's own problem`() async {
    let problem = Problem(.notForYou)
    let reply = HTTPReply(
      status: 403,
      headers: [HTTPHeader("x-request-id", "r1")],
      body: problem.json.canonical
    )
    let remote = RemoteDeployment(transport: Transport { _ in reply })
    await #expect(throws: RemoteRefusal(reply)) { try await remote.standing() }
    #expect(RemoteRefusal(reply).problem == problem)
    #expect(RemoteRefusal(reply).requestID == "r1")
  }

  @Test func `says of an answer that is no problem what its status was`() async {
    let reply = HTTPReply(status: 502, headers: [], body: Array("<html>".utf8))
    #expect(RemoteRefusal(reply).problem.code == "http.502")
    #expect(RemoteRefusal(reply).problem.exit == 1)
  }
}
