extension Case {
  /// The same case, had somebody else filed it and stood to obtain what is asked.
  ///
  /// Only for questions about what would be; no log says so. What a group would obtain stays the
  /// group's.
  public func supposed(askedBy person: Principal.ID) -> Case {
    var asked = self
    asked.requester = person
    asked.isSupposed = true
    if case .principal? = party { asked.party = .principal(person) }
    return asked
  }
}
