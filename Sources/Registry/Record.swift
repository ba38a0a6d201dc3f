package import Diagnostics
package import JSONSchema
package import SourceText
package import Syntax

/// One entry of a register: an action, a risk, a party.
package struct Record: Sendable {
  package let id: String
  /// Where the id stands.
  package let idNode: Node
  /// The record as a whole: a mapping of its properties.
  package let node: Node

  /// Returns the text of a property, or `nil` where the record has no such scalar.
  package func text(of property: String) -> String? {
    property == "id" ? id : node[property]?.text
  }

  package var path: RepoPath { node.tree.file.path }

  /// The ids that the record had before: the property `formerly`, a text or a list of texts.
  package var formerIDs: [String] {
    guard let node = node["formerly"] else { return [] }
    return (node.kind == .array ? node.elements : [node]).compactMap(\.text)
  }
}

/// What one file holds for its register.
package struct RegisterFile: Sendable {
  package let path: RepoPath
  /// The position of the register in the catalogue.
  package let register: Int
  package var records: [Record]
  /// What the schemas say of values beyond whether they are valid: references, unique values.
  package var annotations: [Annotation]
  /// The text, to show lines of it; `nil` where it could not be read.
  package let source: SourceFile?
  /// Why the file cannot be read, which is another thing than to hold no records; `nil` where it can.
  package var fault: Diagnostic?
  /// Whether any of it may mean something else than was read, because it breaks the form of its format.
  package var isMisread = false
  /// Whether some of it could not be read.
  package var isIncomplete = false
  /// Where errors were found while it was read and held against its schema: the begin of each, in UTF-8
  /// offsets, in their order.
  package var faults: [Int] = []
  /// What stands where records stand and has no id.
  package var unnamed: [Node] = []

  /// Whether it may hold records that are not among those read.
  package var isUnread: Bool { fault != nil || isIncomplete || !unnamed.isEmpty }

  /// Whether an error was found in a value while it was read and held against its schema.
  ///
  /// - Complexity: O(log *errors*).
  package func hasFault(in node: Node) -> Bool {
    let range = node.range.offsets
    var (low, high) = (0, faults.count)
    while low < high {
      let middle = (low + high) / 2
      if faults[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < faults.count && faults[low] <= range.upperBound
  }

  /// Returns the record that a value stands in.
  ///
  /// - Complexity: O(log *records*).
  package func record(holding node: Node) -> Record? {
    var (low, high) = (0, records.count)
    while low < high {
      let middle = (low + high) / 2
      if records[middle].node.index <= node.index { low = middle + 1 } else { high = middle }
    }
    guard low > 0, records[low - 1].node.tree === node.tree else { return nil }
    return records[low - 1]
  }
}

/// The keywords of ours that a snapshot collects while it checks records.
package enum OwnKeyword: String, CaseIterable, Sendable {
  /// The value is the id of a record in the named register or registers.
  case references = "x-references"
  /// No two records of the register share the value.
  case unique = "x-unique"
  /// The lowest class of readers that may see the value.
  case classification = "x-classification"
  /// The value equals what an expression over the mapping that holds it gives.
  case computed = "x-computed"
  /// What must hold of a mapping: expressions with the words for where they do not.
  case rules = "x-rules"
  /// Which values a state may begin with, and which may follow which.
  case states = "x-states"
  /// What the array had, it keeps: elements are only added at its end.
  case appendOnly = "x-append-only"
  /// The mapping does not change any more once it is as the expression says.
  case immutableWhen = "x-immutable-when"
  /// The property that the elements of a list are known by from one version to the next.
  case key = "x-key"

  /// What `Program`s are compiled to collect, in the order of the cases.
  package static let collected = allCases.map(\.rawValue)
}
