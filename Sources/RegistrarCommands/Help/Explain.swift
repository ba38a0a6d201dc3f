import Accounts
import ArgumentParser
import Baselines
import CEL
import Diagnostics
import Editing
import Gate
import JSONSchema
import Registry
import Rules
import SourceText
import Syntax

struct Explain: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a code that a check reports",
    discussion: "Without a code it lists all of them.")

  @Argument(
    help: ArgumentHelp("The code, as in 'record/duplicate-id'.", valueName: "code"),
    completion: .names)
  var code: String?

  @Option(help: "How to print it.")
  var format: AnswerFormat = .text

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) throws -> Outcome {
    guard let code = code.map(Self.plain) else {
      if format == .json {
        session.output.add(escaped: JSONText.codes(Explanation.all).text + "\n")
        return .clean
      }
      let rows = Explanation.all.map { [$0.code.rawValue, $0.severity.rawValue, $0.what] }
      session.output += TextTable(header: ["code", "severity", "what it says"], rows: rows)
        .text(width: session.isTerminal ? session.width : nil)
      return .clean
    }
    let page = Explanation.page(for: .init(rawValue: code))
    var rules: [SchemaRule] = []
    if page == nil, let tree = try? Workplace(session).tree(at: .workTree) {
      rules = SchemaRule.all(with: code, in: tree)
    }
    guard page != nil || !rules.isEmpty else {
      throw Failure(
        "there is no code '\(code)'",
        hint: advice(for: code, among: Explanation.all.map(\.code.rawValue))
          ?? "List all codes with: registrar explain")
    }
    if format == .json {
      let pages = [page].compactMap(\.self)
      session.output.add(escaped: JSONText.codes(pages, rules: rules).text + "\n")
    } else {
      session.output += page?.text ?? Self.text(of: rules, code)
    }
    return .clean
  }

  /// Returns the code in what a user copied from a report: `error[record/vanished]:`.
  private static func plain(_ text: String) -> String {
    guard let open = text.firstIndex(of: "[") else { return text }
    let rest = text[text.index(after: open)...]
    let code = rest.prefix { $0 != "]" }
    return code.isEmpty ? text : String(code)
  }

  /// Returns what schemas say of a code of their own: what a person has to do first, the expression last.
  static func text(of rules: [SchemaRule], _ code: String) -> String {
    var told: [(words: String, rules: [String])] = []
    for rule in rules {
      let help = rule.help.map { "\nWhat to do: \($0).\n" } ?? ""
      let text = "It says: \(rule.message).\n\(help)"
      let place = "\(rule.path):\(rule.line): \(rule.source)"
      if let known = told.firstIndex(where: { $0.words == text }) {
        told[known].rules.append(place)
      } else {
        told.append((text, [place]))
      }
    }
    let head = rules.count == 1 ? "A rule of a schema." : "\(rules.count) rules of schemas."
    let texts = told.map { text, rules in
      text
        + (rules.count == 1
          ? "\nThe rule, at \(rules[0])\n"
          : "\nThe rules:\n" + rules.map { "  \($0)\n" }.joined())
    }
    return "\(code)\n\n\(head)\n\n" + texts.joined(separator: "\n")
  }
}

extension Explanation {
  /// Every page, in the order of codes.
  static let all =
    (syntax + yaml + json + csv + markdown + values + schemas + expressions + editing + renaming
    + registers + rules
    + versions + registerRules + documentRules + gate + baselines)
    .sorted { $0.code.rawValue < $1.code.rawValue }

  static func page(for code: Diagnostic.Code) -> Explanation? {
    all.first { $0.code == code }
  }

  /// The page as it is read at a terminal.
  var text: String {
    func indented(_ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    }
    return """
      \(code.rawValue)\(severity == .error ? "" : " (\(severity.rawValue))")

      \(what)

      Why it matters: \(why)

      What to do: \(mend)

      Not so:
      \(indented(bad))

      But so:
      \(indented(good))

      """
  }
}
