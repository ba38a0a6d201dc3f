import Comparison
import Diagnostics
import Editing
import Registry
import SourceText
import Syntax
import Testing

// MARK: Tables

private let table = "id,name,text\nX1,n1,t1\nX2,n2,t2\nX3,n3,t3\n"

@Test func `a row in the old order of columns is written in the new one`() throws {
  let swapped = "id,text,name\nX1,t1,n1\nX2,t2,n2\nX3,t3,n3\n"
  #expect(
    try merged("r.csv", table, swapped, table + "X4,n4,t4\n")
      == "id,text,name\nX1,t1,n1\nX2,t2,n2\nX3,t3,n3\nX4,t4,n4\n")
}

@Test func `a column that one side added is empty in the rows of the other`() throws {
  let wider = "id,name,due,text\nX1,n1,d1,t1\nX2,n2,,t2\nX3,n3,d3,t3\n"
  #expect(
    try merged("r.csv", table, wider, table.replacing("n2", with: "m2") + "X4,n4,t4\n")
      == "id,name,due,text\nX1,n1,d1,t1\nX2,m2,,t2\nX3,n3,d3,t3\nX4,n4,,t4\n")
}

@Test func `a column that one side took out and the other wrote in is a conflict`() throws {
  let narrow = "id,name\nX1,n1\nX2,n2\nX3,n3\n"
  #expect(
    try merged("r.csv", table, narrow, table.replacing("n2", with: "m2"))
      == "id,name\nX1,n1\nX2,m2\nX3,n3\n")
  #expect(try merge("r.csv", table, narrow, table.replacing("t2", with: "u2")).conflicts > 0)
  #expect(try merge("r.csv", table, table + "X4,n4,t4\n", narrow).conflicts > 0)
  #expect(
    try merged("r.csv", table, narrow, table + "X4,n4,\n")
      == "id,name\nX1,n1\nX2,n2\nX3,n3\nX4,n4\n")
}

@Test func `cells of one row that each side changed are merged`() throws {
  #expect(
    try merged(
      "r.csv", table, table.replacing("n2", with: "m2"), table.replacing("t2", with: "\"a, b\""))
      == "id,name,text\nX1,n1,t1\nX2,m2,\"a, b\"\nX3,n3,t3\n")
  let both = try merge(
    "r.csv", table, table.replacing("n2", with: "m2"), table.replacing("n2", with: "k2"))
  #expect(both.conflicts == 1)
  #expect(
    both.text
      == "id,name,text\nX1,n1,t1\n<<<<<<< HEAD\nX2,m2,t2\n=======\nX2,k2,t2\n>>>>>>> side\nX3,n3,t3\n"
  )
}

@Test(arguments: [
  "\u{FEFF}" + table, table.replacing("\n", with: "\r\n"), String(table.dropLast()),
  table.split(separator: "\n").map { line in
    line.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
  }.joined(separator: "\n") + "\n",
  table + ",,\n",
])
func `how a spreadsheet writes a table does not meet what it says`(saved: String) throws {
  var report = Report()
  let text = try merged(
    "r.csv", table, saved, table.replacing("n1", with: "m1") + "X4,n4,\"t\"\"4\"\n")
  let path = try #require(RepoPath("r.csv"))
  let rows =
    CSVReader.table(of: SourceFile(path: path, text: text), into: &report)?
    .tree { _ in .string }.root?.elements.filter { $0.count > 0 } ?? []
  #expect(
    rows.map { $0.members.compactMap(\.value.text).joined(separator: "|") }
      == ["X1|m1|t1", "X2|n2|t2", "X3|n3|t3", "X4|n4|t\"4"])
  #expect(text.hasPrefix("\u{FEFF}") == saved.hasPrefix("\u{FEFF}"))
  #expect(text.utf8.contains(0x0D) == saved.utf8.contains(0x0D))
  #expect((text.utf8.last == 0x0A) == (saved.utf8.last == 0x0A))
}

/// Merges texts of as many lines line by line, as Git would.
private func lines(
  _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]
) -> (bytes: [UInt8], isClean: Bool)? {
  let texts = [base, ours, theirs].map { bytes in
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
  }
  let merged = zip(texts[0], zip(texts[1], texts[2])).map { $0 == $1.0 ? $1.1 : $1.0 }
  return (Array(merged.joined(separator: [0x0A])), true)
}

