import Diagnostics
import SourceText
import Syntax

/// A page of the reference, which `registrar help TOPIC` shows and the package has as a man page.
enum HelpTopic: String, CaseIterable {
  case tutorial
  case commands
  case catalogue
  case keywords
  case rules
  case expressions
  case baselines
  case hooks
  case server
  case trust
  case probe

  private static let pages = PackedFiles.files(in: embeddedFiles)

  /// The page, as the documentation of the commands has it.
  private var file: String {
    switch self {
    case .rules: "RegisterRules"
    case .server: "Hooks"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }

  /// The section of the manual: 5 for files, 7 for everything else.
  var section: Int { self == .catalogue || self == .server ? 5 : 7 }

  /// What the page is about.
  var summary: String {
    switch self {
    case .tutorial: "what a secretary does on a first day"
    case .commands: "what all commands have in common: words, options, formats, exit statuses"
    case .catalogue: "which registers there are, and what holds of them"
    case .keywords: "the keywords of schemas that registrar has beside JSON Schema"
    case .rules: "the rules that a catalogue switches on"
    case .expressions: "the expressions of rules and queries"
    case .baselines: "what a baseline records, signs and proves"
    case .hooks: "what is judged at commits and pushes"
    case .server: "the hooks of a server and its file"
    case .trust: "who may decide what, and what is not defended"
    case .probe: "slips made in memory: what nobody would notice"
    }
  }

  /// The page in Markdown.
  var markdown: String {
    let path = "Sources/RegistrarCommands/RegistrarCommands.docc/\(file).md"
    let text = String(decoding: Self.pages[path] ?? [], as: UTF8.self)
    // Names of code are links there; blocks of code begin with a third sign.
    let plain = text.replacing(/``([^`\n]+)``/) { "`\($0.1)`" }
    return Self.allCases.reduce(plain) { text, topic in
      text.replacing("<doc:\(topic.file)>", with: "`registrar help \(topic.rawValue)`")
    }
  }

  /// The page for `man`.
  ///
  /// - Parameter date: The day that stands on it.
  /// - Returns: The page; `nil` where it cannot be rendered.
  func manual(date: String) -> String? {
    MarkdownManual.page(
      of: markdown, name: "registrar-" + rawValue, section: section, summary: summary, date: date)
  }

  /// The topics as a list.
  static var list: String {
    allCases.map { topic in
      let name = topic.rawValue
      return "  \(name)\(String(repeating: " ", count: max(1, 14 - name.count)))\(topic.summary)\n"
    }.joined()
  }
}
