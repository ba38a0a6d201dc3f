package import Git
package import Registry
import Rules
package import SourceText

/// Every baseline of a repository: its kind, the one before it, and whether it was withdrawn.
///
/// The kind comes from the name of the tag and a catalogue that is not the baseline's own where there is one
/// before; what a tag says of itself decides nothing here.
package struct Ledger {
  /// A tag that has the name of a baseline, whatever it is.
  package struct Entry {
    /// The name of the reference, without `refs/tags/`.
    package let name: String
    /// What the reference leads to.
    package let object: ObjectID
    /// What the tag records; `nil` where it records no baseline.
    package let baseline: Baseline?
    /// The template of the kind that the name is of; `nil` where no catalogue has such a kind.
    fileprivate let template: String?
    /// What stands for the property of the kind in the name.
    fileprivate let value: NaturalKey
  }

  /// The tags in the order of their names' bytes.
  package let entries: [Entry]
  /// The withdrawals of baselines that are there as they were withdrawn, by the baselines' names.
  package let withdrawals: [String: Withdrawal]
  /// The commits of the branches, here and of remotes, and of those that arrive.
  let branches: [ObjectID]
  /// The commit whose catalogue counts where no other does.
  private let head: ObjectID?
  package let gaps: CloneGaps
  private let arriving: [String: ObjectID]
  /// The kinds that the catalogue of HEAD and those of the baselines have.
  package let kinds: [BaselineKind]
  private let positions: [String: Int]
  /// The positions of the baselines of each template, in the order of their values.
  private let chains: [String: [Int]]
  package let repository: Repository
  private let catalogues: Catalogues

  /// Reads the tags of a repository.
  ///
  /// - Parameters:
  ///   - repository: The repository.
  ///   - arriving: The references that a push will have made, by their full names; they count as if they were
  ///     there.
  /// - Throws: `GitError` where the references cannot be read.
  package init(
    of repository: Repository, arriving: [String: ObjectID] = [:]
  ) throws(GitError) {
    self.repository = repository
    self.arriving = arriving
    gaps = repository.gaps
    catalogues = Catalogues(repository)
    var references = Dictionary(
      try repository.tagReferences().map { ($0.name, $0.id) }, uniquingKeysWith: { $1 })
    var branches = try repository.tips(of: "refs/heads/*") + repository.tips(of: "refs/remotes/*")
    for (name, id) in arriving {
      if name.hasPrefix("refs/tags/") { references[String(name.dropFirst(10))] = id }
      if name.hasPrefix("refs/heads/") { branches.append(id) }
    }
    self.branches = branches
    var tags: [String: AnnotatedTag] = [:]
    for (name, id) in references {
      // What cannot be read is told where it is verified.
      if let tag = try? repository.annotatedTag(id) { tags[name] = tag }
    }
    let baselines = tags.reduce(into: [String: Baseline]()) { found, tag in
      found[tag.key] = Baseline(name: tag.key, tag: tag.value)
    }
    head = try repository.reference("HEAD") ?? branches.first
    kinds = catalogues.kinds(
      of: [head].compactMap(\.self) + baselines.values.compactMap(\.commit))
    let kinds = kinds
    entries = references.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .compactMap { name, id in
        let kind = kinds.first { $0.value(in: name) != nil }
        guard !Withdrawal.isName(name), kind != nil || baselines[name] != nil else { return nil }
        return Entry(
          name: name, object: id, baseline: baselines[name], template: kind?.template,
          value: NaturalKey(kind?.value(in: name) ?? name))
      }
    positions = Dictionary(
      entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
    var chains: [String: [Int]] = [:]
    for (position, entry) in entries.enumerated() where entry.baseline?.tag.name == entry.name {
      chains[entry.template ?? entry.name, default: []].append(position)
    }
    let entries = entries
    self.chains = chains.mapValues { $0.sorted { entries[$0].value < entries[$1].value } }
    withdrawals = tags.reduce(into: [:]) { found, tag in
      guard let withdrawal = Withdrawal(name: tag.key, tag: tag.value),
        references[withdrawal.name] == withdrawal.baseline
      else { return }
      found[withdrawal.name] = withdrawal
    }
  }

  /// The baselines in the order of their names' bytes.
  package var baselines: [Baseline] { entries.compactMap(\.baseline) }

  package subscript(name: String) -> Entry? { positions[name].map { entries[$0] } }

  /// The commit of the notes with signatures that arrives; `nil` where none does.
  var notes: ObjectID? { arriving[CoSignatures.reference] }

  /// Returns what a tag's name leads to, now or after the push.
  package func reference(toTag name: String) throws(GitError) -> ObjectID? {
    if let id = arriving["refs/tags/" + name] { return id }
    return try repository.reference("refs/tags/" + name)
  }

  /// Returns the names of all that is to be verified: the tags that have the name of a baseline, and what was
  /// pinned and is gone.
  package func names(pinned: [String: ObjectID]) throws(GitError) -> [String] {
    var gone: [String] = []
    for (name, pin) in pinned where self[name] == nil {
      // A withdrawal that is as it was has nothing more to verify.
      if Withdrawal.isName(name), try reference(toTag: name) == pin { continue }
      gone.append(name)
    }
    return entries.map(\.name) + gone.sorted()
  }

  /// Returns the baselines of the kind that a name is of, in the order of their values.
  package func chain(of name: String) -> [Baseline] {
    guard let entry = self[name] else { return [] }
    return (chains[entry.template ?? name] ?? []).compactMap { entries[$0].baseline }
  }

  /// Returns the baselines of a kind in the order of their values.
  package func chain(of kind: BaselineKind) -> [Baseline] {
    (chains[kind.template] ?? []).compactMap { entries[$0].baseline }
  }

  /// Returns the baseline that a new one follows: the last of its kind.
  ///
  /// One that was withdrawn stays what the next one follows, unless its number is not below the new one, as a
  /// mistyped 1.15 for 1.5, or the chain went on below it.
  ///
  /// - Parameters:
  ///   - name: The name of the new one.
  ///   - kind: Its kind.
  /// - Returns: The baseline; `nil` where the new one is the first.
  /// - Throws: `GitError` where signatures of withdrawals cannot be read.
  package func baseline(
    toFollow name: String, of kind: BaselineKind
  ) throws(GitError) -> Baseline? {
    let chain = chain(of: kind).filter { $0.name != name }
    guard let value = kind.value(in: name).map({ NaturalKey($0) }), !withdrawals.isEmpty
    else { return chain.last }
    let withdrawn = try countedWithdrawals()
    var open = chain[...]
    while let last = open.last, withdrawn[last.name] != nil,
      let own = kind.value(in: last.name), NaturalKey(own) >= value
    {
      open.removeLast()
    }
    guard let last = open.last, withdrawn[last.name] != nil,
      let standing = open.last(where: { withdrawn[$0.name] == nil })
    else { return open.last }
    let earlier = Dictionary(chain.map { ($0.tag.id, $0) }, uniquingKeysWith: { $1 })
    var (step, left) = (last, chain.count)
    while left > 0, let before = step.previous.flatMap({ earlier[$0] }) {
      if before.name == standing.name { return last }
      (step, left) = (before, left - 1)
    }
    return standing
  }

  /// Returns the baseline of the same kind before one.
  package func baseline(before name: String) -> Baseline? {
    chain(of: name).prefix { $0.name != name }.last
  }

  /// Returns the baselines of a kind that say that they follow a tag object.
  func followers(of id: ObjectID, like name: String) -> [Baseline] {
    chain(of: name).filter { $0.previous == id }
  }

  /// Returns the kind of a baseline: by the catalogue of the one before it, by its own where none is before
  /// or that one does not know such a kind, and by that of HEAD where its own does not either.
  package func kind(of baseline: Baseline) -> BaselineKind? {
    let before = self.baseline(before: baseline.name)?.commit
    for commit in [before, baseline.commit].compactMap(\.self) {
      if let kind = catalogues.catalogue(of: commit)?.baselineKind(of: baseline.name) {
        return kind
      }
    }
    return head.flatMap { catalogues.catalogue(of: $0) }?.baselineKind(of: baseline.name)
  }

  /// Whether a commit that a baseline tags is on a branch.
  func isOnBranch(_ commit: ObjectID) -> Bool {
    catalogues.reachable(Set(entries.compactMap { $0.baseline?.commit }), from: branches)
      .contains(commit)
  }

  /// Returns the catalogue of a baseline's own commit.
  func catalogue(of baseline: Baseline) -> Catalogue? {
    baseline.commit.flatMap { catalogues.catalogue(of: $0) }
  }
}

extension Repository {
  /// Returns the baselines of the repository in the order of their names' bytes; tags that record none are
  /// left out.
  package func baselines() throws(GitError) -> [Baseline] { try Ledger(of: self).baselines }
}

/// What a ledger looks up in the repository, each thing once.
private final class Catalogues {
  private let repository: Repository
  private var files: [ObjectID: ObjectID?] = [:]
  private var known: [ObjectID: Catalogue?] = [:]
  private var found: Set<ObjectID>?

  init(_ repository: Repository) {
    self.repository = repository
  }

  /// Returns the catalogue of a commit; `nil` where it has none that can be read.
  func catalogue(of commit: ObjectID) -> Catalogue? {
    guard let tree = try? CommitTree(of: commit, in: repository) else { return nil }
    let file: ObjectID?
    if let known = files[commit] {
      file = known
    } else {
      file = RepoPath(Catalogue.path).flatMap { (try? tree.entry(at: $0)) ?? nil }?.object
      files[commit] = file
    }
    guard let file else { return nil }
    if let catalogue = known[file] { return catalogue }
    let catalogue = (try? Rulebook.catalogue(of: tree)) ?? nil
    known[file] = catalogue
    return catalogue
  }

  /// Returns those of some commits that branches have; looked for once.
  func reachable(_ commits: Set<ObjectID>, from tips: [ObjectID]) -> Set<ObjectID> {
    let found = found ?? repository.reachable(commits, from: tips)
    self.found = found
    return found
  }

  /// Returns the kinds of baseline that the catalogues of some commits have, each once.
  func kinds(of commits: [ObjectID]) -> [BaselineKind] {
    var kinds: [BaselineKind] = []
    var seen: Set<ObjectID?> = []
    for commit in commits {
      guard let catalogue = catalogue(of: commit) else { continue }
      guard seen.insert(files[commit] ?? nil).inserted else { continue }
      for kind in catalogue.kinds where !kinds.contains(where: { $0.template == kind.template }) {
        kinds.append(kind)
      }
    }
    return kinds
  }
}
