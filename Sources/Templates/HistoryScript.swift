import Diagnostics
package import Registry
import SourceText
import Syntax

/// The steps by which the registers of this repository came to what they are: `example/history.yaml`.
///
/// It says when a step was, what its commits are called and which baseline it has. What the registers held then
/// is computed from what they hold now (``PastRegisters``).
package struct HistoryScript: Sendable {
  let author: ExampleHistory.Author
  let steps: [Step]
  /// The step that each source document came with.
  let documents: [String: Int]
  /// What is to be known of the registers, by their names.
  let registers: [String: RegisterHabit]
  /// The steps that single records, with the first entry of their history, begin with, where it is not what
  /// they say; by their ids.
  let since: [String: Int]
  /// The steps that waivers begin with, by their codes.
  let waived: [String: Int]
  /// What is added to the waivers, each from the step on that its item is there.
  let waivers: [Waiver]
  /// The properties that the entries of a history set.
  let settable: Set<String>

  /// One moment.
  struct Step: Sendable {
    /// The meeting, the version or another name.
    let id: String
    let day: Day
    let commits: [Commit]
    let baseline: Baseline?
  }

  /// A commit of a step.
  struct Commit: Sendable {
    let message: String
    /// The begins of the paths below `registers/` that it takes; `nil` for all that is left.
    let paths: [String]?
  }

  package struct Baseline: Sendable {
    package let name: String
    package let effective: Day
    package let published: Day?
    package let decisions: [String]
    package let cause: String?
  }

  /// How the records of a register begin and change.
  struct RegisterHabit: Sendable {
    /// The property whose day, meeting or document is that of a record; `nil` for its sources.
    let since: String?
    /// The values that a record has before the first entry of its history.
    let initial: [String: String]
    /// What else the entries of its lists set: the properties, each with the key of the entries.
    let sets: [String: String]
    /// The properties whose texts are ids of meetings, without being references.
    let names: [String]
    /// What a record has that another one names before its time; `nil` for all.
    let stub: Set<String>?
    /// The values that a record has while a property is still to come, by the property.
    let before: [String: [String: String]]
  }

  /// A waiver of the example.
  struct Waiver: Sendable {
    let item: String
    /// The step with which it goes.
    let end: Int?
    let text: [UInt8]
  }

  static let path = Embedded.templates + "/example/history.yaml"

  /// Reads the script that the program was built with.
  init() throws(ExampleHistory.Fault) {
    guard let bytes = Embedded.files[Self.path], let path = RepoPath(Self.path) else {
      throw ExampleHistory.Fault(reason: "\(Self.path) is not in the program")
    }
    var report = Report()
    guard
      let root = YAMLReader.tree(of: SourceFile(path: path, bytes: bytes), into: &report)?.root
    else { throw ExampleHistory.Fault(reason: "\(Self.path) is no YAML") }
    author = ExampleHistory.Author(
      name: root["author"]?["name"]?.text ?? "", address: root["author"]?["address"]?.text ?? "")
    var steps: [Step] = []
    for node in root["steps"]?.elements ?? [] { steps.append(try Self.step(node)) }
    self.steps = steps
    let positions = Dictionary(
      steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    documents = Self.texts(root["documents"]).compactMapValues { positions[$0] }
    since = Dictionary(
      (root["since"]?.members ?? []).flatMap { member in
        member.value.elements.map { ($0.text ?? "", positions[member.key.text ?? ""] ?? 0) }
      }, uniquingKeysWith: { first, _ in first })
    waived = Self.texts(root["waived"]).compactMapValues { positions[$0] }
    settable = Set(root["settable"]?.elements.compactMap(\.text) ?? [])
    waivers = (root["waivers"]?.elements ?? []).map { waiver in
      let members = waiver.members.filter { $0.key.text != "until" }
        .map { "\($0.key.text ?? ""): \($0.value.text ?? "")" }
      return Waiver(
        item: waiver["item"]?.text ?? "", end: waiver["until"]?.text.flatMap { positions[$0] },
        text: Array("- \(members.joined(separator: "\n  "))\n".utf8))
    }
    registers = Dictionary(
      (root["registers"]?.members ?? []).map { member in
        (
          member.key.text ?? "",
          RegisterHabit(
            since: member.value["since"]?.text, initial: Self.texts(member.value["initial"]),
            sets: Self.texts(member.value["sets"]),
            names: member.value["names"]?.elements.compactMap(\.text) ?? [],
            stub: member.value["stub"].map { Set($0.elements.compactMap(\.text)) },
            before: Dictionary(
              (member.value["before"]?.members ?? []).map {
                ($0.key.text ?? "", Self.texts($0.value))
              }, uniquingKeysWith: { first, _ in first }))
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func step(_ node: Node) throws(ExampleHistory.Fault) -> Step {
    guard let id = node["id"]?.text, let day = node["date"]?.text.flatMap(Day.init) else {
      throw ExampleHistory.Fault(reason: "a step in \(path) has no id or no date")
    }
    let commits = (node["commits"]?.elements ?? []).map { commit in
      Commit(
        message: commit["message"]?.text ?? id,
        paths: commit["paths"].map { $0.elements.compactMap(\.text) })
    }
    let baseline = node["baseline"].map { baseline in
      Baseline(
        name: baseline["name"]?.text ?? "",
        effective: baseline["effective"]?.text.flatMap(Day.init) ?? day,
        published: baseline["published"]?.text.flatMap(Day.init),
        decisions: baseline["decisions"]?.elements.compactMap(\.text) ?? [],
        cause: baseline["cause"]?.text)
    }
    return Step(id: id, day: day, commits: commits, baseline: baseline)
  }

  private static func texts(_ node: Node?) -> [String: String] {
    Dictionary(
      (node?.members ?? []).map { ($0.key.text ?? "", $0.value.text ?? "") },
      uniquingKeysWith: { first, _ in first })
  }
}
