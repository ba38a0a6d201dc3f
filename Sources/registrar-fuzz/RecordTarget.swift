import Comparison
import Diagnostics
import Dispatch
import Glibc
import Registry
import Rules
import SourceText

/// A file of a register under the catalogue, the schemas and the rules of this repository.
///
/// The first line of an input is the path of the file, the rest is what it holds. The file as it is in the
/// repository is the version before.
enum RecordTarget {
  /// Values that one task makes while another waits.
  private final class Box<Value>: @unchecked Sendable {
    var value: Value?
  }

  private static let root = getenv("REGISTRAR_FUZZ_ROOT").map { String(cString: $0) } ?? "."
  private static let repository = WorkTree(root: root)

  private static let rulebook: Rulebook? = {
    var report = Report()
    return try? Rulebook.read(repository, into: &report)
  }()

  static func check(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let rulebook,
      let path = RepoPath(String(decoding: parts[0], as: UTF8.self)),
      rulebook.catalogue.registers.contains(where: { $0.claims(path) }),
      let before = try? repository.bytes(of: path, limit: 1 << 16)
    else { return }
    var report = Report()
    guard let old = snapshot(path, before, rulebook, &report) else { return }
    report = Report()
    guard let new = snapshot(path, Array(parts[1]), rulebook, &report) else { return }
    let index = RecordIndex(of: new)
    Rule.check(index, against: RecordIndex(of: old), into: &report)
    _ = Waivers(in: index).apply(to: &report, index, today: Day(number: 20_000), isWhole: true)
    TextTargets.tell(report, about: SourceFile(path: path, bytes: Array(parts[1])))
    let comparison = RegisterComparison(from: old, to: new)
    for record in comparison.records {
      for field in record.fields { _ = (field.path, field.wording) }
    }
    for register in rulebook.catalogue.registers { _ = new.records(of: register) }
  }

  private static func snapshot(
    _ path: RepoPath, _ bytes: [UInt8], _ rulebook: Rulebook, _ report: inout Report
  ) -> Snapshot? {
    let tree = MemoryTree(bytes: [path.string: bytes])
    let entries = [TreeEntry(path: path, kind: .file)]
    let made = Box<(Snapshot, Report)>()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      var report = Report()
      let snapshot = try? await Snapshot.read(tree, entries, by: rulebook, jobs: 1, into: &report)
      made.value = snapshot.map { ($0, report) }
      done.signal()
    }
    done.wait()
    guard let (snapshot, found) = made.value else { return nil }
    report.merge(found)
    return snapshot
  }
}
