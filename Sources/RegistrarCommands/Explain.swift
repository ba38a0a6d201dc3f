import ArgumentParser
import Baselines
import CEL
import Diagnostics
import Gate
import JSONSchema
import Registry
import Rules
import SourceText
import Syntax

struct Explain: SessionCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a code that a check reports",
    discussion: "Without a code it lists all of them.")

  @Argument(help: ArgumentHelp("The code, as in 'record/duplicate-id'.", valueName: "code"))
  var code: String?

  mutating func run(in session: inout Session) throws -> Outcome {
    guard let code = code.map(Self.plain) else {
      for page in Explanation.all {
        session.output += "\(page.code.rawValue)  \(page.what)\n"
      }
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

  /// Returns what a schema of the repository says of a rule with a code of its own, or `nil`.
  static func rule(with code: String, in tree: any SourceTree) -> String? {
    let schemas = SchemaSet(tree: tree)
    for path in schemas.paths() {
      guard let document = schemas.document(at: path) else { continue }
      for index in document.nodes.indices where document.nodes[index].kind == .object {
        let rules = Node(tree: document, index: index)["x-rules"]?.elements ?? []
        guard let rule = rules.first(where: { $0["code"]?.text == code }) else { continue }
        let help = rule["help"]?.text.map { "\n\nWhat to do: \($0)." } ?? ""
        return """
          \(code)

          A rule of \(path): \(rule["message"]?.text ?? "")

          What must hold: \(rule["rule"]?.text ?? "")\(help)

          """
      }
    }
    return nil
  }
}

extension Explanation {
  /// Every page, in the order of codes.
  static let all =
    (syntax + yaml + json + csv + markdown + values + schemas + expressions + registers + rules
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
