internal import SluiceGovernance

/// What the Hub protocol has a name for and the rules have not.
enum HubFault: Error, Hashable, Sendable {
  /// No branch and no commit of that name.
  case noRevision(String, in: Release.ID)
  /// No file and no directory at that path; the commit lets clients remember that.
  case noEntry(String, commit: String)
  /// More paths in one question than are looked up.
  case tooManyPaths(limit: Int)
  /// The client has other bytes in mind than there are.
  case preconditionFailed
  /// As many transfers as may be at once are under way already.
  case tooManyTransfers(limit: Int)
  /// The daemon is stopping.
  case draining
}
