import CEL
import RegistrarTestSupport
import Testing

private func evaluate(_ source: String, _ variables: [String: Value] = [:]) throws -> Value {
  var interpreter = Interpreter(variables: variables)
  return try interpreter.value(of: try Parser.expression(source))
}

private func holds(_ source: String) throws -> Bool {
  guard case .bool(let truth) = try evaluate(source) else { return false }
  return truth
}

/// Texts that are no expressions, with what is to blame between the marks 1 and 2.
private let faults = [
  "1 + 1️⃣2️⃣", "(1 + 21️⃣2️⃣", "a 1️⃣b2️⃣", "1️⃣\"2️⃣abc", "x1️⃣.12️⃣", "[1, 1️⃣,2️⃣ 2]", "1️⃣for2️⃣",
  "1️⃣99999999999999999999 2️⃣", "'1️⃣\\q2️⃣'", "a.map(1️⃣b.c2️⃣, 1)", "1 1️⃣#2️⃣ 2", "1️⃣has(x)2️⃣",
]

@Test(arguments: faults)
func `what is no expression is told where it stands`(_ text: String) throws {
  let marked = MarkedText(text)
  #expect {
    try Parser.expression(marked.text)
  } throws: { error in
    let range = (error as? ExpressionError)?.range
    let expected = marked.offsets(1, 2)
    return range?.lowerBound == expected.lowerBound
  }
}

/// Expressions without a value, with what fails between the marks 1 and 2.
private let failures = [
  "1 + (1️⃣2 / 02️⃣)", "[1, 1️⃣nobody2️⃣]", "{'a': 1️⃣9223372036854775807 + 12️⃣}", "1️⃣'a' + 12️⃣",
  "true && 1️⃣[1][5] == 22️⃣", "[1, 2].map(x, 1️⃣x / 02️⃣)", "1️⃣{}.a2️⃣",
]

@Test(arguments: failures)
func `an evaluation that fails tells what fails`(_ text: String) throws {
  let marked = MarkedText(text)
  #expect {
    try evaluate(marked.text)
  } throws: { error in
    guard let range = (error as? EvaluationError)?.range else { return false }
    let expected = marked.offsets(1, 2)
    return expected.contains(range.lowerBound) && range.upperBound <= expected.upperBound
  }
}

@Test(arguments: [
  "false && 1 / 0 == 1 || true", "1 / 0 == 1 || true", "!(1 / 0 == 1 && false)",
  "[1, 0].exists(x, 1 / x == 1)", "[0, 2].exists(x, x == 2 || 1 / x == 5)",
  "cel.bind(x, 3, x * x) == 9", "optional.of(1).optMap(x, x + 1).orValue(0) == 2",
  "{'a': 1}.?b.orValue(7) == 7", "[?optional.none(), 1].size() == 1",
  "[3, 1, 2].sortBy(x, -x) == [3, 2, 1]", "[[1], [2]].flatten() == [1, 2]",
  "'SECP-R15'.matches('^SECP-R\\\\d+$')", "!'x\\n'.matches('^x$')", "'ab'.matches('(?i)AB')",
  "timestamp('2016-12-09T10:00:00Z').getDayOfWeek() == 5",
  "timestamp('2017-03-26T01:30:00Z').getHours('Europe/London') == 2",
  "duration('60h') == timestamp('2017-03-29T05:00:00Z') - timestamp('2017-03-26T17:00:00Z')",
  "'%s has %d of %.1f %%'.format(['x', 3, 2.25]) == 'x has 3 of 2.2 %'", "1 == 1.0 && 1u == 1",
  "{1: 'a'}[1u] == 'a'", "size('🐲é') == 2", "'🐲é'.charAt(1) == 'é'",
])
func `an expression holds`(_ source: String) throws {
  #expect(try holds(source))
}

@Test func `an expression that costs too much ends in an error`() throws {
  let list = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
  var source = "x0 + x1"
  for level in (0..<9).reversed() { source = "\(list).map(x\(level), \(source))" }
  let start = ContinuousClock.now
  #expect(throws: EvaluationError.self) { try evaluate(source) }
  #expect(ContinuousClock.now - start < .seconds(20))
}

@Test(arguments: ["(", "[", "-", "!", "{1:", "a.b("])
func `an expression that is nested very deep is refused or read`(_ opening: String) {
  let source = String(repeating: opening, count: 10_000) + "1"
  #expect(throws: (any Error).self) { try evaluate(source) }
}

@Test func `a long chain is evaluated and one that is too long is refused`() throws {
  #expect(try holds("1" + String(repeating: " + 1", count: 990) + " == 991"))
  #expect(throws: ExpressionError.self) {
    try evaluate("1" + String(repeating: " + 1", count: 100_000))
  }
}

@Test(arguments: ["(?=a)", "(?<!a)b", "a++", "(a)\\1", "(?>a)", "\\C"])
func `what RE2 does not have is refused`(_ pattern: String) throws {
  #expect(throws: EvaluationError.self) {
    try evaluate("'a'.matches(p)", ["p": .string(pattern)])
  }
}
