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

  @Argument(help: ArgumentHelp("The code, as in 'record/duplicate-id'.", valueName: "code"))
  var code: String?

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) throws -> Outcome {
    guard let code = code.map(Self.plain) else {
      let rows = Explanation.all.map { [$0.code.rawValue, $0.what] }
      session.output += TextTable(header: ["code", "what it says"], rows: rows)
        .text(width: session.isTerminal ? session.width : nil)
      return .clean
    }
    guard let page = Explanation.page(for: .init(rawValue: code)) else {
      if let tree = try? Workplace(session).tree(at: .workTree),
        let text = Self.rule(with: code, in: tree)
      {
        session.output += text
        return .clean
      }
      let known = Explanation.all.map(\.code.rawValue)
      throw Failure(
        "there is no code '\(code)'",
        hint: advice(for: code, among: known)
          ?? "List all codes with: registrar explain")
    }
    session.output += page.text
    return .clean
  }

  /// Returns the code in what a user copied from a report: `error[record/vanished]:`.
  private static func plain(_ text: String) -> String {
    guard let open = text.firstIndex(of: "[") else { return text }
    let rest = text[text.index(after: open)...]
    let code = rest.prefix { $0 != "]" }
    return code.isEmpty ? text : String(code)
  }

  /// Returns what the schemas of the repository say of rules with a code of their own, or `nil`.
  ///
  /// What a person has to do comes first, the expression last.
  static func rule(with code: String, in tree: any SourceTree) -> String? {
    let schemas = SchemaSet(tree: tree)
    var told: [(words: String, rules: [String])] = []
    for path in schemas.paths() {
      guard let document = schemas.document(at: path) else { continue }
      for index in document.nodes.indices where document.nodes[index].kind == .object {
        let rules = Node(tree: document, index: index)["x-rules"]?.elements ?? []
        for rule in rules where rule["code"]?.text == code {
          let help = rule["help"]?.text.map { "\nWhat to do: \(words(of: $0)).\n" } ?? ""
          let text = "It says: \(words(of: rule["message"]?.text ?? "")).\n\(help)"
          let line = LineIndex(document.file).position(at: rule.range.offsets.lowerBound).line
          let place = "\(path):\(line): \(rule["rule"]?.text ?? "")"
          if let known = told.firstIndex(where: { $0.words == text }) {
            told[known].rules.append(place)
          } else {
            told.append((text, [place]))
          }
        }
      }
    }
    guard !told.isEmpty else { return nil }
    let count = told.reduce(0) { $0 + $1.rules.count }
    let head = count == 1 ? "A rule of a schema." : "\(count) rules of schemas."
    let texts = told.map { text, rules in
      text
        + (rules.count == 1
          ? "\nThe rule, at \(rules[0])\n"
          : "\nThe rules:\n" + rules.map { "  \($0)\n" }.joined())
    }
    return "\(code)\n\n\(head)\n\n" + texts.joined(separator: "\n")
  }

  /// Returns a message with the name of a field for what stands in braces, or an ellipsis where that is more than a
  /// field.
  private static func words(of message: String) -> String {
    MessageTemplate(message).parts.map { part in
      switch part {
      case .text(let text): return String(text)
      case .expression(let source, _):
        let names = source.split(separator: ".", omittingEmptySubsequences: false)
        let isField =
          names.count == 2 && (names[0] == "self" || names[0] == "oldSelf")
          && names[1].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        return isField ? "<\(names[1])>" : "…"
      }
    }.joined()
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
      \(code.rawValue)

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
