import Baselines
import Diagnostics
import Git
import History
import JSONSchema
import Registry
import SourceText
import Syntax

/// Looks that nothing above the class of an address goes there.
///
/// Which class that is, is said by the rules before the push and by those that it brings, and the
/// stricter holds: a branch does not bring its own permission.
struct Classes {
  private let repository: Repository
  private let jobs: Int
  private let url: String
  /// The commits whose rules hold for whatever is pushed: the default branch as it is known here.
  private let seats: [ObjectID]
  private var rulebooks = Rulebooks()
  /// What is known to be at the address, once it was asked for.
  private var known: KnownCommits?
  /// What is there now, if the push is made.
  private var passed: [ObjectID] = []
  private var told: [ObjectID] = []

  init(
    in repository: Repository, remote: String, at url: String, jobs: Int
  ) throws(GitError) {
    self.repository = repository
    self.jobs = jobs
    self.url = url
    let usual = repository.setting("init.defaultbranch")
    let names =
      ["refs/remotes/\(remote)/HEAD", "refs/remotes/origin/HEAD"]
      + [usual, "main", "master"].compactMap { name in name.map { "refs/heads/" + $0 } }
    var seats: [ObjectID] = []
    for name in names {
      guard let id = try? repository.reference(name), !seats.contains(id) else { continue }
      seats.append(id)
    }
    self.seats = seats
  }

  /// The highest class that may go there, and the order of classes, by the rules of one commit.
  private struct Limit: Hashable {
    let highest: String
    let classes: [String]

    init?(_ catalogue: Catalogue, _ url: String) {
      guard let highest = catalogue.highestClass(for: url), highest != catalogue.classes.last
      else { return nil }
      self.highest = highest
      classes = catalogue.classes
    }

    /// A class that these rules do not know may be any.
    func isBelow(_ name: String) -> Bool {
      guard let rank = classes.firstIndex(of: name) else { return true }
      return rank > (classes.firstIndex(of: highest) ?? -1)
    }
  }

  private mutating func rulebook(of commit: ObjectID) throws -> Rulebook? {
    try rulebooks.rulebook(of: try CommitTree(of: commit, in: repository))
  }

  private mutating func rulebooks(of commits: some Sequence<ObjectID>) throws -> [Rulebook] {
    var found: [ObjectID?: Rulebook] = [:]
    var order: [ObjectID?] = []
    for commit in commits {
      let tree = try CommitTree(of: commit, in: repository)
      let key = try Rulebooks.schemas(of: tree)
      guard found[key] == nil, let rulebook = try rulebooks.rulebook(of: tree) else { continue }
      found[key] = rulebook
      order.append(key)
    }
    return order.compactMap { found[$0] }
  }

  /// Whether one of some commits has rules for the address; schemas are not read for that.
  private func isLimited(by commits: [ObjectID]) throws -> Bool {
    var known: Set<ObjectID?> = []
    return try commits.contains { commit in
      let tree = try CommitTree(of: commit, in: repository)
      guard try known.insert(Rulebooks.schemas(of: tree)).inserted else { return false }
      return try Rulebook.catalogue(of: tree).flatMap { Limit($0, url) } != nil
    }
  }

  /// Judges what is no commit: whether it is within the class nobody can tell.
  mutating func judge(
    _ name: ReferenceName, _ found: Repository.Peeled, into judgement: inout Judgement
  ) throws {
    guard case .other(let kind) = found else { return }
    let heads = try repository.isUnborn ? [] : [repository.reference("HEAD")].compactMap(\.self)
    let limits = try rulebooks(of: seats + heads).compactMap { Limit($0.catalogue, url) }
    guard let limit = limits.first else { return }
    judgement.refuse(
      .aboveClass,
      "'\(name)' is a \(kind) and no commit: whether it holds something above \(limit.highest) cannot "
        + "be judged, and nothing above \(limit.highest) goes to \(Address(url).shown)",
      help: "Push a commit, or a tag of one")
  }

