package import Diagnostics
import Registry
import SourceText
import Syntax

extension Rule {
  /// A repository is cloned to Windows and macOS too, where some names cannot be and some are one.
  static let portableNames = Rule(
    [.unportableName, .collidingNames],
    requirement: "The name of a file can be held by every system, and is one of its own on each."
  ) { inspection, report in
    guard inspection.focus == nil else { return }
    let index = inspection.current
    let own = (index.snapshot.files.map(\.path) + index.snapshot.strays).sorted()
    var names = Names()
    for path in own { names.judge(path, into: &report) }
    for path in Set(own + index.neighbours).sorted() { names.compare(path, into: &report) }
  }
}

/// The names of files and folders that were looked at.
private struct Names {
  private var judged: Set<String> = []
  /// For each folder and name without capitals, the path that has it.
  private var known: [String: RepoPath] = [:]

  /// Returns the folders above a path that are new, the outermost first, and the path.
  private func steps(of path: RepoPath, while isNew: (RepoPath) -> Bool) -> [RepoPath] {
    var steps: [RepoPath] = []
    var step: RepoPath? = path
    while let current = step, current.string != Catalogue.folder, isNew(current) {
      steps.append(current)
      step = current.folder
    }
    return steps.reversed()
  }

  mutating func judge(_ path: RepoPath, into report: inout Report) {
    for step in steps(of: path, while: { !judged.contains($0.string) }) {
      judged.insert(step.string)
      let name = String(step.name)
      var previous: Unicode.Scalar?
      for scalar in name.unicodeScalars {
        defer { previous = scalar }
        guard let kind = HiddenCharacter(scalar, after: previous) else { continue }
        report.error(
          kind.code, kind.message(scalar), at: .file(path), help: "Give the file another name")
        break
      }
      guard let reason = PortableName.fault(of: name) else { continue }
      report.error(
        .unportableName, .unportable(name, reason), at: .file(path),
        help: "Give it another name: elsewhere nobody can check the repository out")
    }
  }

  mutating func compare(_ path: RepoPath, into report: inout Report) {
    for step in steps(of: path, while: { known[PortableName.key($0)] != $0 }) {
      let key = PortableName.key(step)
      guard let other = known[key], !other.string.utf8.elementsEqual(step.string.utf8) else {
        known[key] = step
        continue
      }
      report.error(
        .collidingNames, .collision(String(step.name), String(other.name)), at: .file(path),
        help: "Rename one of the two: on Windows and macOS one takes the other's place")
      return
    }
  }
}

/// What Windows and macOS make of a name.
private enum PortableName {
  private static let reserved: Set<String> = Set(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
      + ["com", "lpt"].flatMap { word in "123456789¹²³".map { "\(word)\($0)" } })

  /// Returns why a name cannot be on every system; `nil` where it can.
  static func fault(of name: String) -> String? {
    if let sign = name.first(where: { "<>:\"|?*\\".contains($0) }) { return "has '\(sign)'" }
    if name.hasSuffix(".") { return "ends with a full stop" }
    if name.hasSuffix(" ") { return "ends with a space" }
    if name.contains(where: { $0 == "\n" || $0 == "\t" }) { return "has a line break or a tab" }
    if name.utf16.count > 255 { return "has more than 255 characters" }
    var base = name.prefix { $0 != "." }
    while base.last == " " { base.removeLast() }
    return reserved.contains(base.lowercased()) ? "is that of a device" : nil
  }

  /// Returns a path with the last name as systems compare it; texts that Unicode takes to be equal are.
  static func key(_ path: RepoPath) -> String {
    (path.folder.map { $0.string + "/" } ?? "") + path.name.lowercased()
  }
}

extension Diagnostic.Code {
  /// A file has a name that Windows or macOS cannot hold.
  package static let unportableName: Self = "file/unportable-name"
  /// Two files of a folder have names that Windows or macOS take for one.
  package static let collidingNames: Self = "file/colliding-names"
}

extension Diagnostic.Message {
  fileprivate static func unportable(_ name: String, _ reason: String) -> Self {
    "the name '\(name)' \(reason), which Windows does not allow"
  }
  fileprivate static func collision(_ name: String, _ other: String) -> Self {
    "'\(name)' and '\(other)' are one file on Windows and macOS"
  }
}
