import ArgumentParser
import Diagnostics

/// A way to print an answer: for people, or for programs in its documented form (`registrar schema answer`).
///
/// The names of formats are those of the page "Commands"; what they were called before is taken too.
enum AnswerFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}

/// A way to print rows.
enum TableFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case csv
  case markdown
  case json

  init?(argument: String) {
    self.init(rawValue: argument == "table" ? "text" : argument)
  }
}

/// A way to print a report that people pass on.
enum PageFormat: String, CaseIterable, ExpressibleByArgument {
  case markdown
  case json

  init?(argument: String) {
    self.init(rawValue: argument == "text" ? "markdown" : argument)
  }
}

extension ReportFormat {
  package init?(argument: String) {
    self.init(rawValue: argument == "full" ? "text" : argument)
  }
}

extension Session {
  /// Says rows.
  ///
  /// - Parameters:
  ///   - table: The rows.
  ///   - format: How.
  ///   - json: The same in its documented form.
  mutating func tell(_ table: TextTable, as format: TableFormat, json: () -> JSONText) {
    switch format {
    case .text: output += table.text(width: isTerminal ? width : nil)
    case .csv: output.add(escaped: table.csv)
    case .markdown: output.add(escaped: table.markdown)
    case .json: output.add(escaped: json().text + "\n")
    }
  }
}
