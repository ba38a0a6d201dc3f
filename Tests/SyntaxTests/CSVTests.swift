import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

private func read(_ text: String) -> (String, [Finding]) {
  var report = Report()
  let table = CSVReader.table(of: MarkedText(text).file("a.csv"), into: &report)
  let tree = table?.tree { $0 == "n" ? .number : $0 == "b" ? .boolean : .string }
  return (tree?.root.map(describe) ?? "", report.findings)
}

@Test(arguments: [
  ("id,n\na,1\n", "[{id: 'a', n: 1}]"),
  ("id,n\r\na,1\r\n", "[{id: 'a', n: 1}]"),
  ("\u{FEFF}id\na", "[{id: 'a'}]"),
  ("id,t\na,\"x,\n\"\"y\"\"\"\n", "[{id: 'a', t: 'x,\n\"y\"'}]"),
  ("id,t\na,\n", "[{id: 'a'}]"),
  ("id,t\na,\"\"\n", "[{id: 'a'}]"),
  ("\"id\",\"t\"\n\"a\",\"b\"\n", "[{id: 'a', t: 'b'}]"),
  ("id,t\na,b\n,\n\"\",\n", "[{id: 'a', t: 'b'}]"),
  ("id;x,t\na,b\n", "[{id;x: 'a', t: 'b'}]"),
  ("id,n\na,often\n", "[{id: 'a', n: 'often'}]"),
  ("id,n\na,007\n", "[{id: 'a', n: '007'}]"),
  ("id,n\n\"a\",\"-5\"\n", "[{id: 'a', n: -5}]"),
  ("id,b\na,true\n", "[{id: 'a', b: true}]"),
  ("\"id\",\"b\"\n\"a\",\"true\"\n", "[{id: 'a', b: true}]"),
  ("id,n\n\na,1\n\n", "[{id: 'a', n: 1}]"),
  ("id\n", "[]"),
])
func `rows become objects with cells of their columns' types`(_ text: String, _ value: String) {
  let (rows, findings) = read(text)
  #expect(rows == value)
  #expect(findings == [])
}

private let faults: [(Diagnostic.Code, String)] = [
  (.emptyCSV, "1️⃣2️⃣"),
  (.titleLine, "1️⃣Parties of the code2️⃣,,\nid,name,of\na,b,c\n"),
  (.titleLine, "1️⃣Parties of the code2️⃣\nid,name\na,b\n"),
  (.titleLine, "1️⃣sep=2️⃣,\nid,name\na,b\n"),
  (.wrongSeparator, "id,name\na,b\n1️⃣c;d2️⃣\ne;f\n"),
  (.outerSpace, "id,name\na,1️⃣ b2️⃣\nc,d \n\"e\",\" f\"\n"),
  (.emptyColumn, "id,1️⃣2️⃣,x\na,b,c\n"),
  (.duplicateColumn, "id,x,1️⃣x2️⃣\na,b,c\n"),
  (.wrongSeparator, "1️⃣id;name2️⃣\na;b\n"),
  (.wrongSeparator, "1️⃣\"id\";\"name, full\"2️⃣\n\"a\";\"b\"\n"),
  (.wrongSeparator, "1️⃣\"id\"\t\"name\"2️⃣\r\n\"a\"\t\"b\"\r\n"),
  (.emptyRow, "id,t\na,b\n1️⃣,2️⃣\nc,d\n"),
  (.formula, "id,t\na,1️⃣=A1+B12️⃣\n"),
  (.spreadsheetError, "id,t\na,1️⃣\"#N/A\"2️⃣\n"),
  (.extraCell, "id\na,1️⃣b2️⃣\nc\n"),
  (.missingCell, "id,x\na1️⃣2️⃣\nb,c\n"),
  (.looseQuote, "id\na1️⃣\"2️⃣b\n"),
  (.looseQuote, "id\n\"a\"1️⃣b2️⃣\n"),
  (.unclosedCell, "id\n1️⃣\"2️⃣a\nb\n"),
]

@Test(arguments: faults.indices)
func `a fault of a table is named where it stands`(_ index: Int) {
  let (code, text) = faults[index]
  let marked = MarkedText(text)
  #expect(read(text).1 == [Finding(code, marked.offsets(1, 2))])
}

@Test func `a row with a fault does not hide the other rows`() {
  #expect(read("id,x\na\nb,c\n").0 == "[{id: 'a'}, {id: 'b', x: 'c'}]")
}

@Test func `a cell has its exact place`() throws {
  let marked = MarkedText("id,t\na,1️⃣\"é, x\"2️⃣\n")
  var report = Report()
  let table = try #require(CSVReader.table(of: marked.file("a.csv"), into: &report))
  let cell = table.tree { _ in .string }.root?.elements[0]["t"]
  #expect(cell?.range.offsets == marked.offsets(1, 2))
  #expect(cell?.text == "é, x")
}

@Test func `a table has as many columns as a spreadsheet, and not more`() throws {
  let path = try #require(RepoPath("registers/t.csv"))
  func read(_ count: Int) -> (table: CSVTable?, report: Report) {
    let text = (0..<count).map { "c\($0)" }.joined(separator: ",") + "\n"
    var report = Report()
    let table = CSVReader.table(
      of: SourceFile(path: path, text: text), limits: SyntaxLimits(columns: 100), into: &report)
    return (table, report)
  }
  #expect(read(100).report.isEmpty)
  #expect(read(100).table != nil)
  let (table, report) = read(101)
  #expect(table == nil)
  #expect(report.sorted.map(\.message.text) == ["there are 101 columns, and 100 is the most"])
}
