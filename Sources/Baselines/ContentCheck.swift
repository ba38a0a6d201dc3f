import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText

extension Verification {
  /// Looks whether a commit holds what its baseline records: each object is what its name stands for, the
  /// manifest is the one whose digest the tag has, and the records are right by their own schemas.
  mutating func judgeContent(
    _ baseline: Baseline, _ commit: ObjectID, _ ledger: Ledger, _ terms: Terms, _ way: inout Way
  ) async throws {
    let repository = ledger.repository
    var store = StoreCheck(of: commit, in: repository)
    guard store.faults.isEmpty else {
      tell(store.faults, ledger.gaps)
      return
    }
    do {
      let tree = try CommitTree(at: commit.description, in: repository)
      var report = Report()
      let read: Snapshot?
      do throws(SourceTreeError) {
        read = try await Self.read(tree, terms, into: &report)
      } catch {
        // What is wrong may be wrong in several files.
        for (path, object) in store.files { store.checkFile(object, at: path) }
        guard !store.faults.isEmpty else { throw error }
        tell(store.faults, ledger.gaps)
        return
      }
      guard let snapshot = read else {
        add(.bad, "the catalogue of its commit cannot be read")
        return
      }
      let known = Set(snapshot.files.map(\.path.string))
      for (path, object) in store.files where !known.contains(path) {
        store.checkFile(object, at: path)
      }
      tell(store.faults, ledger.gaps)
      try await judgeManifest(baseline, snapshot, tree, repository, terms)
      guard terms.checksRecords else { return }
      let index = RecordIndex(of: snapshot)
      Rule.check(index, into: &report)
      waived = Waivers(in: index)
        .apply(to: &report, index, today: Day(number: 0), isWhole: false)
      report.merge(try await self.way(to: tree, index, baseline, repository, &way))
      for finding in report.sorted where finding.severity == .error {
        let commit = finding.commit.map { " (commit \($0.label))" } ?? ""
        add(
          .bad,
          "\(finding.range.path): [\(finding.code.rawValue)] \(finding.message.text)\(commit)")
      }
    } catch let failure as GitError {
      if ledger.gaps.isShallow || ledger.gaps.isPartial {
        add(.unclear, "its commit is not here as a whole: \(failure.message)")
      } else {
        add(.bad, "its commit cannot be read: \(failure.message)")
      }
    } catch let failure as SourceTreeError {
      add(.bad, Self.words(for: failure))
    }
  }

  static func words(for failure: SourceTreeError) -> String {
    switch failure {
    case .store(let operation, let reason): "cannot \(operation): \(reason)"
    case .missing(let path), .notAFile(let path): "'\(path)' is missing"
    case .tooLarge(let path, _, _): "'\(path)' is too large"
    case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)"
    case .tooDeep(_, let limit): "folders are nested more than \(limit) deep"
    case .undecodablePath(let shown): "the name '\(shown)' is not UTF-8"
    }
  }

  /// How many objects are named at most: a partial clone may lack them all.
  private static let mostFaults = 20

  /// Tells what is wrong with objects of the store; what a clone was made without is no fault of the baseline.
  private mutating func tell(
    _ faults: [(path: String?, fault: StoreCheck.Fault)], _ gaps: CloneGaps
  ) {
    for (path, fault) in faults.prefix(Self.mostFaults) {
      let what = path.map { $0.isEmpty ? "its top folder" : "'\($0)'" } ?? "its commit"
      switch fault {
      case .missing where gaps.isPartial: add(.unclear, "\(what) was not fetched")
      case .missing where gaps.isShallow && path == nil:
        add(.unclear, "its commit is beyond the shallow clone")
      case .missing: add(.bad, "\(what) is missing from the repository")
      case .edited:
        add(
          .bad,
          path == nil
            ? "its commit is not what its name stands for: the object store was edited"
            : "\(what) is not what was committed: the object store was edited")
      case .unreadable(let reason): add(.bad, "\(what) cannot be read: \(reason)")
      }
    }
    let rest = faults.dropFirst(Self.mostFaults)
    guard !rest.isEmpty else { return }
    let isMissing = rest.allSatisfy { $0.fault == .missing }
    add(
      isMissing && gaps.isPartial ? .unclear : .bad, "\(Count(rest.count, "more file")) like these")
  }

  /// Makes the manifest again and compares it.
  private mutating func judgeManifest(
    _ baseline: Baseline, _ snapshot: Snapshot, _ tree: CommitTree, _ repository: Repository,
    _ terms: Terms
  ) async throws {
    guard let kind = snapshot.catalogue.baselineKind(of: name) else {
      add(.bad, "the catalogue of its commit knows no kind of baseline for '\(name)'")
      return
    }
    if let own = baseline["Kind"], own != kind.name {
      add(.bad, "it records the kind '\(own)', and its name is one of '\(kind.name)'")
    }
    let manifest = try await Manifest(
      of: snapshot, in: tree, kind: kind, name: name, effective: baseline.effective ?? "",
      jobs: terms.jobs)
    items = manifest.items.count
    if manifest.digest.description != baseline["Manifest-SHA256"] {
      add(
        .bad,
        "what its commit holds is not what was approved: the manifest's SHA-256 is \(manifest.digest), "
          + "and the tag records \(baseline["Manifest-SHA256"] ?? "none")")
      try nameDifferences(from: terms.pins[name], tree, snapshot, repository)
    }
    for (key, count, what) in [
      ("Items", items, "items"), ("Files", manifest.files.count, "files"),
    ] {
      if let recorded = baseline[key], recorded != String(count) {
        add(.bad, "it holds \(count) \(what), and the tag records \(recorded)")
      }
    }
  }

  /// Reads the records, each object compared with its name.
  private static func read(
    _ tree: CommitTree, _ terms: Terms, into report: inout Report
  ) async throws(SourceTreeError) -> Snapshot? {
    Repository.comparesContent(true)
    defer { Repository.comparesContent(false) }
    return try await Snapshot.read(
      tree, jobs: terms.jobs, judges: terms.checksRecords, into: &report)
  }

  /// Names the records that differ from the baseline as it was pinned, where its tag is still there.
  private mutating func nameDifferences(
    from pin: ObjectID?, _ tree: CommitTree, _ snapshot: Snapshot, _ repository: Repository
  ) throws {
    guard let pin, let tag = try repository.annotatedTag(pin), tag.target != tree.commit,
      let pinned = try? CommitTree(at: tag.target.description, in: repository)
    else { return }
    for change in try tree.changes(since: pinned) {
      let kind = change.old == nil ? "was added" : change.new == nil ? "is gone" : "is another"
      let ids = snapshot.file(at: change.path)?.records.map(\.id) ?? []
      let name = ids.count == 1 ? "'\(ids[0])' (\(change.path))" : "'\(change.path)'"
      add(.bad, "\(name) \(kind) since it was pinned")
    }
  }
}