@Test(arguments: [
  ("r.csv", ["id,name", "X1,a", "X2,b"]), ("r.json", ["{\"X1\": \"a\",", "", "\"X2\": \"b\"}"]),
  ("r.yaml", ["- id: X1", "  name: a", "- id: X2", "  name: b"]),
  ("r.md", ["# One", "", "So a", "", "So b"]), ("r.txt", ["X1 a", "", "X2 b"]),
])
func `lines that merge keep the byte order mark and the line ends that all versions have`(
  name: String, text: [String]
) throws {
  for (mark, end) in [("\u{FEFF}", "\n"), ("", "\r\n"), ("\u{FEFF}", "\r\n")] {
    func file(_ change: (inout String) -> Void) throws -> SourceFile {
      var whole = mark + text.joined(separator: end) + end
      change(&whole)
      return SourceFile(path: try #require(RepoPath("registers/" + name)), text: whole)
    }
    let merge = ThreeWayMerge(
      base: try file { _ in }, ours: try file { $0.replace("b", with: "c") },
      theirs: try file {
        $0.replace(" a", with: " z")
        $0.replace(",a", with: ",z")
      },
      labels: ConflictLabels(ours: "HEAD", theirs: "side"), lines: lines)
    #expect(merge.conflicts == 0)
    let expected = try file {
      $0.replace("b", with: "c")
      $0.replace(" a", with: " z")
      $0.replace(",a", with: ",z")
    }
    #expect(merge.bytes == expected.bytes, "\(name)")
  }
}

@Test func `rows that both sides append without a last line break stand in lines of their own`()
  throws
{
  let rows = try register("{title: R, path: r.csv, shape: table, schema: r.json, order: [id]}")
  #expect(
    try merged("r.csv", "id\nX1", "id\nX1\nX3", "id\nX1\nX2", register: rows) == "id\nX1\nX2\nX3")
  #expect(try merge("r.csv", "id\nX1", "id\nX1\nX3", "id\nX1\nX2").text == "id\nX1\nX3\nX2")
}

@Test func `rows are known by the id that the catalogue names`() throws {
  let rows = try register(
    "{title: R, path: r.csv, shape: table, schema: r.json, id: {property: k}}")
  let base = "n,k\n1,a\n"
  let both = try merge("r.csv", base, base + "7,b\n", base + "8,b\n", register: rows)
  #expect(both.conflicts == 1)
  #expect(
    try merged("r.csv", base, base + "7,b\n", base + "7,b\n", register: rows) == base + "7,b\n")
  #expect(
    try merged("r.csv", base + "7,b\n", "n,k\n2,a\n7,b\n", "n,k\n1,a\n7,c\n", register: rows)
      == "n,k\n2,a\n7,c\n")
}

@Test func `rows that one side sorted keep the edits of the other`() throws {
  let sorted = "id,name,text\nX3,n3,t3\nX1,n1,t1\nX2,n2,t2\n"
  #expect(
    try merged("r.csv", table, sorted, table.replacing("t2\n", with: "t2\nX5,n5,t5\n"))
      == "id,name,text\nX3,n3,t3\nX1,n1,t1\nX2,n2,t2\nX5,n5,t5\n")
  let other = "id,name,text\nX2,n2,t2\nX1,n1,t1\nX3,n3,t3\n"
  #expect(try merge("r.csv", table, sorted, other).conflicts > 0)
}

@Test func `a line break inside of a cell stays as it is`() throws {
  let base = "id,name\r\nX1,\"a\nb\"\r\nX2,c\r\n"
  #expect(
    try merged("r.csv", base, base.replacing("c", with: "d"), base + "X3,e\r\n")
      == "id,name\r\nX1,\"a\nb\"\r\nX2,d\r\nX3,e\r\n")
}

// MARK: YAML

private let meeting = """
  # Meetings of the committee

  - id: M1
    held: 2026-01-01
    # what was on the table
    agenda:
      - title: Minutes
      - title: Risks  # long
        item: R1
      - title: Any other business
  - id: M2
    held: 2026-02-01

  """

