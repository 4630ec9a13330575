public import SluiceEncoding
public import SluiceGovernance

/// A report about a release: sections of named values, and the same for programs.
public struct ReportPage: Body {
  /// What is reported (governance-domain 11 and 18).
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// What a release has to say of itself, with what is missing.
    case release
    /// Who was let in early.
    case earlyAccess = "early-access"
    /// How long decisions took.
    case serviceLevel = "service-level"
    /// All that is public.
    case publicRecord = "public-record"
  }

  /// A heading with what stands below it.
  public struct Section: Hashable, Sendable {
    /// The heading.
    public let title: String
    /// The values, in the order in which they are read.
    public let values: [Value]

    /// Composes a section.
    public init(title: String, values: [Value]) {
      self.title = title
      self.values = values
    }
  }

  /// A named value.
  public struct Value: Hashable, Sendable {
    /// The name, for people.
    public let name: String
    /// The value, for people; `nil` marks what is missing.
    public let value: String?

    /// Names a value.
    public init(_ name: String, _ value: String?) {
      self.name = name
      self.value = value
    }
  }

  /// What is reported.
  public let report: Kind
  /// The release.
  public let release: Release.ID
  /// The instant of the question.
  public let at: Instant
  /// The report for people.
  public let sections: [Section]
  /// The same for programs.
  public let data: JSONObject

  /// Composes a report.
  public init(
    report: Kind,
    release: Release.ID,
    at: Instant,
    sections: [Section],
    data: JSONObject
  ) {
    self.report = report
    self.release = release
    self.at = at
    self.sections = sections
    self.data = data
  }

  /// The report as plain text; what is missing is marked.
  public var text: String {
    let heading = "\(release): \(report.rawValue) as of \(at)"
    return ([heading] + sections.flatMap(\.lines)).joined(separator: "\n")
  }

  /// `{"at","data","release","report","sections":[{"title","values":[{"name","value"?}]}]}`.
  public var json: JSONValue {
    .object([
      "at": .string(at.description), "data": .object(data),
      "release": .string(release.rawValue), "report": .string(report.rawValue),
      "sections": .array(sections.map(\.json)),
    ])
  }

  /// Reads a report.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "report")
    self.init(
      report: try fields.word("report"),
      release: try fields.release("release"),
      at: try fields.instant("at"),
      sections: try fields.array("sections").map { value throws(Malformed) in
        try Section(value)
      },
      data: try fields.object("data")
    )
    try fields.finish()
  }
}

extension ReportPage.Section {
  fileprivate var lines: [String] {
    let width = values.map(\.name.count).max() ?? 0
    return ["", title]
      + values.map { value in
        let gap = String(repeating: " ", count: width - value.name.count)
        return "  \(value.name)\(gap)  \(value.value ?? "missing")"
      }
  }

  fileprivate var json: JSONValue {
    let items = values.map { value in
      var members: JSONObject = ["name": .string(value.name)]
      members["value"] = value.value.map { .string($0) }
      return JSONValue.object(members)
    }
    return .object(["title": .string(title), "values": .array(items)])
  }

  fileprivate init(_ json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "report", path: "sections")
    title = try fields.string("title")
    var values: [ReportPage.Value] = []
    for value in try fields.array("values") {
      var item = try JSONFields(value, format: "report", path: "sections.values")
      values.append(.init(try item.string("name"), try item.optionalString("value")))
      try item.finish()
    }
    self.values = values
    try fields.finish()
  }
}
