import Diagnostics
import JSONSchema
import Registry
import SourceText
import Syntax

/// Shows, where a value has not the form of a regular expression, a value of the register that has it: who keeps
/// registers reads examples, not expressions.
enum PatternExample {
  /// The most findings that get an example.
  private static let most = 200

  /// Adds examples to the findings of a report.
  ///
  /// - Parameters:
  ///   - report: The findings.
  ///   - inspection: The records; those of the version before serve where few were read.
  static func add(to report: inout Report, _ inspection: Inspection) {
    let isFaulty = report.diagnostics.filter { $0.code == .wrongPattern }
    guard !isFaulty.isEmpty else { return }
    // In the version before, the same fault may stand elsewhere.
    let faults = Set(
      isFaulty.compactMap { finding in
        inspection.current.snapshot.source(at: finding.range.path)?
          .text(of: finding.range.offsets)
      })
    var examples: [String: String?] = [:]
    var count = 0
    report.change { finding in
      guard finding.code == .wrongPattern, count < most,
        let place = inspection.current.value(at: finding.range)
      else { return finding }
      count += 1
      let key = "\(place.register) \(place.way)"
      let known =
        examples[key] ?? inspection.example(of: place.way, in: place.register, without: faults)
      examples[key] = .some(known)
      guard let known else { return finding }
      let help =
        finding.help.map { $0 + ", such as '\(known)'" } ?? "Write it as '\(known)' is written"
      return finding.with(help: help)
    }
  }
}

extension Inspection {
  /// Returns a value at a way that has no fault, of some record of the register.
  fileprivate func example(
    of way: String, in register: Int, without faults: Set<String>
  ) -> String? {
    func search(_ index: RecordIndex, _ position: Int) -> String? {
      for record in index.records[position].prefix(5_000) {
        for node in record.values(at: way) {
          guard let text = node.string, !text.isEmpty, text.utf8.count <= 40,
            let source = index.snapshot.source(at: node.range.path),
            !faults.contains(source.text(of: node.range.offsets))
          else { continue }
          return text
        }
      }
      return nil
    }
    if let found = search(current, register) { return found }
    guard let previous, let position = positionBefore(of: register) else { return nil }
    return search(previous, position)
  }
}

extension RecordIndex {
  /// Returns the register of the value that stands at a place, and the way to it in its record.
  fileprivate func value(at range: SourceRange) -> (register: Int, way: String)? {
    guard let file = snapshot.file(at: range.path), let (_, record) = self.record(at: range) else {
      return nil
    }
    let nodes = record.node.tree.nodes
    let end = Int(nodes[record.node.index].end)
    let found = (record.node.index..<end).first { index in
      Int(nodes[index].start) == range.offsets.lowerBound
        && Int(nodes[index].stop) == range.offsets.upperBound && nodes[index].kind == .string
    }
    guard let found,
      let path = record.node.path(to: Node(tree: record.node.tree, index: found))
    else { return nil }
    var way = ""
    for step in path.steps {
      switch step {
      case .key(let name): way += way.isEmpty ? name : "." + name
      case .position: way += "[]"
      }
    }
    return way.isEmpty ? nil : (file.register, way)
  }
}
