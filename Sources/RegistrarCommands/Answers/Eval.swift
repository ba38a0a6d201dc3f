import Accounts
import ArgumentParser
import CEL
import Diagnostics
import Registry
import Rules

struct Eval: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluate an expression, to try a rule or a query",
    discussion: """
      Expressions are those of the Common Expression Language. With --item the fields of the item \
      are names, and the item as a whole is 'self'.
      """)

  @Argument(help: "The expression, as in 'impact * likelihood'.")
  var expression: String

  @Option(
    help: ArgumentHelp("The item whose fields are names.", valueName: "id"), completion: .names)
  var item: String?

  @OptionGroup var source: SourceOptions

  @Option(help: "How to print it.")
  var format: AnswerFormat = .text

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    // Without a configuration repository an expression can still be tried, on nothing.
    var index: RecordIndex?
    if item != nil || source.source != .workTree || Workplace.isConfiguration(session) {
      let place = try Workplace(session)
      let snapshot = try await session.snapshotToShow(try place.tree(at: source.source))
      index = RecordIndex(of: snapshot)
    }
    let found = try item.flatMap { item in try index?.item(item) }
    let names = found.flatMap { found in
      index.map { Query.names(of: [found.record], in: found.register, $0.snapshot.rulebook) }
    }
    let query = try Query(expression, over: index, names: names ?? [:])
    let computed = found.flatMap { found in
      index.map { ComputedFields(of: found.register, in: $0).values(in: found.record) }
    }
    do throws(EvaluationError) {
      let value = try query.value(on: found?.record.node, computed: computed ?? [:])
      if format == .json {
        session.output.add(escaped: JSONText.value(value).text + "\n")
      } else {
        session.output += value.text + "\n"
      }
    } catch {
      throw query.failure(error)
    }
    guard query.restsOnUnread, let index else { return .clean }
    return session.tellUnread(of: index) ? .errorsFound : .clean
  }
}
