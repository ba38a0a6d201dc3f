import Diagnostics
import Editing
import JSONSchema
import Registry
import SourceText
import Syntax
import Testing

private let catalogue = """
  catalogue: 1
  title: Test
  registers:
    risks: {title: Risks, path: 'risks/{id}.yaml', shape: record, schema: risk.schema.json}
  """
private let schema = """
  {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
   "properties": {
     "id": {"type": "string"}, "title": {"type": "string"}, "impact": {"type": "integer"},
     "share": {"type": "number"}, "live": {"type": "boolean"},
     "lines": {"type": ["integer", "string"]}, "version": {"type": ["number", "string"]},
     "state": {"type": "string", "enum": ["open", "closed"]},
     "affects": {"type": "array", "items": {"type": "string"}},
     "steps": {"type": "array", "x-key": "what", "items": {"type": "object",
       "properties": {"what": {"type": "string"}, "done": {"type": "boolean"}},
       "additionalProperties": false}},
     "proposer": {"type": "object", "properties": {"name": {"type": "string"}}}},
   "additionalProperties": false}
  """
private let record = """
  id: A
  title: Old
  affects: [SEC-D, SEC-H]
  steps:
    - {what: one, done: true}
    - {what: two}
  """

/// Returns the lines that an assignment makes of a record; of one that is refused, why and what to do.
private func assigned(_ text: String, unset: Bool = false) throws -> String {
  let tree = MemoryTree([
    "schema/catalogue.yaml": catalogue, "schema/risk.schema.json": schema,
  ])
  var report = Report()
  let rulebook = try #require(try Rulebook.read(tree, reviews: false, into: &report))
  var editor = try YAMLEditor(SourceFile(path: try #require(RepoPath("a.yaml")), text: record))
  let change: Change
  do throws(Assignment.Fault) {
    let assignment = unset ? Assignment(unsetting: text) : try Assignment(text)
    change = try assignment.change(of: editor.root, by: rulebook.programs[0])
  } catch {
    return error.message + (error.help.map { "; \($0)" } ?? "")
  }
  try editor.apply(change)
  let lines = String(decoding: editor.file.bytes, as: UTF8.self).split(separator: "\n")
  let old = Set(record.split(separator: "\n"))
  return lines.filter { !old.contains($0) }.joined(separator: "|")
}

@Test(arguments: [
  ("title=New: one", "title: 'New: one'"), ("title=12", "title: '12'"), ("title=a=b", "title: a=b"),
  ("title=true", "title: 'true'"), ("impact=3", "impact: 3"), ("share=2.50", "share: 2.50"),
  ("live=true", "live: true"), ("lines=640", "lines: 640"), ("lines=640-650", "lines: 640-650"),
  ("version=5.10", "version: '5.10'"), ("state=closed", "state: closed"),
  ("affects+=SEC-A", "affects: [SEC-D, SEC-H, SEC-A]"), ("affects-=SEC-D", "affects: [SEC-H]"),
  ("affects=[SEC-A, SEC-D]", "affects: [SEC-A, SEC-D]"),
  ("affects[1]=SEC-B", "affects: [SEC-B, SEC-H]"),
  ("affects[-1]=SEC-B", "affects: [SEC-D, SEC-B]"),
  ("steps[2].done=true", "  - {what: two, done: true}"),
  ("steps[two].done=false", "  - {what: two, done: false}"),
  ("steps+={what: three}", "  - {what: three}"), ("proposer.name=B", "proposer:|  name: B"),
  ("proposer={name: B}", "proposer:|  name: B"),
])
func `a value is of the type that its schema asks for`(text: String, written: String) throws {
  #expect(try assigned(text) == written)
}

@Test(arguments: [
  ("title", "'title' is no assignment; Write it as: field=value, list+=value or list-=value"),
  ("title=", "'title=' gives 'title' no value; To take the field out write: --unset title"),
  ("titel=x", "there is no field 'titel'; Did you mean 'title'?"),
  ("impact=x", "'impact' cannot be 'x'; It is a whole number"),
  ("impact=007", "'impact' cannot be '007'; It is a whole number"),
  ("live=yes", "'live' cannot be 'yes'; It is true or false"),
  ("state=opne", "'state' cannot be 'opne'; Did you mean 'open'?"),
  ("title+=x", "'title' is no list; Set it as a whole: title=value"),
  (
    "affects=x",
    "'affects' cannot be 'x'; It is a list: add with affects+=value, or write all of it: affects=[a, b]"
  ),
  (
    "affects=[x",
    "the value of 'affects' cannot be read: [x; Write it as YAML does: [a, b] or {a: b}"
  ),
  ("affects-=SEC-X", "'affects' has no element 'SEC-X'; There are: SEC-D, SEC-H"),
  ("affects[0]=x", "'affects' has 2 elements, and no 0; The first one is [1], the last one [-1]"),
  ("affects[3]=x", "'affects' has 2 elements, and no 3; The first one is [1], the last one [-1]"),
  ("steps[six].done=true", "'steps' has no element 'six'; There are: one, two"),
  ("steps[1.done=true", "'steps[1.done' has a '[' without its ']'"),
  ("title[1]=x", "'title' is no list that has elements; Add one with: title+=value"),
])
func `what does not fit is told with what would`(text: String, told: String) throws {
  #expect(try assigned(text) == told)
}

@Test func `a field is taken out in so many words`() throws {
  #expect(try assigned("steps[1].done", unset: true) == "  - {what: one}")
  #expect(try assigned("impact", unset: true) == "there is no 'impact' to take out")
}
