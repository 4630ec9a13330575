public import SluiceEncoding

extension PublicRecord {
  /// The record as it is published (`Docs/Formats/public-record.md`).
  public var json: JSONValue {
    .object([
      "cases": .array(cases.map(\.json)),
      "evidence": .array(evidence.map(\.json)),
      "format": "sluice/public-record/1",
      "groups": .array(groups.map(\.json)),
      "holds": .array(holds.map(\.json)),
      "log": .object([
        "root": .string(Base64.encode(log.root.bytes)), "size": .integer(log.size),
      ]),
      "openings": .array(openings.map(\.json)),
      "release": .string(release.rawValue),
      "since": .string(since.description),
      "stages": .array(stages.map(\.json)),
      "statistics": statistics.json,
      "versions": .array(versions.map(\.json)),
    ])
  }
}

extension PublicRecord.Opening {
  /// One line of the log's export.
  public var json: JSONValue {
    var members: JSONObject = [
      "event": .string(String(decoding: event, as: UTF8.self)), "index": .integer(index),
    ]
    members["salt"] = salt.map { .string(Base64.encode($0)) }
    return .object(members)
  }
}

extension PublicRecord.Version {
  fileprivate var json: JSONValue {
    var roster: JSONObject = [
      "digest": .string(roster.hex), "people": .array(people.map(\.json)),
      "version": .integer(rosterVersion),
    ]
    roster["text"] = rosterText.map { .string($0) }
    return .object([
      "adopted_at": .string(at.description), "case": .integer(`case`),
      "forms": .array(policy.forms.map(\.json)),
      "policy": .object([
        "digest": .string(policy.digest.hex), "text": .string(policy.text),
        "title": .string(policy.title), "version": .integer(policy.version),
      ]),
      "roster": .object(roster),
      "sealed": .map(policy.sealed.map { ($0.rawValue, .string($1)) }),
      "terms": .array(terms.map(\.json)),
    ])
  }
}

extension PublicRecord.Version.Person {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "name": .string(name), "roles": .array(roles.map { .string($0.rawValue) }),
    ]
    members["organisation"] = organisation.map { .string($0) }
    return .object(members)
  }
}

extension PublicRecord.Version.Text {
  fileprivate var json: JSONValue {
    var members: JSONObject = ["id": .string(id.rawValue), "sha256": .string(sha256.hex)]
    members["text"] = text.map { .string($0) }
    return .object(members)
  }
}

extension PublicRecord.Stage {
  fileprivate var json: JSONValue {
    .object([
      "everyone": .bool(isForEveryone), "opened_at": .string(at.description),
      "stage": .string(id.rawValue),
      "tiers": .map(tiers.map { ($0.rawValue, .string($1.hex)) }),
    ])
  }
}

extension PublicRecord.Line {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "approvals": .integer(approvals), "dissent": .integer(dissent.count),
      "filed_at": .string(filedAt.description), "filed_by": .string(filedBy),
      "kind": .string(kind.rawValue), "number": .integer(number), "overdue": .bool(isOverdue),
      "state": .string(state.rawValue), "tiers": .array(tiers.map { .string($0.rawValue) }),
      "verdicts": .array(verdicts.map(\.json)),
    ]
    members["ended_at"] = endedAt.map { .string($0.description) }
    members["holder"] = holder.map { .string($0) }
    members["stage"] = stage.map { .string($0.rawValue) }
    return .object(members)
  }
}

extension PublicRecord.Line.Verdict {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "by": .string(by), "counted": .bool(isCounted), "reason": .string(reason),
      "verdict": denial == nil ? "approve" : "deny",
    ]
    members["code"] = denial.map { .string($0.rawValue) }
    return .object(members)
  }
}

extension PublicRecord.Measurement {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "at": .string(at.description),
      "attachments": .map(attachments.map { ($0, .string($1.hex)) }),
      "confirmed_by": .array(confirmedBy.map { .string($0) }), "kind": .string(kind),
      "manifest": .string(manifest.hex), "method": .string(method),
      "metrics": .map(metrics.map { ($0, .string($1)) }), "publish": .bool(publishes),
      "tiers": .array(tiers.map { .string($0.rawValue) }),
    ]
    members["by"] = by.map { .string($0) }
    members["statement"] = statement.map { .string($0.rawValue) }
    return .object(members)
  }
}

extension PublicRecord.Closing {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "at": .string(at.description), "code": .string(code.rawValue), "subject": .string(subject),
      "text": .string(text),
    ]
    members["lifted_at"] = liftedAt.map { .string($0.description) }
    members["until"] = until.map { .string($0.description) }
    return .object(members)
  }
}

extension PublicRecord.Described {
  fileprivate var json: JSONValue {
    .object([
      "group": .string(id.rawValue),
      "members": .array(members.map { .map($0.map { ($0, .string($1)) }) }),
    ])
  }
}

extension Form {
  /// The questions, which everybody may read before they ask for anything.
  public var json: JSONValue {
    .object([
      "fields": .array(fields.map(\.json)), "id": .string(id.rawValue),
      "sha256": .string(digest.hex),
    ])
  }
}

extension Form.Field {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "id": .string(id), "optional": .bool(isOptional), "private": .bool(isPrivate),
      "type": .string(type.rawValue),
    ]
    members["allow"] = allow.isEmpty ? nil : .array(allow.map { .string($0) })
    members["ask"] = ask.map { .string($0) }
    members["deny"] = deny.isEmpty ? nil : .array(deny.map { .string($0) })
    members["max"] = max.map { .integer($0) }
    members["options"] = options.isEmpty ? nil : .array(options.map { .string($0) })
    return .object(members)
  }
}

extension JSONValue {
  /// An object of which the names are data.
  static func map(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(JSONObject(members.map { .init(name: $0.0, value: $0.1) }))
  }
}