@Test func `elements of a list that each side changed, added or moved are merged`() throws {
  let ours = meeting.replacing("    - title: Minutes\n", with: "    - title: Minutes of M0\n")
  let theirs = meeting.replacing(
    "    - title: Any", with: "    - title: Budget\n    - title: Any")
  #expect(
    try merged("m.yaml", meeting, ours, theirs)
      == ours.replacing("    - title: Any", with: "    - title: Budget\n    - title: Any"))
  let moved = meeting.replacing("    - title: Minutes\n", with: "").replacing(
    "    - title: Any other business\n",
    with: "    - title: Any other business\n    - title: Minutes\n")
  #expect(
    try merged("m.yaml", meeting, moved, ours)
      == moved.replacing("title: Minutes", with: "title: Minutes of M0"))
  let both = try merge(
    "m.yaml", meeting, ours, meeting.replacing("title: Minutes\n", with: "title: Matters\n"))
  #expect(both.conflicts == 1 && both.text.contains("of M0") && both.text.contains("Matters"))
}

@Test func `lists that both sides begin are joined, ours first`() throws {
  let base = "id: A1\nstatus: open\n"
  let one = "updates:\n  - text: one\n"
  #expect(
    try merge("a.yaml", base, base + one, base + one.replacing("one", with: "two")).text
      == base + one + "  - text: two\n")
  #expect(
    try merge("a.yaml", base + "updates: []\n", base + one, base + "updates: [{text: two}]\n").text
      == base + one + "  - {text: two}\n")
}

@Test func `lists in brackets are merged in brackets`() throws {
  let base = "id: A1\ntags: [a, b, c]  # short\nx: {k: 1, n: 1}\n"
  #expect(
    try merged(
      "a.yaml", base, base.replacing("[a, b", with: "[a, z, b").replacing("k: 1", with: "k: 2"),
      base.replacing(", c]", with: ", d]").replacing("n: 1", with: "n: 2"))
      == "id: A1\ntags: [a, z, b, d]  # short\nx: {k: 2, n: 2}\n")
}

@Test func `a list that one side indented anew takes the other side's elements`() throws {
  let base = "id: A1\nnotes:\n- a: 1\n  b: |\n    long\n     text\n- a: 2\n"
  let deep =
    "id: A1\nnotes:\n    -   a: 1\n        b: |\n            long\n             text\n    -   a: 2\n"
  #expect(
    try merge("a.yaml", base, deep, base + "- a: 3\n  b: |\n    other\n").text
      == deep + "    - a: 3\n      b: |\n        other\n")
  #expect(
    try merge("a.yaml", base, base + "- a: 3\n  b: |\n    other\n", deep).conflicts == 0)
}

@Test func `comments of both sides are kept, and one that would be lost is a conflict`() throws {
  let base = "# head\n\nid: A1\n# of the owner\nowner: DCC\nstatus: open\n"
  #expect(
    try merged(
      "a.yaml", base, base.replacing("# of the owner", with: "# since May"),
      base.replacing("owner: DCC", with: "owner: SECAS # new").replacing(
        "status", with: "# soon\nstatus"))
      == "# head\n\nid: A1\n# since May\nowner: SECAS # new\n# soon\nstatus: open\n")
  let lost = try merge(
    "a.yaml", base, base.replacing("# of the owner\nowner: DCC\n", with: ""),
    base.replacing("DCC", with: "DCC # do not remove"))
  #expect(lost.conflicts > 0)
}

@Test func `elements are known by the key that the schema names`() throws {
  let schema = """
    {"properties": {"parts": {"$ref": "#/$defs/parts"}},
     "$defs": {"parts": {"type": "array", "items": {"type": "object"}, "x-key": "no"}}}
    """
  let records = try register("{title: R, path: 'r/{id}.yaml', shape: record, schema: r.json}")
  let base = "id: A1\nparts:\n  - {no: 1, a: 1, b: 1}\n  - {no: 2, a: 1, b: 1}\n"
  let (ours, theirs) = (
    base.replacing("no: 1, a: 1", with: "no: 1, a: 2"),
    base.replacing("1, b: 1}\n  -", with: "1, b: 2}\n  -")
  )
  #expect(
    try merged("r/A1.yaml", base, ours, theirs, register: records, schema: schema)
      == base.replacing("no: 1, a: 1, b: 1", with: "no: 1, a: 2, b: 2"))
  #expect(try merge("r/A1.yaml", base, ours, theirs, register: records).conflicts > 0)
  let added = try merge(
    "r/A1.yaml", base, base + "  - {no: 3, a: 1}\n", base + "  - {no: 3, a: 2}\n",
    register: records, schema: schema)
  #expect(added.conflicts > 0)
}

