import Comparison
import Diagnostics
package import JSONSchema
package import Registry
package import SourceText
import Syntax

/// A merge of two versions of a file with the version that both come from.
///
/// It is clean only where the result, read again, says exactly what the merge of the values says: of
/// records by their ids, rows, cells, elements of lists, fields, clauses, and their order. What both
/// sides changed is in conflict, between Git's marks; so is, in doubt, the file.
package struct ThreeWayMerge {
  /// The result, with the marks of what could not be merged.
  package private(set) var bytes: [UInt8]
  /// How many places are in conflict.
  package private(set) var conflicts = 0

  /// Merges lines as Git does: returns the result, and whether it has no conflict; `nil` where that
  /// cannot be done.
  package typealias Lines = (
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]
  ) -> (bytes: [UInt8], isClean: Bool)?

  /// Merges two versions.
  ///
  /// - Parameters:
  ///   - base: The version that both come from.
  ///   - ours: One version.
  ///   - theirs: The other.
  ///   - register: The register that the file belongs to, where it is known.
  ///   - program: The schema of its records, where it could be compiled.
  ///   - labels: What the marks of conflicts say.
  ///   - lines: Merges lines.
  package init(
    base: SourceFile, ours: SourceFile, theirs: SourceFile, register: Register? = nil,
    program: Program? = nil, labels: ConflictLabels, lines: Lines
  ) {
    if ours.bytes == theirs.bytes || base.bytes == theirs.bytes || base.bytes == ours.bytes {
      bytes = merged(base.bytes, ours.bytes, theirs.bytes)
      return
    }
    let reading = Reading(ours.path, register, program)
    let layout = TextLayout(
      base: TextLayout(of: base.bytes), ours: TextLayout(of: ours.bytes),
      theirs: TextLayout(of: theirs.bytes))
    let versions = [base, ours, theirs].map(reading.plain)
    func written(_ plain: [UInt8]) -> [UInt8] {
      reading.written(plain, as: layout)
    }
    // Lines that end differently differ throughout.
    let isAlike =
      !reading.isTable || Set([base, ours, theirs].map { TextLayout(of: $0.bytes) }).count == 1
    let plan = reading.plan(versions)
    let joined = isAlike ? lines(versions[0].bytes, versions[1].bytes, versions[2].bytes) : nil
    if let plan {
      // What is proven is what will stand in the file.
      func readBack(_ plain: [UInt8]) -> SourceFile {
        reading.plain(SourceFile(path: ours.path, bytes: written(plain)))
      }
      func isRight(_ one: [UInt8], _ two: [UInt8]) -> Bool {
        plan.isSaid(byOurs: readBack(one), andTheirs: readBack(two))
      }
      if plan.text.conflicts == 0, let joined, joined.isClean, isRight(joined.bytes, joined.bytes) {
        bytes = written(joined.bytes)
        return
      }
      if isRight(plan.text.text(taking: .ours), plan.text.text(taking: .theirs)) {
        conflicts = plan.text.conflicts
        bytes = written(
          plan.text.marked(labels, lineEnd: reading.isTable ? layout.lineEnd : [0x0A]))
        return
      }
    }
    if let joined, !joined.isClean {
      (bytes, conflicts) = (written(joined.bytes), 1)
    } else if let joined, plan == nil, reading.trusts(joined.bytes, of: versions) {
      bytes = written(joined.bytes)
    } else if joined == nil, versions.contains(where: { $0.bytes.contains(0) }) {
      // As git leaves what is no text.
      (bytes, conflicts) = (ours.bytes, 1)
    } else {
      let text = MergeText(conflictOf: reading.lines(versions[1]), reading.lines(versions[2]))
      (bytes, conflicts) = (
        written(text.marked(labels, lineEnd: reading.isTable ? layout.lineEnd : [0x0A])), 1
      )
    }
  }
}

/// How the versions of a file are read for a merge.
private struct Reading {
  private enum Form {
    case yaml
    case table
    case document
    case json
    case other
  }

  private let form: Form
  private let register: Register?
  private let program: Program?

  init(_ path: RepoPath, _ register: Register?, _ program: Program?) {
    self.register = register
    self.program = program
    func ends(_ ending: String) -> Bool { path.string.hasSuffix(ending) }
    form =
      switch register?.shape {
      case .table: .table
      case .document: .document
      case .list, .record: .yaml
      case nil:
        ends(".csv")
          ? .table
          : ends(".md")
            ? .document : ends(".yaml") || ends(".yml") ? .yaml : ends(".json") ? .json : .other
      }
  }

  var isTable: Bool { form == .table }

  /// Returns a file without what is particular to its layout, where that says nothing.
  func plain(_ file: SourceFile) -> SourceFile {
    switch form {
    case .yaml, .document, .json:
      SourceFile(path: file.path, bytes: TextLayout.plain(file.bytes))
    case .table: SourceFile(path: file.path, bytes: TextLayout.withoutMark(file.bytes))
    case .other: file
    }
  }

