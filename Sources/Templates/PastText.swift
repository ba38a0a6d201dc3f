import Editing
import Registry
import SourceText
import Syntax

extension PastRegisters {
  /// Returns the elements of a list of records with the text that belongs to each.
  func parts(of tree: SyntaxTree) -> [YAMLPart] {
    guard let root = tree.root else { return [] }
    return YAMLCut(root, in: 0..<tree.file.bytes.count, isRoot: true)?.parts ?? []
  }

  /// Returns the text of a file of which some records are left out and others cut.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - source: Its text now.
  ///   - records: What is left out of each of its records; `nil` for one that is not there.
  /// - Returns: The text.
  /// - Throws: `ExampleHistory.Fault` where it cannot be cut between its records.
  func text(
    of file: RegisterFile, _ source: SourceFile, _ records: [PastRecord?]
  ) throws(ExampleHistory.Fault) -> [UInt8] {
    var edits = records.flatMap { $0?.edits ?? [] }
    let gone = records.indices.filter { records[$0] == nil }
    switch snapshot.catalogue.registers[file.register].shape {
    case .record, .document: break
    case .list:
      guard let tree = file.records.first?.node.tree else { break }
      let parts = parts(of: tree)
      for number in gone {
        let node = file.records[number].node
        guard let part = parts.first(where: { $0.value.index == node.index }) else {
          throw ExampleHistory.Fault(reason: "\(file.path) cannot be cut between its records")
        }
        edits.append((part.lead.lowerBound..<part.range.upperBound, []))
      }
    case .table:
      for number in gone { edits.append((Self.row(file.records[number].node, source), [])) }
    }
    var text: [UInt8] = []
    var offset = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard edit.range.lowerBound >= offset else {
        throw ExampleHistory.Fault(reason: "\(file.path) cannot be cut: two cuts meet")
      }
      text += source.bytes[offset..<edit.range.lowerBound] + edit.text
      offset = edit.range.upperBound
    }
    return text + source.bytes[offset...]
  }

  /// Returns the lines of a row.
  private static func row(_ node: Node, _ source: SourceFile) -> Range<Int> {
    let bytes = source.bytes
    var (start, end) = (node.range.offsets.lowerBound, node.range.offsets.upperBound)
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    return start..<min(end + 1, bytes.count)
  }
}
