import Diagnostics
import JSONSchema
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

/// Checks marked YAML against a schema and returns what is found.
private func check(_ schema: String, _ marked: MarkedText) throws -> [Diagnostic] {
  var report = Report()
  let root = try #require(
    JSONReader.tree(of: MarkedText(schema).file("s.json"), into: &report)?.root)
  let library = SchemaLibrary { _ in nil }
  let program = Compiler.program(
    for: root, at: "s:/s", library: library, options: .init(assertsFormats: true))
  report.merge(library.report)
  let node = try #require(YAMLReader.tree(of: marked.file("a.yaml"), into: &report)?.root)
  _ = Evaluator(program).check(node, into: &report)
  return report.sorted
}

private struct Case: Sendable {
  let schema: String
  let value: String
  let code: Diagnostic.Code
  let message: String
}

private let cases = [
  Case(
    schema: #"{"properties": {"n": {"type": "integer"}}}"#, value: "n: 1️⃣often2️⃣\n",
    code: .wrongType, message: "expected a whole number, found the text 'often'"),
  Case(
    schema: #"{"properties": {"n": {"type": ["string", "null"]}}}"#, value: "n: 1️⃣5.02️⃣\n",
    code: .wrongType, message: "expected a text or nothing, found the number 5.0"),
  Case(
    schema: #"{"properties": {"n": {"enum": ["RED", "AMBER"]}}}"#, value: "n: 1️⃣blue2️⃣\n",
    code: .notListed, message: "the text 'blue' is none of 'RED' and 'AMBER'"),
  Case(
    schema: #"{"properties": {"n": {"const": 1}}}"#, value: "n: 1️⃣22️⃣\n", code: .notListed,
    message: "expected '1', found the number 2"),
  Case(
    schema: #"{"properties": {"n": {"exclusiveMinimum": 3}}}"#, value: "n: 1️⃣32️⃣\n",
    code: .outOfRange, message: "the number 3 must be more than 3"),
  Case(
    schema: #"{"properties": {"n": {"multipleOf": 5}}}"#, value: "n: 1️⃣72️⃣\n",
    code: .wrongMultiple, message: "the number 7 is not a multiple of 5"),
  Case(
    schema: #"{"properties": {"n": {"minLength": 3}}}"#, value: "n: 1️⃣é2️⃣\n", code: .wrongLength,
    message: "the text 'é' is too short: 1 character, at least 3"),
  Case(
    schema: #"{"properties": {"n": {"minLength": 1}}}"#, value: "n: 1️⃣''2️⃣\n",
    code: .wrongLength, message: "the text is empty"),
  Case(
    schema: #"{"properties": {"n": {"pattern": "^a$"}}}"#, value: "n: 1️⃣b2️⃣\n",
    code: .wrongPattern, message: "the text 'b' does not have the form ^a$"),
  Case(
    schema: #"{"properties": {"n": {"format": "date"}}}"#, value: "n: 1️⃣2016-13-012️⃣\n",
    code: .wrongFormat,
    message: "the text '2016-13-01' is not a date such as 2016-12-09: there is no month 13"),
  Case(
    schema: #"{"properties": {"n": false}}"#, value: "1️⃣n2️⃣: 1\n", code: .unknownField,
    message: "the field 'n' is not known here"),
  Case(
    schema: #"{"properties": {"n": {"not": {}}}}"#, value: "n: 1️⃣x2️⃣\n", code: .notAllowed,
    message: "the text 'x' is not allowed here"),
  Case(
    schema: #"{"additionalProperties": false, "properties": {"impact": true}}"#,
    value: "1️⃣imapct2️⃣: 1\n", code: .unknownField, message: "the field 'imapct' is not known here"),
  Case(
    schema: #"{"unevaluatedProperties": false, "allOf": [{"properties": {"a": true}}]}"#,
    value: "a: 1\n1️⃣b2️⃣: 1\n", code: .unknownField, message: "the field 'b' is not known here"),
  Case(
    schema: #"{"required": ["b"]}"#, value: "a: 11️⃣2️⃣\n", code: .missingField,
    message: "the field 'b' is missing"),
  Case(
    schema: #"{"dependentRequired": {"a": ["b"]}}"#, value: "a: 11️⃣2️⃣\n", code: .missingField,
    message: "the field 'b' is missing, which 'a' asks for"),
  Case(
    schema: #"{"minProperties": 2}"#, value: "1️⃣a: 12️⃣\n", code: .fieldCount,
    message: "1 field here, must be at least 2"),
  Case(
    schema: #"{"properties": {"l": {"maxItems": 1}}}"#, value: "l: 1️⃣[1, 2]2️⃣\n",
    code: .listLength, message: "the list has 2 elements, must have at most 1"),
  Case(
    schema: #"{"properties": {"l": {"uniqueItems": true}}}"#, value: "l: [a, 1️⃣a2️⃣]\n",
    code: .listDuplicate, message: "the text 'a' stands twice in the list"),
  Case(
    schema: #"{"properties": {"l": {"contains": {"const": 1}}}}"#, value: "l: 1️⃣[2]2️⃣\n",
    code: .listLacks, message: "0 elements of the list are of the kind that is asked for"),
  Case(
    schema: #"{"properties": {"l": {"prefixItems": [true], "items": false}}}"#,
    value: "l: [1, 1️⃣22️⃣]\n", code: .listExtra, message: "the list has an element too many"),
  Case(
    schema: #"{"properties": {"n": {"anyOf": [{"type": "string"}, {"type": "array"}]}}}"#,
    value: "n: 1️⃣12️⃣\n", code: .wrongType,
    message: "expected a text or a list, found the number 1"),
  Case(
    schema: #"{"properties": {"n": {"oneOf": [{"title": "A"}, {"title": "B"}]}}}"#,
    value: "n: 1️⃣12️⃣\n", code: .severalForms,
    message: "this fits 'A' and 'B', and must fit one form only"),
  Case(
    schema:
      #"{"properties": {"n": {"oneOf": [{"title": "A", "type": "object", "properties": {"k": {"const": "a"}, "v": {"type": "string"}}}, {"type": "string"}]}}}"#,
    value: "n: {k: a, v: 1️⃣12️⃣}\n", code: .noForm,
    message:
      "this fits none of the 2 forms allowed here; nearest is 'A': expected a text, found the number 1"
  ),
]

