import SourceText
import Testing

@Test(arguments: ["", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a\0b"])
func `a path that could lead out of the repository does not exist`(_ text: String) {
  #expect(RepoPath(text) == nil)
}

@Test func `a path knows its name, its folder and what it lies in`() throws {
  let path = try #require(RepoPath("registers/risks/SECP-R1.yaml"))
  let folder = try #require(RepoPath("registers/risks"))
  let neighbour = try #require(RepoPath("registers/risks-old/x"))
  #expect(path.name == "SECP-R1.yaml")
  #expect(path.folder == folder)
  #expect(path.isInside(folder))
  #expect(!neighbour.isInside(folder))
}

@Test func `paths are ordered by bytes, as Git orders them`() {
  let names = ["b", "a/b", "a.b", "a"].compactMap { RepoPath($0) }
  #expect(names.sorted().map(\.string) == ["a", "a.b", "a/b", "b"])
}

@Test func `an object id reads and prints the same twenty bytes`() throws {
  let bytes = (0..<20).map { UInt8($0 * 13 % 256) }
  let id = try #require(ObjectID(bytes: bytes))
  #expect(id.bytes == bytes)
  #expect(id.description == "000d1a2734414e5b6875828f9ca9b6c3d0ddeaf7")
  #expect(ObjectID(bytes: bytes.dropLast()) == nil)
}

@Test func `paths are their bytes, and not what Unicode takes to be equal`() {
  let (one, two) = (RepoPath("registers/\u{E9}.yaml"), RepoPath("registers/e\u{301}.yaml"))
  #expect(one != two)
  #expect(Set([one, two]).count == 2)
}

@Test(arguments: [
  ("Rab", "RAB", LookAlike.Likeness.byCase), ("RA", "R\u{410}", .same), ("R1", "R1 ", .same),
  ("A-1", "A\u{2011}1", .same), ("R10", "R1O", .byASCII), ("Rl", "RI", .byASCII),
  ("R\u{FF11}", "R1", .same), ("\u{1D411}1", "R1", .same), ("R1", "R\u{200B}1", .same),
])
func `texts that look alike are known as such`(
  _ one: String, _ two: String, _ likeness: LookAlike.Likeness
) {
  #expect(LookAlike.likeness(one, two) == likeness)
  #expect(LookAlike.key(one) == LookAlike.key(two))
  var (key, text) = (LookAlike.key(one), two)
  if let digest = text.withUTF8(LookAlike.digest) {
    #expect(key.withUTF8(LookAlike.digest) == digest)
  }
}

@Test(arguments: [("R1", "R2"), ("A1", "AL"), ("DP083", "DP084"), ("é", "e")])
func `texts that look different are`(_ one: String, _ two: String) {
  #expect(LookAlike.likeness(one, two) == nil)
}
