internal import SluiceEncoding

extension Statement {
  /// A subject must be what the body is about, with the digest that follows from it.
  func checkSubject() throws(Malformed) {
    let topics = body.topics
    guard topics.contains(where: { $0.fits(subject, in: release) }) else {
      let known = topics.map(\.description).joined(separator: ", ")
      throw Malformed(Self.format, "subject: must be \(known), with the digest that belongs to it")
    }
    if let digest = body.subjectDigest, digest != subject.digest.hex {
      throw Malformed(Self.format, "subject: is not what the body is about")
    }
    if type == .keychange, !subject.name.utf8.elementsEqual(by.rawValue.utf8) {
      throw Malformed(Self.format, "subject: keys are changed by their own principal")
    }
  }
}

/// What the name of a subject may be, and which digest goes with it.
private enum Topic {
  /// Something that was recorded, under its own digest.
  case document(String)
  /// A named text, under the digest of the text.
  case text(String)
  /// A name of the policy, under the digest of the name in its release.
  case name(String)
  /// A principal, under the digest of the name in the release.
  case principal
  /// A key by its fingerprint, under the digest of that name in the release.
  case key

  /// Whatever can be commented on and reported.
  static let anything: [Topic] = [
    .document("case"), .document("grant"), .document("hold"), .document("manifest"),
    .document("statement"), .name("tier"), .name("stage"), .name("group"), .principal,
  ]

  func fits(_ subject: Statement.Subject, in release: Release.ID) -> Bool {
    switch self {
    case .document(let name): return subject.name.utf8.elementsEqual(name.utf8)
    case .text(let kind):
      return subject.name.rest(after: "\(kind):").map { Statement.isName($0) } ?? false
    case .name(let kind):
      guard Topic.text(kind).fits(subject, in: release) else { return false }
    case .principal:
      guard (try? Principal.ID(parsing: subject.name)) != nil else { return false }
    case .key:
      guard let fingerprint = subject.name.rest(after: "key:SHA256:"),
        (try? Base64.decode(fingerprint + "="))?.count == 32
      else { return false }
    }
    return subject.digest == Statement.Subject(name: subject.name, in: release).digest
  }

  var description: String {
    switch self {
    case .document(let name): name
    case .text(let kind), .name(let kind): "\(kind):NAME"
    case .principal: "a principal"
    case .key: "key:SHA256:FINGERPRINT"
    }
  }
}

extension Statement.Body {
  fileprivate var topics: [Topic] {
    switch self {
    case .file(let filing): [filing.topic]
    case .revise, .withdraw, .recuse: [.document("case")]
    case .return, .approve, .deny: [.document("revision")]
    case .comment, .report: Topic.anything
    case .answer: [.text("form")]
    case .accept: [.text("terms")]
    case .credential, .keychange: [.principal]
    case .bind: [.name("tier")]
    // A tier that is a service has no manifest, and stands for its name.
    case .evidence: [.document("manifest"), .name("tier")]
    case .confirm, .retract: [.document("statement")]
    case .join, .leave: [.name("group")]
    case .delegate: [.name("role")]
    case .hold:
      [.document("case"), .document("grant"), .name("tier"), .name("stage"), .principal, .key]
    case .revoke, .surrender: [.document("grant")]
    }
  }

  /// The digest that the body itself gives its subject, in hex.
  fileprivate var subjectDigest: String? {
    switch self {
    case .file(.amend(let policy, _, _, _)): policy.hex
    case .return(_, let revision, _): revision.rawValue
    case .approve(let verdict), .deny(let verdict, _): verdict.revision.rawValue
    default: nil
    }
  }
}

extension Statement.Filing {
  fileprivate var topic: Topic {
    switch self {
    case .amend, .emergency: .document("policy")
    case .open, .access: .name("stage")
    case .renew: .document("grant")
    case .lift: .document("hold")
    case .appeal, .review: .document("case")
    }
  }
}