@Test(arguments: cases.indices)
func `what a value breaks is said in words at its place`(_ index: Int) throws {
  let item = cases[index]
  let marked = MarkedText(item.value)
  let found = try check(item.schema, marked)
  #expect(found.map(\.code) == [item.code])
  #expect(found.map(\.message.text) == [item.message])
  #expect(found.map(\.range.offsets) == [marked.offsets(1, 2)])
}

@Test func `every error is told and not the first alone`() throws {
  let found = try check(
    #"{"properties": {"a": {"type": "string"}, "b": {"maximum": 1}}, "required": ["c"]}"#,
    MarkedText("a: 1\nb: 2\n"))
  #expect(found.map(\.code) == [.wrongType, .outOfRange, .missingField])
}

@Test func `a condition tells what its branch asks for`() throws {
  let found = try check(
    #"{"if": {"properties": {"s": {"const": "closed"}}}, "then": {"required": ["d"]}}"#,
    MarkedText("s: closed\n"))
  #expect(found.map(\.message.text) == ["the field 'd' is missing"])
}

private let schemaFaults: [(Diagnostic.Code, String)] = [
  (.unresolvedSchemaReference, ##"{"$ref": 1️⃣"#/$defs/x"2️⃣}"##),
  (.unresolvedSchemaReference, #"{"$ref": 1️⃣"http://example.org/far.json"2️⃣}"#),
  (.badPattern, #"{"pattern": 1️⃣"a++"2️⃣}"#),
  (.badKeyword, #"{"minLength": 1️⃣"3"2️⃣}"#),
  (.badKeyword, #"{"multipleOf": 1️⃣02️⃣}"#),
  (.badKeyword, #"{"properties": {"a": 1️⃣32️⃣}}"#),
  (.unknownDialect, ##"{"$schema": 1️⃣"http://json-schema.org/draft-04/schema#"2️⃣}"##),
  (.duplicateSchemaID, #"{"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": 1️⃣"x"2️⃣}}}"#),
]

@Test(arguments: schemaFaults.indices)
func `a fault of a schema is told where it stands`(_ index: Int) throws {
  let (code, text) = schemaFaults[index]
  let marked = MarkedText(text)
  let found = try check(marked.text, MarkedText("a: 1\n"))
  #expect(found.map { Finding($0.code, $0.range.offsets) } == [Finding(code, marked.offsets(1, 2))])
}