  /// Returns the bytes of a file of a layout: the inverse of ``plain(_:)``.
  func written(_ plain: [UInt8], as layout: TextLayout) -> [UInt8] {
    form == .other ? plain : layout.written(plain, hasLineEnds: isTable)
  }

  /// Returns what the merge of three versions is to say, where all can be read and merged by value.
  func plan(_ versions: [SourceFile]) -> (any MergePlan)? {
    switch form {
    case .yaml:
      // Git gives an empty base of a file that both sides added.
      let isNew = versions[0].bytes.isEmpty
      let none = SourceFile(path: versions[0].path, text: "[]\n")
      let trees = ([isNew ? none : versions[0]] + versions.dropFirst()).compactMap(YAMLPlan.tree)
      guard trees.count == 3 else { return nil }
      let isList = register.map { $0.shape == .list } ?? true
      guard isList || isOneRecord(trees.compactMap(\.root)) else { return nil }
      return YAMLPlan(
        base: trees[0], ours: trees[1], theirs: trees[2],
        merge(trees.compactMap(\.root).flatMap { isList ? $0.elements : [$0] }, isList: isList))
    case .document:
      let read = versions.compactMap { DocumentVersion($0, register?.numbering) }
      guard read.count == 3, isOneRecord(read.compactMap(\.document.head?.root)) else { return nil }
      return DocumentMerge(
        base: read[0], ours: read[1], theirs: read[2],
        merge(read.compactMap(\.document.head?.root), isList: false))
    case .table:
      let read = versions.enumerated().compactMap { position, file in
        TableVersion(file, mayBeMissing: position == 0)
      }
      guard read.count == 3 else { return nil }
      return TableMerge(base: read[0], ours: read[1], theirs: read[2], register)
    case .json, .other: return nil
    }
  }

  /// Whether the versions of a file hold the same record: one that has another id than the base says in
  /// `formerly` that it had that.
  ///
  /// Git takes a new file that is like one that is gone for the same file under another name.
  private func isOneRecord(_ versions: [Node]) -> Bool {
    guard let register, versions.count == 3, let base = versions[0][register.idProperty]?.text
    else { return true }
    return versions.dropFirst().allSatisfy { version in
      guard let id = version[register.idProperty]?.text else { return true }
      return id == base || version.formerIDs.contains(base)
    }
  }

  /// Returns how YAML is merged that holds the given records.
  private func merge(_ records: [Node], isList: Bool) -> YAMLMerge {
    var dropped = Report()
    let evaluator = program.map { Evaluator($0, collectsAnnotations: true) }
    let annotations = records.flatMap { evaluator?.check($0, into: &dropped) ?? [] }
    return YAMLMerge(register: register, keys: ElementKeys(in: annotations), isList: isList)
  }

  private func isReadable(_ file: SourceFile) -> Bool {
    var report = Report()
    switch form {
    case .yaml: return YAMLPlan.tree(of: file) != nil
    case .document: return DocumentVersion(file, register?.numbering) != nil
    case .table: return TableVersion(file) != nil
    case .json: return JSONReader.tree(of: file, into: &report) != nil
    case .other: return true
    }
  }

  /// Whether a merge of lines may stand although nothing can be compared: one version cannot be read,
  /// or has no values.
  func trusts(_ bytes: [UInt8], of versions: [SourceFile]) -> Bool {
    let readable = versions.map(isReadable)
    let isRead = readable[1] && readable[2]
    guard !isRead || isReadable(SourceFile(path: versions[1].path, bytes: bytes)) else {
      return false
    }
    switch form {
    case .json, .other: return true
    case .yaml, .document: return readable.contains(false)
    case .table:
      // Under another header every cell would mean something else.
      return readable.contains(false) && Set(versions.map { lines($0).first }).count == 1
    }
  }

  /// Returns the lines of a file, each with its end.
  func lines(_ file: SourceFile) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for (offset, byte) in file.bytes.enumerated() where byte == 0x0A {
      lines.append(file.bytes[start...offset])
      start = offset + 1
    }
    return start < file.bytes.count ? lines + [file.bytes[start...]] : lines
  }
}

extension MergeText {
  /// Two texts in conflict, but for the lines at their begin and end that are the same.
  fileprivate init(conflictOf ours: [ArraySlice<UInt8>], _ theirs: [ArraySlice<UInt8>]) {
    let least = min(ours.count, theirs.count)
    let low = (0..<least).first { ours[$0] != theirs[$0] } ?? least
    let high =
      (0..<(least - low)).first { ours[ours.count - 1 - $0] != theirs[theirs.count - 1 - $0] }
      ?? least - low
    func whole(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
      let bytes = Array(lines.joined())
      return bytes.isEmpty || bytes.last == 0x0A ? bytes : bytes + [0x0A]
    }
    self.init(Array(ours[..<low].joined()))
    append(
      ours: whole(ours[low..<(ours.count - high)]),
      theirs: whole(theirs[low..<(theirs.count - high)]))
    append(Array(ours[(ours.count - high)...].joined()))
  }
}
