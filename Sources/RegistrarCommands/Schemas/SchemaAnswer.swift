import Accounts
import ArgumentParser
import Diagnostics

struct SchemaAnswer: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer", abstract: "Print the schema of an answer's JSON form",
    discussion: """
      What '--format json' prints is valid under it. The form is named by its member 'answer'; that of \
      'diff' is 'changes'. Without a name the forms are listed.
      """)

  @Argument(help: "The form, such as 'status'.", completion: .names)
  var name: String?

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) throws -> Outcome {
    let names = AnswerSchema.all.map(\.name)
    guard let name else {
      session.output += names.joined(separator: "\n") + "\n"
      return .clean
    }
    guard let text = AnswerSchema.text(name) else {
      throw Failure(
        "there is no form '\(name)'",
        hint: advice(for: name, among: names) ?? "There are: \(names.joined(separator: ", "))")
    }
    session.output.add(escaped: text)
    return .clean
  }
}
