import ArgumentParser
import Diagnostics
import Pages

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

/// How a paper is written.
enum PaperFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case markdown
  case html
  case json
  /// A document for Word, which `--output` names.
  case docx

  /// The format that the ending of a file's name stands for; `nil` of none.
  init?(ofFile name: String?) {
    let name = name?.lowercased() ?? ""
    let endings = [
      ("md", PaperFormat.markdown), ("htm", .html), ("txt", .text),
    ]
    let own = Self.allCases.first { name.hasSuffix("." + $0.rawValue) }
    guard let format = own ?? endings.first(where: { name.hasSuffix("." + $0.0) })?.1 else {
      return nil
    }
    self = format
  }

  /// Returns the format that is asked for, by its name or by that of the file; text where nothing is said.
  static func chosen(_ format: PaperFormat?, for destination: Destination) -> PaperFormat {
    format ?? PaperFormat(ofFile: destination.output) ?? .text
  }

  /// Throws where a document is to be written to a terminal.
  static func check(_ format: PaperFormat?, for destination: Destination) throws {
    if chosen(format, for: destination) == .docx, destination.output == nil {
      throw ValidationError("--format docx needs --output: a document is no text.")
    }
  }
}

extension Session {
  /// Says a page.
  ///
  /// - Parameters:
  ///   - page: The page.
  ///   - format: How; not as JSON, which an answer has of its own.
  ///   - time: When it was made, in the form of ISO 8601 with a Z at its end: that of what it tells.
  mutating func tell(_ page: Page, as format: PaperFormat, at time: String) {
    switch format {
    // Lines are broken for a terminal alone: what is copied out of a file, or read by a program, stays whole.
    case .text, .json: output.add(escaped: TextPage.text(of: page, width: width ?? .max))
    case .markdown: output.add(escaped: MarkdownPage.text(of: page))
    case .html: output.add(escaped: HTMLPage.text(of: page))
    case .docx: document = WordPage.bytes(of: page, author: "registrar", time: time)
    }
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