@Test func `a record that got another id takes the other side's edits`() throws {
  let list = try register("{title: R, path: r.yaml, shape: list, schema: r.json}")
  let base = "- id: R1\n  text: one\n- id: R2\n  text: two\n"
  let renamed = base.replacing("id: R1\n", with: "id: R9\n  formerly: R1\n")
  #expect(
    try merged("r.yaml", base, renamed, base.replacing("one", with: "first"), register: list)
      == renamed.replacing("one", with: "first"))
}

@Test func `a field that is taken out on one side and changed on the other is a conflict`() throws {
  let base = "id: A1\nowner: DCC\nstatus: open\n"
  let both = try merge(
    "a.yaml", base, base.replacing("owner: DCC\n", with: ""), base.replacing("DCC", with: "SECAS"))
  #expect(
    both.text == "id: A1\n<<<<<<< HEAD\n=======\nowner: SECAS\n>>>>>>> side\nstatus: open\n")
}

@Test func `a text of many lines that both sides changed is a conflict, wherever they changed it`()
  throws
{
  let base = "id: A1\ntext: |\n  one\n  two\n  three\n  four\n  five\n"
  let both = try merge(
    "a.yaml", base, base.replacing("one", with: "first"), base.replacing("five", with: "last"))
  #expect(both.conflicts == 1)
}

@Test func `a list that both sides begin, with the file or in it, has the records of both`() throws
{
  let (one, two) = ("- id: A1\n  text: one\n", "- id: A2\n  text: two\n")
  for base in ["", "[]\n"] {
    #expect(try merge("a.yaml", base, one, two).text == one + two, "\(base)")
    #expect(try merge("a.yaml", base, one, one.replacing("one", with: "two")).conflicts > 0)
  }
  #expect(try merged("a.csv", "", "id,n\nA1,1\n", "id,m\nA2,2\n") == "id,n,m\nA1,1,\nA2,,2\n")
  #expect(try merge("a.yaml", "", "id: A1\nn: 1\n", "id: A1\nm: 1\n").conflicts > 0)
}

@Test func `brackets of many lines stay as they are`() throws {
  let base = "id: A1\ntags: [\n  a,\n  b,\n]\nx: {\n  k: 1, l: 1}\n"
  #expect(
    try merge(
      "a.yaml", base, base.replacing("  b", with: "  b,\n  c").replacing("k: 1", with: "k: 2"),
      base.replacing("  a", with: "  z").replacing("l: 1", with: "l: 2, m: 1")
    ).text == "id: A1\ntags: [\n  z,\n  b,\n  c,\n]\nx: {\n  k: 2, l: 2, m: 1}\n")
}

@Test(arguments: [
  ("r.yaml", "{title: R, path: r.yaml, shape: list, schema: r.json}", "- id: ", "\n  formerly: "),
  ("r.csv", "{title: R, path: r.csv, shape: table, schema: r.json}", "", ","),
])
func `an id that each side gives to another record is a conflict`(
  _ name: String, _ definition: String, _ begin: String, _ former: String
) throws {
  let header = begin.isEmpty ? "id,formerly\n" : ""
  let end = begin.isEmpty ? ",\n" : "\n"
  let base = header + "\(begin)R1\(end)\(begin)R2\(end)"
  let result = try merge(
    name, base, base + "\(begin)R3\(end)",
    base.replacing("\(begin)R1\(end)", with: "\(begin)R3\(former)R1\n"),
    register: try register(definition))
  #expect(result.conflicts > 0, "\(result.text)")
}

@Test func `what git takes for a renamed file and is another record is a conflict`() throws {
  let records = try register("{title: R, path: 'r/{id}.yaml', shape: record, schema: r.json}")
  let base = "id: A1\nowner: DCC\nstatus: open\ntext: one\n"
  let theirs = base.replacing("open", with: "closed")
  let other = base.replacing("A1", with: "A2").replacing("one", with: "two")
  #expect(try merge("r/A2.yaml", base, other, theirs, register: records).conflicts == 1)
  let renamed = base.replacing("id: A1\n", with: "id: A2\nformerly: A1\n")
  #expect(
    try merged("r/A2.yaml", base, renamed, theirs, register: records)
      == renamed.replacing("open", with: "closed"))
}
