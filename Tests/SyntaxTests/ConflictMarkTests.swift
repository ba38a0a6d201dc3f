import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

private func findings(_ marked: MarkedText, _ name: String) -> [Finding] {
  var report = Report()
  let file = marked.file(name)
  switch name {
  case "a.csv": _ = CSVReader.table(of: file, into: &report)
  case "a.json": _ = JSONReader.tree(of: file, into: &report)
  case "a.md": _ = MarkdownReader.document(of: file, requiresHead: false, into: &report)
  default: _ = YAMLReader.tree(of: file, into: &report)
  }
  return report.findings
}

@Test(arguments: [
  ("a.yaml", "id: A\n1️⃣<<<<<<<2️⃣ HEAD\nn: 1\n=======\nn: 2\n>>>>>>> side\n"),
  ("a.yaml", "\u{FEFF}1️⃣<<<<<<<2️⃣\nn: 1\n=======\nn: 2\n>>>>>>>\n"),
  ("a.csv", "id\r\n1️⃣<<<<<<<2️⃣ HEAD\r\n1\r\n=======\r\n2\r\n>>>>>>> side\r\n"),
  ("a.json", "{\n1️⃣<<<<<<<<<<2️⃣ HEAD\n\"n\": 1\n==========\n\"n\": 2\n>>>>>>>>>> side\n}\n"),
  ("a.md", "Text.\n\n1️⃣|||||||2️⃣ 0123456\nOld.\n"),
  ("a.md", "Text.\n\n1️⃣>>>>>>>2️⃣ side\n\nMore.\n"),
])
func `marks of a conflict are told, and nothing else`(name: String, text: String) {
  let marked = MarkedText(text)
  #expect(findings(marked, name) == [Finding(.conflict, marked.offsets(1, 2))])
}

@Test(arguments: [
  ("a.md", "Heading\n=======\n\n|||||||\n||||||| |\n\n>>>>>> six\n"),
  ("a.yaml", "a: |\n  <<<<<<< HEAD\nb: '<<<<<<< HEAD'\n"),
  ("a.csv", "id\n<<<<<<\n<<<<<<<x\n"),
])
func `what only looks like a mark is text`(name: String, text: String) {
  #expect(findings(MarkedText(text), name).isEmpty)
}
