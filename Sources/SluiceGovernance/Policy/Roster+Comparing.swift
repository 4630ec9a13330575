internal import SluiceEncoding

extension Roster {
  /// What makes another roster of `old`: who comes into a role or leaves it, whose keys change.
  ///
  /// Each member and each key is a line of its own, under the place of its list. What is only in
  /// another order in its list is told as the list, because members are counted in that order.
  ///
  /// - Parameter old: The roster to compare with.
  /// - Returns: The smallest parts that differ; empty exactly if the two are equal.
  public func differences(from old: Roster) -> [Policy.Difference] {
    Self.value("id", old.id, id)
      + Self.item("version", old.version.description, version.description)
      + Self.value("previous", old.previous?.hex, previous?.hex)
      + roleDifferences(from: old) + memberDifferences(from: old)
  }

  private func roleDifferences(from old: Roster) -> [Policy.Difference] {
    let gone = old.roles.map(\.role).filter { role in !roles.contains { $0.role == role } }
    return (roles.map(\.role) + gone).flatMap { role in
      let (before, after) = (old.members(of: role), members(of: role))
      return Self.whole(
        "roles.\(role)",
        (
          old.roles.contains { $0.role == role }, roles.contains { $0.role == role }, empty: "[]"
        ),
        Self.list("roles.\(role)", before.map(\.rawValue), after.map(\.rawValue))
      )
    }
  }

  private func memberDifferences(from old: Roster) -> [Policy.Difference] {
    let gone = old.principals.map(\.id).filter { principal($0) == nil }
    return (principals.map(\.id) + gone).flatMap { id in
      let (before, after) = (old.principal(id), principal(id))
      let path = "principals.\(id)"
      return Self.whole(
        path,
        (before != nil, after != nil, empty: "{}"),
        Self.list("\(path).keys", before?.keys ?? [], after?.keys ?? [])
          + Self.value(
            "\(path).organisation",
            before?.organisation?.rawValue,
            after?.organisation?.rawValue
          ) + Self.value("\(path).shown", before?.shown, after?.shown)
      )
    }
  }

  /// The parts of something that came or went, or itself if it has none.
  private static func whole(
    _ path: String,
    _ presence: (before: Bool, after: Bool, empty: String),
    _ parts: [Policy.Difference]
  ) -> [Policy.Difference] {
    guard parts.isEmpty else { return parts }
    return item(
      path,
      presence.before ? presence.empty : nil,
      presence.after ? presence.empty : nil
    )
  }

  /// What is gone from a list and what is new in it; the whole of it where only the order differs.
  private static func list(
    _ path: String,
    _ before: [String],
    _ after: [String]
  ) -> [Policy.Difference] {
    let gone = before.filter { text in !after.contains { $0.utf8.elementsEqual(text.utf8) } }
    let fresh = after.filter { text in !before.contains { $0.utf8.elementsEqual(text.utf8) } }
    guard gone.isEmpty, fresh.isEmpty else {
      return gone.flatMap { value(path, $0, nil) } + fresh.flatMap { value(path, nil, $0) }
    }
    return item(path, names(before), names(after))
  }

  private static func names(_ items: [String]) -> String {
    JSONValue.array(items.map { .string($0) }).text
  }

  private static func value(
    _ path: String,
    _ before: String?,
    _ after: String?
  ) -> [Policy.Difference] {
    item(
      path,
      before.map { JSONValue.string($0).text },
      after.map { JSONValue.string($0).text }
    )
  }

  private static func item(
    _ path: String,
    _ before: String?,
    _ after: String?
  ) -> [Policy.Difference] {
    before == after ? [] : [Policy.Difference(path: path, before: before, after: after)]
  }
}
