import ArgumentParser
import CEL
import Registry
import Rules

struct Eval: SessionCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluate an expression, to try a rule or a query",
    discussion: """
      Expressions are those of the Common Expression Language. With --item the fields of the item \
      are names, and the item as a whole is 'self'.
      """)

  @Argument(help: "The expression, as in 'impact * likelihood'.")
  var expression: String

  @Option(help: ArgumentHelp("The item whose fields are names.", valueName: "id"))
  var item: String?

  @OptionGroup var source: SourceOptions

  mutating func run(in session: inout Session) async throws -> Outcome {
    // Without a configuration repository an expression can still be tried, on nothing.
    var index: RecordIndex?
    if item != nil || source.source != .workTree || Workplace.isConfiguration(session) {
      let place = try Workplace(session)
      let snapshot = try await session.snapshotToShow(try place.tree(at: source.source))
      index = RecordIndex(of: snapshot)
    }
    let query = try Query(expression, over: index)
    let record = try item.flatMap { item in try index?.item(item).record }
    do throws(EvaluationError) {
      session.output += try query.value(on: record?.node).text + "\n"
    } catch {
      throw query.failure(error)
    }
    return .clean
  }
}
