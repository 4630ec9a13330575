package import SluiceEncoding
package import SluiceGovernance

/// A release as Hub clients see it: branches, commits, files (README join 5).
///
/// A pure function of the openings and of what the manifests list, so the same for everybody: a
/// listing that depended on who asks would stay in the caches of those who are cleared later.
package struct Repository: Sendable {
  /// The files of a branch at one time; immutable, because its id follows from its content.
  package struct Commit: Hashable, Sendable {
    /// 40 hexadecimal digits.
    package let id: String
    /// What happened.
    package let title: String
    /// When it did.
    package let at: Instant
    /// The files, by the bytes of their paths.
    package let files: [RepositoryFile]

    /// The file at a path.
    package func file(at path: String) -> RepositoryFile? {
      files.first { $0.path.utf8.elementsEqual(path.utf8) }
    }
  }

  /// A name that moves.
  package struct Branch: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The id of the commit that it stands for.
    package let commit: String
  }

  /// The release.
  package let id: Release.ID
  /// Whether strangers may know of it.
  package let isPublic: Bool
  /// Whether something of it is only for some.
  package let isGated: Bool
  /// `main`, then the open tiers in order of opening; none before the first opening.
  package let branches: [Branch]
  /// What the branches were and are; the newest of `main` last.
  package let commits: [Commit]
  /// The tiers that are never offered, with the rationale.
  package let sealed: [Tier.ID: String]

  /// The commit that a revision names: a branch, with `refs/heads/` or without, or a commit id or an
  /// unambiguous beginning of one of seven or more digits.
  package func commit(_ revision: String) -> Commit? {
    let prefix = "refs/heads/"
    let name = revision.hasPrefix(prefix) ? String(revision.dropFirst(prefix.count)) : revision
    if let branch = branches.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      return commits.first { $0.id == branch.commit }
    }
    guard (7...40).contains(revision.utf8.count) else { return nil }
    let found = commits.filter { $0.id.utf8.starts(with: revision.utf8) }
    return found.count == 1 ? found.first : nil
  }
}
