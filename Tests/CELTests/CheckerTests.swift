import CEL
import Testing

private let risk = ValueType.object(
  [
    "id": .string, "impact": .int, "rag": .string, "tags": .list(.string),
    "mitigations": .list(.object(["text": .string, "done": .bool], isClosed: true)),
  ], isClosed: true)

private func message(_ source: String) throws -> String? {
  var checker = Checker(
    names: ["self": risk],
    functions: [.init("workingDays", [.string, .string], .int)])
  do throws(ExpressionError) {
    _ = try checker.type(of: try Parser.expression(source))
    return nil
  } catch {
    let text = Array(source.utf8)[error.range]
    return "\(error.message) [\(String(decoding: text, as: UTF8.self))]"
  }
}

@Test(arguments: [
  ("self.impct > 3", "the schema has no field 'impct'; did you mean 'impact'? [self.impct]"),
  ("has(self.severity)", "the schema has no field 'severity' [self.severity]"),
  ("impact > 3", "there is no 'impact'; a field is reached by 'self.impact' [impact]"),
  ("slf.impact > 3", "there is no 'slf'; did you mean 'self'? [slf]"),
  ("self.impact == '3'", "an int is never equal to a text [self.impact == '3']"),
  ("self.rag > 3", "'>' does not take a text and an int [self.rag > 3]"),
  ("self.impact + 'a'", "'+' does not take an int and a text [self.impact + 'a']"),
  ("self.impact && true", "this is an int, where a bool belongs [self.impact]"),
  ("!self.rag", "'!' does not take a text [!self.rag]"),
  ("sise(self.tags)", "there is no function 'sise'; did you mean 'size'? [sise(self.tags)]"),
  ("size(self.impact)", "'size' does not take an int [size(self.impact)]"),
  ("self.rag.startsWith(1)", "'startsWith' does not take a text, an int [self.rag.startsWith(1)]"),
  ("workingDays(self.rag)", "'workingDays' does not take a text [workingDays(self.rag)]"),
  ("self.impact in self.tags", "'in' does not take an int and a list [self.impact in self.tags]"),
  (
    "self.mitigations.all(m, m.txt == '')",
    "the schema has no field 'txt'; did you mean 'text'? [m.txt]"
  ),
  ("self.mitigations.exists(m, m.text)", "this is a text, where a bool belongs [m.text]"),
  ("self.rag.all(c, true)", "a macro walks over lists and mappings, not a text [self.rag]"),
  ("self.rag ? 1 : 2", "this is a text, where a bool belongs [self.rag]"),
  ("self.tags['a']", "a position of a list is a number, not a text [self.tags['a']]"),
  ("self.rag[0]", "a text has no elements [self.rag[0]]"),
])
func `what cannot have a value is told where it stands`(_ source: String, _ expected: String) throws
{
  #expect(try message(source) == expected)
}

@Test(arguments: [
  "self.impact * 2 > 5 && self.rag != 'RED'", "self.rag == null", "size(self.tags) == 0",
  "self.mitigations.filter(m, m.done).map(m, m.text).exists(t, t.startsWith('x'))",
  "self.?impact.orValue(0) > 1", "self.mitigations[0].text.size() > 2.0",
  "cel.bind(x, self.impact, x + 1) > 2", "workingDays(self.rag, self.id) - 1 < 3",
  "self.tags.all(i, t, i < 3 && t != '')", "math.greatest(1, 2.0, 3u) > self.impact",
])
func `what may have a value is accepted`(_ source: String) throws {
  #expect(try message(source) == nil)
}
