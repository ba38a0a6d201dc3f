import Gate
import Git
import RegistrarTestSupport
import SourceText
import Testing

private let one = String(repeating: "1", count: 40)
private let none = String(repeating: "0", count: 40)

@Test func `what Git tells of a push is read as bytes`() throws {
  let updates = try #require(
    ReferenceUpdate.received(
      Array("\(none) \(one) refs/heads/".utf8) + [0xCC, 0x81, 0xFF, 0x0A]))
  let update = try #require(updates.first)
  #expect(update.old == nil && update.new?.description == one)
  #expect(update.name.name(in: "refs/heads/")?.bytes == [0xCC, 0x81, 0xFF])
  #expect(update.name.text == nil)
}

@Test func `what is pushed may be named with spaces`() throws {
  let updates = try #require(
    ReferenceUpdate.pushed(Array("HEAD^{/fix it} \(one) refs/heads/x \(none)\n".utf8)))
  #expect(updates.map(\.name.description) == ["refs/heads/x"])
}

@Test(arguments: ["x", "1 2 refs/heads/x", " ", "refs/heads/x"])
func `a line that is not understood is no push without it`(_ line: String) {
  #expect(ReferenceUpdate.received(Array("\(line)\n".utf8)) == nil)
  #expect(ReferenceUpdate.pushed(Array("\(line)\n".utf8)) == nil)
}

@Test(
  .enabled(if: (try? runProgram(["id", "-u"], in: "/", environment: [:]).output) == "0\n"),
  arguments: [
    ("true", false),
    ("git config --global safe.directory \"$PWD/work\"", true),
    ("git config --global safe.directory \"$PWD/*\"", true),
    ("git config --global safe.directory \"$PWD/work/registers\"", false),
    ("git config --global safe.directory '*'; git config --global --add safe.directory ''", false),
    ("git -C work config safe.directory '*'", false),
    (
      "export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'", true
    ),
  ])
func `a folder of another owner is read where the user's own settings trust it`(
  _ settings: String, _ isRead: Bool
) throws {
  let desk = try Desk()
  let (isGood, output) = try desk.run(
    """
    registrar init work >/dev/null; [ -d work/.git ] || git init -q work
    \(settings); chown -R 54321 work; cd work/registers; registrar check
    """)
  #expect(isGood == isRead, "\(settings): \(output)")
  #expect(isRead || output.contains("safe.directory \(desk.folder.path)/work\n"), "\(output)")
}
