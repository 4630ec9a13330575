import SluiceAPI
import SluiceGovernance

extension Who {
  /// The person and the key that the flags name.
  var names: [Problem.Placeholder: String] { Self.names(principal, key) }

  /// The same of a command that has flags of its own for both.
  static func names(_ person: PersonName?, _ key: String?) -> [Problem.Placeholder: String] {
    var names: [Problem.Placeholder: String] = [:]
    names[.person] = person?.id.name
    names[.key] = key.map { $0.hasSuffix(".pub") ? String($0.dropLast(4)) : $0 }
    return names
  }
}

extension Open: Naming {
  var names: [Problem.Placeholder: String] { who.names.adding(.release, release.rawValue) }
}

extension Bind: Naming {
  var names: [Problem.Placeholder: String] {
    who.names.adding(.release, release.rawValue).adding(.tier, tier.rawValue)
      .adding(.directory, directory)
  }
}

extension ReleaseCreate: Naming {
  var names: [Problem.Placeholder: String] { who.names.adding(.release, release.rawValue) }
}

extension Quickstart: Naming {
  var names: [Problem.Placeholder: String] {
    Who.names(person, key).adding(.release, release.rawValue).adding(.directory, directory)
  }
}

extension Request: Naming {
  var names: [Problem.Placeholder: String] {
    who.names.adding(.release, release.rawValue).adding(.tier, tiers.first?.rawValue)
  }
}

extension Approve: Naming {
  var names: [Problem.Placeholder: String] { who.names.adding(.case, `case`) }
}

extension Deny: Naming {
  var names: [Problem.Placeholder: String] { who.names.adding(.case, `case`) }
}

extension Show: Naming {
  var names: [Problem.Placeholder: String] { Dictionary().adding(.case, `case`) }
}

extension ExplainCase: Naming {
  var names: [Problem.Placeholder: String] { Dictionary().adding(.case, `case`) }
}

extension Revoke: Naming {
  var names: [Problem.Placeholder: String] { who.names.adding(.grant, grant) }
}

extension Download: Naming {
  var names: [Problem.Placeholder: String] {
    Dictionary().adding(.release, release.rawValue).adding(.tier, tier?.rawValue)
  }
}

extension ExplainAccess: Naming {
  var names: [Problem.Placeholder: String] {
    Dictionary().adding(.release, release.rawValue).adding(.tier, tier.rawValue)
      .adding(.person, person.id.name)
  }
}

extension AuditWho: Naming {
  var names: [Problem.Placeholder: String] {
    Dictionary().adding(.release, release.rawValue).adding(.tier, tier?.rawValue)
  }
}

extension PersonAdd: Naming {
  var names: [Problem.Placeholder: String] { Dictionary().adding(.person, person.id.name) }
}

extension TokenIssue: Naming {
  var names: [Problem.Placeholder: String] { Dictionary().adding(.person, person.id.name) }
}

extension Dictionary where Key == Problem.Placeholder, Value == String {
  fileprivate func adding(_ placeholder: Problem.Placeholder, _ name: String?) -> Self {
    var copy = self
    copy[placeholder] = name
    return copy
  }
}
