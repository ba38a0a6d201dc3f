package import Diagnostics
import Registry
import SourceText
import Syntax

extension Rule {
  /// A year of another age is a slip of the hand: nobody sees it in a list, and every date is before or after it.
  static let plausibleDates = Rule(
    [.implausibleYear], requirement: "A date is of a year from 1900 to 2200."
  ) { inspection, report in
    for file in inspection.files() {
      for record in file.records {
        let tree = record.node.tree
        let nodes = tree.nodes
        for index in record.node.index..<Int(nodes[record.node.index].end)
        where nodes[index].kind == .string
          && (10...12).contains(nodes[index].stop - nodes[index].start)
        {
          let node = Node(tree: tree, index: index)
          guard let text = node.text, text.utf8.count == 10, let day = Day(text),
            !(1900...2200).contains(day.parts.year)
          else { continue }
          report.warning(
            .implausibleYear, "'\(text)' is a day of the year \(day.parts.year)", at: node.range,
            help: "Correct the year")
        }
      }
    }
  }
}

extension Diagnostic.Code {
  /// A date is of a year long gone or far away.
  package static let implausibleYear: Self = "value/implausible-year"
}