  /// Judges the commits that an address has not got yet.
  ///
  /// - Parameters:
  ///   - tip: The commit that is pushed.
  ///   - old: What the remote tells that it has there, where it is known here.
  ///   - judgement: Where refusals go.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  mutating func judge(
    _ tip: ObjectID, _ old: ObjectID?, into judgement: inout Judgement
  ) async throws {
    if let old { told.append(old) }
    // Without rules for the address nothing has to be read.
    guard try isLimited(by: seats + [old, tip].compactMap(\.self)) else { return }
    if known == nil { known = KnownCommits(at: url, in: repository) }
    let commits = try repository.commits(
      to: tip, without: (known?.commits ?? []) + told, hiding: nil)
    let ids = Set(commits.map(\.id))
    // The rules from which the push sets out.
    let bases = Set(commits.flatMap(\.parents)).subtracting(ids)
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    let deciders = try rulebooks(of: seats + [old, tip].compactMap(\.self) + bases)
    let limits = deciders.compactMap { Limit($0.catalogue, url) }
    for commit in commits {
      try await judge(commit, deciders, limits, into: &judgement)
    }
    passed.append(tip)
  }

  private mutating func judge(
    _ commit: Commit, _ deciders: [Rulebook], _ limits: [Limit], into judgement: inout Judgement
  ) async throws {
    let tree = try CommitTree(of: commit.id, in: repository)
    var entries: [TreeEntry]
    if let parent = commit.parents.first {
      let before = try CommitTree(of: parent, in: repository)
      entries = try tree.changes(since: before).compactMap(\.new)
        .filter { $0.path.string.utf8.starts(with: "\(Catalogue.folder)/".utf8) }
    } else {
      entries = try tree.entries(under: RepoPath(Catalogue.folder))
    }
    entries.removeAll { $0.kind == .folder }
    guard !entries.isEmpty else { return }
    // A register that the commit's own rules do not have is one all the same.
    let own = try rulebook(of: commit.id)
    var told: Set<String> = []
    for rulebook in deciders + (own.map { [$0] } ?? []) {
      var dropped = Report()
      let snapshot = try await Snapshot.read(
        tree, entries, by: rulebook, jobs: jobs, into: &dropped)
      for (what, name) in Self.classes(of: snapshot) {
        guard let limit = limits.first(where: { $0.isBelow(name) }),
          told.insert(what).inserted
        else { continue }
        judgement.refuse(
          .aboveClass,
          "\(what) is \(name) in commit \(commit.id.description.prefix(7)), and nothing above "
            + "\(limit.highest) goes to \(Address(url).shown)",
          help: "Take it out of the commits that are not pushed yet, or push to another remote")
      }
    }
  }

  /// What has a class in a version: items, and what schemas say of values in them.
  private static func classes(of snapshot: Snapshot) -> [(what: String, name: String)] {
    snapshot.files.flatMap { file in
      let register = snapshot.catalogue.registers[file.register]
      let items = file.records.compactMap { record in
        (record.node["classification"]?.text ?? register.classification)
          .map { ("'\(record.id)'", $0) }
      }
      let fields = file.annotations.compactMap { annotation -> (String, String)? in
        guard OwnKeyword.allCases[annotation.keyword] == .classification,
          let name = annotation.value.text
        else { return nil }
        let record = file.record(holding: annotation.instance)
        let way = record?.node.path(to: annotation.instance)?.fields.joined(separator: ".")
        let item = "'\(record?.id ?? file.path.string)'"
        return (way.map { $0.isEmpty ? item : "'\($0)' of \(item)" } ?? item, name)
      }
      return items + fields
    }
  }

  /// Keeps what is known of the address for the next push.
  ///
  /// - Parameter isPassed: Whether the push is made.
  mutating func remember(_ isPassed: Bool) {
    known?.add(told + (isPassed ? passed : []))
  }
}

/// An address as people see it.
struct Address {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  /// Without a name and a password in it.
  var shown: String {
    guard let start = text.firstRange(of: "://")?.upperBound else { return text }
    let host = text[start...].prefix { $0 != "/" }
    guard let at = host.lastIndex(of: "@") else { return text }
    return String(text[..<start]) + String(text[text.index(after: at)...])
  }
}
