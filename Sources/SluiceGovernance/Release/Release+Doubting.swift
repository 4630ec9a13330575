public import SluiceEncoding

extension Release {
  /// The same state, had there been a hold on a key that discounts what it signed since an instant.
  ///
  /// Nothing else changes: who asks whether a decision rests on the key evaluates its case here.
  public func doubting(_ key: String, since: Instant) -> Release {
    var doubting = self
    doubting.holds.append(
      Hold(
        id: "",
        subject: .key(key),
        code: .keyCompromise,
        text: "",
        placedBy: nil,
        placedAt: since,
        since: since
      )
    )
    return doubting
  }
}
