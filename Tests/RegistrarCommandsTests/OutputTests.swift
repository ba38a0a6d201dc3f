import Foundation
import RegistrarTestSupport
import Testing

private func run(_ history: TestRepository, _ script: String) throws -> ProgramResult {
  try runProgram(
    ["sh", "-c", script], in: history.path, environment: history.environmentWithPrograms)
}

@Test(arguments: [
  "list risks --format csv", "diff HEAD --format json", "check --format sarif", "show R1",
  "--version", "--help", "explain", "status",
])
func `what standard output cannot hold ends with 2 and says so`(_ command: String) throws {
  let result = try run(try changedRisk(), "registrar \(command) > /dev/full")
  #expect(result.status == 2)
  #expect(
    result.errors.contains("standard output cannot be written: No space left on device"),
    "\(result.errors)")
}

@Test(arguments: [
  "diff --output changes.pdf", "diff --format html --output changes.DOCX",
  "audit --output audit.xlsx",
])
func `a text is not written into a file whose name promises another thing`(
  _ command: String
) throws {
  let history = try changedRisk()
  let result = try run(history, "registrar \(command); status=$?; ls; exit $status")
  #expect(result.status == 2, "\(result.errors)")
  #expect(result.errors.contains("would hold something that no program for"), "\(result.errors)")
  #expect(!result.output.contains("changes") && !result.output.contains("audit"))
}

@Test func `a reader that has seen enough makes no error`() throws {
  let result = try run(
    try changedRisk(), "registrar explain > all; registrar explain | head -n 1; wc -l < all")
  #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
}

@Test
func
  `an output goes through a link, keeps a mode and a second name, and fills a device and a pipe`()
  throws
{
  let result = try run(
    try changedRisk(),
    """
    mkdir out && echo old > out/real && chmod 640 out/real && ln -s real out/link && ln out/real out/second
    registrar diff HEAD --format html --output out/link || exit 1
    [ -L out/link ] && [ "$(stat -c %a out/real)" = 640 ] && cmp out/real out/second || exit 2
    grep -q '<html' out/real || exit 3
    ln -s new out/dangling && registrar diff HEAD --format html --output out/dangling || exit 4
    [ -L out/dangling ] && cmp out/new out/real || exit 5
    mkfifo out/pipe; cat out/pipe > out/read & registrar diff HEAD --format html --output out/pipe || exit 6
    wait; cmp out/read out/real || exit 7
    registrar diff HEAD --format html --output /dev/null || exit 8
    """)
  #expect(result.status == 0, "\(result.output)\(result.errors)")
}

@Test func `an output that cannot be written ends with 2 and leaves nothing new`() throws {
  let result = try run(
    try changedRisk(),
    """
    registrar diff HEAD --format html --output /dev/full; echo $?
    registrar diff HEAD --format html --output no/such/folder.html; echo $?
    ls
    """)
  #expect(result.output == "2\n2\nregisters\nschema\n", "\(result.output)")
  #expect(result.errors.contains("'/dev/full' cannot be written: No space left on device"))
  #expect(
    result.errors.contains("'no/such/folder.html' cannot be written: No such file or directory"))
}

@Test func `files are named as every program names them, with dots and through links`() throws {
  let result = try run(
    try changedRisk(),
    """
    mkdir -p away/deep && echo 'id: 1' > away/a.yaml && echo 'id: 2' > away/b.yaml && ln -s ../b.yaml away/deep/c.yaml
    cd away/deep && registrar diff --no-index ../a.yaml ./../deep/c.yaml
    registrar diff --no-index ../a.yaml ../deep || echo refused
    """)
  #expect(result.status == 0 && result.output.contains("refused"), "\(result.errors)")
  #expect(result.errors.contains("there is no file '../deep' that can be read"))
}

@Test func `an output on a full disk leaves the file that was there`() throws {
  let result = try run(
    try changedRisk(),
    """
    mkdir out && echo good > out/a.html && chmod 640 out/a.html
    (ulimit -f 0; trap '' XFSZ; registrar diff HEAD --format html --output out/a.html); echo $?
    (ulimit -f 0; trap '' XFSZ; registrar diff HEAD --format html --output out/new.html); echo $?
    ls out; cat out/a.html
    registrar diff HEAD --format html --output out/a.html || exit 1
    ls out; stat -c %a out/a.html
    """)
  #expect(result.output == "2\n2\na.html\ngood\na.html\n640\n", "\(result.output)\(result.errors)")
}

@Test(arguments: [
  "check ''", "diff ''", "diff HEAD HEAD ''", "check --against ''", "check --against=", "log ' '",
  "list ''",
  "show ''", "baseline verify ''", "check -- ''", "explain ''", "diff HEAD --output ''",
])
func `an empty word names nothing, and is not everything`(_ command: String) throws {
  let result = try run(try changedRisk(), "registrar \(command)")
  #expect(result.status == 2 && result.output.isEmpty, "\(result.output)")
  #expect(result.errors.contains("is empty, and names nothing"), "\(result.errors)")
}

@Test func `a page of Markdown has no markup of a record, an id or a commit`() throws {
  let result = try run(
    try changedRisk(),
    """
    git add -A && git commit -q -m '<script>alert(9)</script> [x](javascript:alert(3)) `a`'
    printf 'id: "<img src=x>"\ntitle: "[a](b) <b> *d*"\n' > registers/risks/R2.yaml
    mv registers/risks/R2.yaml 'registers/risks/<img src=x>.yaml'; git add -A
    git commit -q -m 'Second <i> | one'
    registrar diff HEAD~2 HEAD --format markdown
    """)
  #expect(
    result.output.firstMatch(of: #/(?:^|[^\\])(?:\\\\)*[<\[`]/#.anchorsMatchLineEndings()) == nil,
    "\(result.output)")
  #expect(result.output.contains("- by") && result.output.contains("\\<script\\>"))
}
