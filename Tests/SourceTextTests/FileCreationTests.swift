import Glibc
import RegistrarTestSupport
import SourceText
import Testing

private func path(_ text: String) throws -> RepoPath { try #require(RepoPath(text)) }

@Test func `a new file is made with its folders, and never in the place of another`() throws {
  let folder = try TemporaryFolder()
  let file = try path("registers/risks/R1.yaml")
  #expect(FileWriter.create(file, below: folder.path, with: Array("a\n".utf8)) == nil)
  #expect(FileWriter.create(file, below: folder.path, with: Array("b\n".utf8)) == "File exists")
  #expect(
    try WorkTree(root: folder.path).bytes(of: file, limit: 9) == Array("a\n".utf8))
  #expect(FileWriter.names(inFolder: folder.path + "/registers/risks") == ["R1.yaml"])
}

@Test func `a new file is not made behind a link`() throws {
  let folder = try TemporaryFolder()
  try folder.write("outside/R1.yaml", "a\n")
  symlink("outside", folder.path + "/registers")
  symlink("outside/R2.yaml", folder.path + "/R2.yaml")
  let reason = FileWriter.create(
    try path("registers/R2.yaml"), below: folder.path, with: Array("b\n".utf8))
  #expect(reason == "'registers' is a link, or no folder")
  #expect(
    FileWriter.create(try path("R2.yaml"), below: folder.path, with: [10]) == "File exists")
  #expect(FileWriter.names(inFolder: folder.path + "/outside") == ["R1.yaml"])
}
