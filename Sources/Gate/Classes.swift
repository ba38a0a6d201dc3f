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

  private static func hasBrokenCatalogue(
    _ commit: ObjectID, in repository: Repository
  ) throws -> Bool {
    let tree = try CommitTree(of: commit, in: repository)
    return try Steps.hasCatalogue(tree) && Rulebook.catalogue(of: tree) == nil
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
    for seat in seats where try Self.hasBrokenCatalogue(seat, in: repository) {
      judgement.refuse(
        .aboveClass,
        "what may go to \(Address(url).shown) cannot be judged: the catalogue of commit "
          + "\(seat.description.prefix(7)) cannot be read",
        help: "Mend it on the default branch first: registrar check")
      return
    }
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
    var strays: Set<RepoPath>?
    func refuse(_ item: Item) {
      guard let limit = limits.first(where: { item.isAbove($0) }), told.insert(item.name).inserted
      else { return }
      judgement.refuse(
        .aboveClass,
        "\(item.name) \(item.words(limit)) in commit \(commit.id.description.prefix(7)), and "
          + "nothing above \(limit.highest) goes to \(Address(url).shown)",
        help: item.help)
    }
    for rulebook in deciders + (own.map { [$0] } ?? []) {
      var found = Report()
      let snapshot = try await Snapshot.read(
        tree, entries, by: rulebook, jobs: jobs, into: &found)
      for item in Item.all(of: snapshot, found) { refuse(item) }
      strays = strays?.intersection(snapshot.strays) ?? Set(snapshot.strays)
    }
    for path in (strays ?? []).sorted() { refuse(Item(name: "'\(path)'", what: .stray)) }
  }

  /// Something that a push brings, and its class: what has none may be of the highest.
  private struct Item {
    enum What: Hashable {
      case record(String)
      /// It names no class, and its register has none for those.
      case unclassified
      case unreadable
      /// It is of no register.
      case stray
    }

    /// What it is, in words.
    let name: String
    let what: What

    func isAbove(_ limit: Limit) -> Bool {
      if case .record(let name) = what { limit.isBelow(name) } else { true }
    }

    func words(_ limit: Limit) -> String {
      let highest = limit.classes.last ?? "the highest class"
      return switch what {
      case .record(let name): "is \(name)"
      case .unclassified: "has no class and counts as \(highest)"
      case .unreadable: "cannot be read and counts as \(highest)"
      case .stray: "is of no register and counts as \(highest)"
      }
    }

    var help: String {
      let way = "of the commits that are not pushed yet, or push to another remote"
      return switch what {
      case .record: "Take it out \(way)"
      case .unclassified:
        "Give it a 'classification', or its register one in \(Catalogue.path); or take it out \(way)"
      case .unreadable: "Mend it in the commit that has it, or take it out \(way)"
      case .stray: "Take it out \(way)"
      }
    }

    /// Returns what a version holds: records, and what schemas say of values in them.
    ///
    /// - Parameters:
    ///   - snapshot: The version.
    ///   - found: What reading it found.
    /// - Returns: The items; those that may be of any class first.
    static func all(of snapshot: Snapshot, _ found: Report) -> [Item] {
      // Of a file that two registers claim one was asked.
      let broken = Set(snapshot.faults.keys)
        .union(snapshot.files.filter { $0.isMisread || $0.isIncomplete }.map(\.path))
        .union(found.diagnostics.filter { $0.code == .overlap }.map(\.range.path))
      var items = broken.sorted().map { Item(name: "'\($0)'", what: .unreadable) }
      for file in snapshot.files {
        let register = snapshot.catalogue.registers[file.register]
        items += file.records.map { Item(name: "'\($0.id)'", what: what($0.node, register)) }
        items += file.unnamed.map { Item(name: "'\(file.path)'", what: what($0, register)) }
        items += file.annotations.compactMap { annotation in
          guard OwnKeyword.allCases[annotation.keyword] == .classification,
            let name = annotation.value.text
          else { return nil }
          let record = file.record(holding: annotation.instance)
          let way = record?.node.path(to: annotation.instance)?.fields.joined(separator: ".")
          let item = "'\(record?.id ?? file.path.string)'"
          return Item(
            name: way.map { $0.isEmpty ? item : "'\($0)' of \(item)" } ?? item,
            what: .record(name))
        }
      }
      return items
    }

    private static func what(_ node: Node, _ register: Register) -> What {
      let own = node["classification"].flatMap { $0.kind == .null ? nil : $0 }
      // What is there and is no name is no class of any register either.
      let name = own == nil ? register.classification : own?.text
      return name.map { .record($0) } ?? .unclassified
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
