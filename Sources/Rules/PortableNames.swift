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
  /// The path that was looked at last: paths come in order, nearly all in the folder of the one before.
  private var last: RepoPath?

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
    defer { last = path }
    if let last, path.isBeside(last), PortableName.isPlain(path.name) { return }
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
    let isKnown = last.map(path.isBeside) ?? false
    last = path
    let steps = isKnown ? [path] : steps(of: path) { known[PortableName.key($0)] != $0 }
    for step in steps {
      let key = PortableName.key(step)
      let other = known.updateValue(step, forKey: key)
      guard let other, other != step else {
        continue
      }
      known[key] = other
      last = nil
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

  /// Whether a name is seen at once to be fit: it has letters, digits, `-`, `_` and stops of ASCII, and before the
  /// first stop not as many as a device has (`con`, `com1`).
  static func isPlain(_ name: Substring) -> Bool {
    let isPlain = name.utf8.withContiguousStorageIfAvailable { bytes in
      var base: Int?
      for (position, byte) in bytes.enumerated() {
        switch byte {
        case UInt8(ascii: "."): base = base ?? position
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          break
        default: return false
        }
      }
      let length = base ?? bytes.count
      return length != 3 && length != 4 && bytes.count <= 255 && bytes.last != UInt8(ascii: ".")
    }
    return isPlain ?? false
  }

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
