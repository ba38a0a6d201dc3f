/// What a clone may lack of what its origin has, because it was made to.
package struct CloneGaps: Hashable, Sendable {
  /// History ends somewhere: `--depth`, `--shallow-since`.
  package let isShallow: Bool
  /// Objects are left out until they are asked for: `--filter`.
  package let isPartial: Bool
  /// No remote is set to bring all tags: `--no-tags`, or branches by their names alone, whose tags alone
  /// come with them.
  package let lacksTags: Bool
  /// No remote is set to bring all branches: `--single-branch`.
  package let lacksBranches: Bool

  /// Whether tags may be missing that the origin has.
  package var mayLackTags: Bool { isShallow || lacksTags || lacksBranches }

  /// What is said of it, one sentence each.
  package var words: [String] {
    var words: [String] = []
    if isShallow { words.append("this clone is shallow") }
    if lacksTags { words.append("this clone fetches no tags (remote.*.tagOpt)") }
    if lacksBranches { words.append("this clone fetches some branches only (remote.*.fetch)") }
    if isPartial { words.append("this clone is partial") }
    return words
  }

  /// The command that brings what is missing; `nil` where nothing is.
  package var remedy: String? {
    if isShallow { return "git fetch --unshallow --tags" }
    if mayLackTags { return "git fetch --tags" }
    return isPartial ? "git fetch --refetch --no-filter" : nil
  }
}

extension Repository {
  /// What this clone may lack.
  package var gaps: CloneGaps {
    let settings = Settings(of: self)
    struct Remote {
      var hasTags = true
      var hasBranches = false
    }
    var remotes: [String: Remote] = [:]
    var isPartial = settings.text("extensions.partialclone") != nil
    for (name, value) in settings.all("^remote\\..*\\.(tagopt|promisor|fetch)$") {
      let parts = name.split(separator: ".")
      guard parts.count >= 3, let key = parts.last else { continue }
      let remote = parts.dropFirst().dropLast().joined(separator: ".")
      switch key {
      case "tagopt": remotes[remote, default: Remote()].hasTags = value != "--no-tags"
      case "promisor": isPartial = isPartial || ["true", "yes", "on", "1", ""].contains(value)
      default:
        let source = value.drop { $0 == "+" }.prefix { $0 != ":" }
        if source == "refs/heads/*" || source == "refs/*" {
          remotes[remote, default: Remote()].hasBranches = true
        } else {
          remotes[remote] = remotes[remote] ?? Remote()
        }
      }
    }
    let known = remotes.values
    return CloneGaps(
      isShallow: isShallow, isPartial: isPartial,
      lacksTags: !known.isEmpty && known.allSatisfy { !$0.hasTags },
      lacksBranches: !known.isEmpty && known.allSatisfy { !$0.hasBranches })
  }
}
