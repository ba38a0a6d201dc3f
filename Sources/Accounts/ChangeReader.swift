import Comparison
import Diagnostics
import Git
import History
import Registry
import Rules
package import SourceText
import Syntax

/// Reads what differs between two trees, and no more than that.
package struct ChangeReader {
  let place: Workplace
  /// The folder that paths among the names count from.
  private let folder: String
  /// The largest number of tasks at work at once.
  let jobs: Int
  /// The registers, items, files and folders that are asked for; all where there is none.
  private let names: [String]
  /// Whether the commits behind each change are looked for.
  private let tellsReasons: Bool

  package init(
    place: Workplace, folder: String, jobs: Int, names: [String] = [], tellsReasons: Bool = true
  ) {
    self.place = place
    self.folder = folder
    self.jobs = jobs
    self.names = names
    self.tellsReasons = tellsReasons
  }

  /// Compares two versions.
  ///
  /// - Parameters:
  ///   - old: The version before.
  ///   - new: The version now.
  /// - Returns: What differs.
  /// - Throws: `Failure` where the newer one has no catalogue; what reading throws.
  package func changes(from old: any SourceTree, to new: any SourceTree) async throws -> Changes {
    let differing = try TreeChange.between(old, new, under: Catalogue.folders)
    let schemas = differing.filter { $0.path.string.hasPrefix(Catalogue.schemaFolder + "/") }
    var dropped = Report()
    guard let rulebook = try Rulebook.read(new, into: &dropped) else {
      throw Failure("\(new.title) has no catalogue that can be read", hint: "Run: registrar check")
    }
    let filter = ChangeFilter(names, in: place, from: folder)
    let before = schemas.isEmpty ? rulebook : try Rulebook.read(old, into: &dropped) ?? rulebook
    let pair = TreePair(
      old: old, new: new, oldRulebook: before, newRulebook: rulebook, jobs: jobs)
    let files = filter.files(
      among: differing.filter { $0.path.string.hasPrefix(Catalogue.folder + "/") },
      before.catalogue, rulebook.catalogue)
    let comparison = try await pair.comparison(of: files)
    var changes = Changes(old: old.title, new: new.title)
    changes.catalogue = rulebook.catalogue
    changes.schemas = schemas.filter { filter.includes($0.path, of: nil) }
    changes.dangling = filter.isEverything ? try await pair.dangling(comparison) : []
    func register(of path: RepoPath) -> Register? {
      pair.registers.first { $0.claims(path) }
    }
    changes.unreadable = try pair.unreadable(comparison, among: files).filter { change in
      let path = change.file.path
      return filter.includes(path, of: register(of: path), isUnknown: true)
    }
    changes.others = pair.others(comparison, among: files)
      .filter { filter.includes($0.path, of: register(of: $0.path)) }
    for register in pair.registers {
      var own = comparison.records.filter {
        $0.register == register.name && filter.includes($0.old, $0.new, in: register)
      }
      guard !own.isEmpty else { continue }
      own = try await pair.withPositions(own, register)
      changes.registers.append((register, own))
    }
    changes.documents = comparison.documents
      .filter { filter.includes($0.old, $0.new, in: $0.register) }
      .compactMap(Self.document)
    try await addReasons(to: &changes, old, new, rulebook)
    return changes
  }

  private static func document(_ pair: RegisterComparison.DocumentPair) -> DocumentChange? {
    guard let record = pair.new ?? pair.old else { return nil }
    var change = DocumentChange(
      id: record.id, title: record.node["title"]?.text.map { "\(record.id) \($0)" } ?? record.id,
      from: pair.old?.node.tree.file, to: pair.new?.node.tree.file, pair.register.numbering)
    change.register = pair.register
    change.records = [pair.old, pair.new].compactMap(\.self)
    return change
  }

  // MARK: Reasons

  /// Adds which commits between two trees are behind the changes.
  private func addReasons(
    to changes: inout Changes, _ old: any SourceTree, _ new: any SourceTree, _ rulebook: Rulebook
  ) async throws {
    guard tellsReasons, let repository = place.repository, let base = (old as? CommitTree)?.commit,
      let tip = (new as? CommitTree)?.commit ?? (try? repository.commit(at: "HEAD"))
    else { return }
    let records = changes.registers.flatMap(\.changes)
    var paths = Set(records.flatMap { [$0.old?.path, $0.new?.path].compactMap(\.self) })
    paths.formUnion(changes.documents.compactMap(\.path))
    var reasons = try Reasons(from: base, to: tip, in: repository, behind: paths)
    let catalogue = rulebook.catalogue
    var commits: [String: [Commit]] = [:]
    for change in records {
      commits["\(change.register)/\(change.id)"] =
        try await reasons.commits(behind: change, by: rulebook)
    }
    let found = commits
    changes.commits = { found["\($0.register)/\($0.id)"] ?? [] }
    let known = reasons
    for position in changes.documents.indices {
      let document = changes.documents[position]
      guard let path = document.path else { continue }
      // What the work tree changed since has no commit yet.
      changes.documents[position].catalogue = catalogue
      changes.documents[position].commits = { redline in
        let (made, removed) = try known.passages(behind: path, document.numbering)
        return { index in
          let step = redline.steps[index]
          let commit = step.new.map { made[$0.says] } ?? step.old.map { removed[$0.says] }
          return commit.flatMap(\.self)
        }
      }
    }
  }
}
