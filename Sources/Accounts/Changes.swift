package import Baselines
package import Comparison
package import Git
package import Registry
import Rules
package import SourceText
import Syntax

/// What differs between two versions, as commands show it.
package struct Changes {
  package let old: String
  package let new: String
  /// The registers with changes, in the order of the catalogue.
  package var registers: [(register: Register, changes: [RecordChange])] = []
  /// The documents of which the text differs, in the order of their registers.
  package var documents: [DocumentChange] = []
  /// The schemas and the catalogue, where they differ.
  package var schemas: [TreeChange] = []
  /// Files that changed and cannot be read.
  package var unreadable: [Unreadable] = []
  /// What changed and is no record.
  package var others: [OtherChange] = []
  /// Files of which Git's index holds both sides of a merge.
  package var unmerged: [RepoPath] = []
  /// References that lead nowhere now.
  package var dangling: [RegisterComparison.Dangling] = []
  /// Returns the commits behind the change of a record.
  package var commits: (RecordChange) -> [Commit] = { _ in [] }
  /// Returns what is behind the change of a record, one line a commit.
  package var reasons: (RecordChange) -> [String] {
    let (commits, catalogue) = (commits, catalogue)
    return { commits($0).map { $0.line(catalogue) } }
  }
  /// The catalogue of the newer version.
  package var catalogue: Catalogue?

  package init(old: String, new: String) {
    self.old = old
    self.new = new
  }

  /// A file that cannot be read, with how much of it changed.
  package struct Unreadable {
    package let file: UnreadableFile
    /// Where and why, on one line.
    package let reason: String
    /// How many of its lines went and came; `nil` where these cannot be told.
    package let lines: (removed: Int, added: Int)?

    package var line: String {
      let changed = lines.map { "; its lines changed: -\($0.removed) +\($0.added)" } ?? ""
      let ids = file.ids.prefix(5).joined(separator: ", ")
      let more = file.ids.count > 5 ? " and \(file.ids.count - 5) more" : ""
      let records = ids.isEmpty ? "" : "; with " + ids + more
      return "\(file.path) cannot be read (\(reason))\(changed)\(records)"
    }
  }

  /// What says the same in another layout, and what else is no record.
  package var othersByLayout: (layout: [OtherChange], others: [OtherChange]) {
    (others.filter(\.isLayout), others.filter { !$0.isLayout })
  }

  /// Returns the registers with changes that a baseline holds.
  package func registers(of baseline: Baseline) -> [(register: Register, changes: [RecordChange])] {
    let scope = BaselineScope(catalogue?.baselineKind(of: baseline.name))
    return registers.compactMap { register, changes in
      let own = changes.filter { change in
        [change.old, change.new].contains { $0.map { scope.holds($0, of: register) } == true }
      }
      return own.isEmpty ? nil : (register, own)
    }
  }

  /// Whether something changed that could not be compared: the same errors are findings of a check.
  package var hasErrors: Bool {
    !unreadable.isEmpty
      || others.contains { other in
        switch other.kind {
        case .unnamed, .second: true
        case .stray, .layout, .mode, .empty: false
        }
      }
  }

  package var isEmpty: Bool {
    registers.isEmpty && documents.isEmpty && schemas.isEmpty && unreadable.isEmpty
      && others.isEmpty
  }
}

/// A document of which the text differs.
package struct DocumentChange {
  /// The id of its record, or the name of its file.
  package let id: String
  /// What it is called.
  package let title: String
  /// The register that it belongs to; `nil` for a file of no register.
  package var register: Register?
  /// Its records before and now, as far as there are.
  package var records: [Record] = []
  /// Whether the document came or went, and did not change.
  package let isWhole: Bool
  /// Whether its head is told as a record beside it.
  package var hasRecord = true
  /// Returns the commits behind the changes of its passages, by the position of their steps.
  package var commits: (Redline) throws -> (Int) -> Commit? = { _ in { _ in nil } }
  /// The catalogue that says which trailers are reasons.
  var catalogue: Catalogue?
  private let old: SourceFile?
  private let new: SourceFile?
  package let numbering: Numbering?
  /// The clause that is asked for alone.
  private var clause: String?

  /// Where it stands now, or stood before it went.
  package var path: RepoPath? { (new ?? old)?.path }

  package init(
    id: String, title: String, from old: SourceFile?, to new: SourceFile?, _ numbering: Numbering?
  ) {
    self.id = id
    self.title = title
    isWhole = old == nil || new == nil
    self.old = old
    self.new = new
    self.numbering = numbering
  }

  /// Returns the positions of the changes that are told of a redline, without that of a head which is told
  /// as a record.
  package func changes(in redline: Redline) -> [Int] {
    redline.changes.filter { position in
      !hasRecord || (redline.steps[position].new ?? redline.steps[position].old)?.kind != .head
    }
  }

  /// Returns what is behind the changes of its passages, by the position of their steps.
  package func reasons(_ redline: Redline) throws -> (Int) -> String? {
    let (commits, catalogue) = (try commits(redline), catalogue)
    return { commits($0).map { $0.line(catalogue) } }
  }

  /// The way from one version to the other; made anew each time, since all of them together can be
  /// larger than memory.
  package var redline: Redline {
    Redline(from: passages(of: old), to: passages(of: new))
  }

  private func passages(of file: SourceFile?) -> [Passage] {
    let all = file.map { Passage.passages(of: $0, numbering) } ?? []
    guard let clause else { return all }
    return Clause(clause, in: all)?.passages ?? []
  }

  /// Returns one clause of the document alone; `nil` where neither version has it.
  package func narrowed(to clause: String) -> DocumentChange? {
    var narrowed = self
    narrowed.clause = clause
    let passages = narrowed.passages(of: old) + narrowed.passages(of: new)
    return passages.isEmpty ? nil : narrowed
  }
}

extension OtherChange {
  /// Whether the file says the same as before.
  package var isLayout: Bool { kind == .layout || kind == .mode }

  /// The kind as one word.
  package var name: String {
    switch kind {
    case .stray: "stray"
    case .unnamed: "unnamed"
    case .second: "second"
    case .layout: "layout"
    case .mode: "mode"
    case .empty: "empty"
    }
  }

  /// What it is, on one line.
  package var line: String {
    switch kind {
    case .stray: "\(path) belongs to no register"
    case .unnamed(let old, let new, let property):
      "\(path) has records without '\(property)': \(old) went, \(new) came"
    case .second(let id): "\(path) has '\(id)', which is the id of another record too"
    case .layout: path.string
    case .mode: "\(path) (its mode)"
    case .empty: "\(path) holds no record"
    }
  }
}
