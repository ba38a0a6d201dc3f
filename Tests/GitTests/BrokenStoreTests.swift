import Git
import RegistrarTestSupport
import SourceText
import Testing

private func history() throws -> TestRepository {
  try TestRepository(.commit("Open the register", .write("registers/a.yaml", "id: A\n")))
}

private func objectPath(_ history: TestRepository, _ revision: String) throws -> String {
  let id = try history.git("rev-parse", revision)
  return "\(history.path)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
}

/// Runs a few lines of Python in the repository.
private func python(_ history: TestRepository, _ lines: String) throws {
  let result = try runProgram(
    ["python3", "-c", lines], in: history.path, environment: history.environment)
  #expect(result.status == 0, "\(result.errors)")
}

/// Writes a file of the store in the place of an object.
private func replace(_ history: TestRepository, _ revision: String, with bytes: String) throws {
  try python(
    history,
    """
    import zlib, os
    p = '\(try objectPath(history, revision))'
    if os.path.exists(p): os.chmod(p, 0o644)
    open(p, 'wb').write(\(bytes))
    """)
}

private func read(_ history: TestRepository) throws -> String {
  let tree = try CommitTree(at: "HEAD", in: try Repository.open(from: history.path))
  let path = try #require(RepoPath("registers/a.yaml"))
  return String(decoding: try tree.bytes(of: path, limit: 1000), as: UTF8.self)
}

private func fault(_ body: () throws -> some Any) -> String {
  do {
    _ = try body()
    return "none"
  } catch let error as GitError {
    return error.message
  } catch SourceTreeError.store(_, let reason) {
    return reason
  } catch {
    return "\(error)"
  }
}

private func loosen(_ history: TestRepository) throws {
  try history.git("repack", "-q", "-a", "-d")
  try python(
    history,
    """
    import glob, os, subprocess
    for p in glob.glob('.git/objects/pack/*.pack'):
        os.rename(p, 'pack.tmp')
        for i in glob.glob('.git/objects/pack/*'): os.chmod(i, 0o644); os.remove(i)
        subprocess.check_call(['git', 'unpack-objects', '-q'], stdin=open('pack.tmp', 'rb'))
        os.remove('pack.tmp')
    """)
}

@Test(arguments: [
  ("zlib.compress(b'blob 6\\0id: A\\n')[:-9]", "it is cut off"),
  ("b''", "it is cut off"),
  ("zlib.compress(b'blob 6\\0id: A\\n') + b'x'", "something follows its content"),
  ("zlib.compress(b'blob 1\\0' + b'A' * 4000)", "it holds more than its header says"),
  ("zlib.compress(b'blob 40\\0A')", "it holds less than its header says"),
  ("zlib.compress(b'blob -1\\0A')", "its header is none of Git's"),
  ("zlib.compress(b'blob 99999999999999999999\\0A')", "its header is none of Git's"),
  ("zlib.compress(b'flob 1\\0A')", "its header names no kind of object"),
  ("zlib.compress(b'A' * 4000)", "it has no header"),
  ("b'not compressed at all'", "its compressed data are damaged"),
])
func `a loose object that is not what its header says is told and not read`(
  _ bytes: String, _ reason: String
) throws {
  let history = try history()
  try loosen(history)
  try replace(history, "HEAD:registers/a.yaml", with: bytes)
  #expect(fault { try read(history) }.hasSuffix(reason))
}

@Test(arguments: ["HEAD", "HEAD^{tree}", "HEAD:registers"])
func `a commit or folder that is cut off is told`(_ revision: String) throws {
  let history = try history()
  try loosen(history)
  #expect(try read(history) == "id: A\n")
  let path = try objectPath(history, revision)
  try python(
    history, "import os; p = '\(path)'; os.chmod(p, 0o644); os.truncate(p, os.path.getsize(p) // 2)"
  )
  #expect(fault { try read(history) }.hasSuffix("it is cut off"))
}

@Test func `a file that inflates beyond the limit is refused by its header`() throws {
  let history = try history()
  try loosen(history)
  try replace(
    history, "HEAD:registers/a.yaml",
    with: "zlib.compress(b'blob %d\\0' % (1 << 30) + bytes(1 << 20))")
  #expect(fault { try read(history) }.hasPrefix("tooLarge"))
}

@Test(arguments: [
  "b = b[:-20]", "b = b[:1100]", "b = b[:500]", "b = b[:1100] + bytes(47) + b[1100:]",
  "b[8:12] = b'\\xff' * 4", "b[7] = 3", "b[-30] ^= 1", "b[-44:-40] = b'\\x80\\0\\0\\0'",
  "b[-44:-40] = b'\\x7f\\0\\0\\0'",
])
func `an index that does not fit its pack is told and not followed`(_ change: String) throws {
  let history = try history()
  try history.git("repack", "-q", "-a", "-d")
  #expect(try read(history) == "id: A\n")
  try python(
    history,
    """
    import glob, os
    p = glob.glob('.git/objects/pack/*.idx')[0]
    os.chmod(p, 0o644)
    b = bytearray(open(p, 'rb').read())
    \(change)
    open(p, 'wb').write(b)
    """)
  #expect(fault { try read(history) }.contains("idx is broken: "))
}

@Test func `an object of a pack that is a difference to itself is told and not followed`() throws {
  let history = try history()
  let id = try history.git("rev-parse", "HEAD:registers/a.yaml")
  try python(
    history,
    """
    import zlib
    def entry(base): return bytes([7 << 4 | 5]) + base + zlib.compress(b'\\7\\7\\x90\\7\\0')
    a, b = bytes.fromhex('\(id)'), bytes(19) + b'\\1'
    """ + pack(of: "[(a, entry(b)), (b, entry(a))]", insteadOf: [id]))
  let words = "the object \(id) is a difference to itself"
  #expect(fault { try read(history) } == words)
  // Its name may be given in part.
  let short = id.prefix(7) + String(repeating: "0", count: 33)
  #expect(
    fault { try "\(Repository.open(from: history.path).commit(at: String(id.prefix(7))))" }
      == words.replacing(id, with: short))
}

@Test(arguments: ["commit", "difference"])
func `a commit of a pack that says it is larger than any is not inflated`(
  _ kind: String
) throws {
  let history = try history()
  let id = try history.git("rev-parse", "HEAD")
  let entry =
    kind == "commit"
    ? "bytes([0x90, 0x80, 0x80, 0x80, 0x40]) + zlib.compress(bytes(1 << 16))"
    : "bytes([0x68, len(base)]) + zlib.compress(bytes([7, 0x80, 0x80, 0x80, 0x80, 4, 0x90, 7]))"
  try python(
    history,
    """
    import zlib
    base = bytes([0x17]) + zlib.compress(b'tree 12')
    """ + pack(of: "[(bytes(20), base), (bytes.fromhex('\(id)'), \(entry))]", insteadOf: [id]))
  #expect(fault { try read(history) }.contains("bytes, and \(64 << 20) are the most"))
}

/// A script that puts a pack of names and entries in the place of loose objects.
private func pack(of entries: String, insteadOf ids: [String]) -> String {
  """

  import hashlib, os, struct
  for id in \(ids): os.remove('.git/objects/' + id[:2] + '/' + id[2:])
  pack, both = b'PACK' + struct.pack('>II', 2, 2), []
  for name, entry in \(entries):
      both.append((name, len(pack)))
      pack += entry
  both.sort()
  pack += hashlib.sha1(pack).digest()
  index = b'\\xfftOc' + struct.pack('>I', 2)
  for first in range(256): index += struct.pack('>I', sum(n[0] <= first for n, _ in both))
  index += b''.join(n for n, _ in both) + bytes(8)
  index += b''.join(struct.pack('>I', o) for _, o in both) + pack[-20:]
  index += hashlib.sha1(index).digest()
  os.makedirs('.git/objects/pack', exist_ok=True)
  open('.git/objects/pack/pack-a.pack', 'wb').write(pack)
  open('.git/objects/pack/pack-a.idx', 'wb').write(index)
  """
}

@Test func `an index of the first version is read`() throws {
  let history = try history()
  try history.git("-c", "pack.indexVersion=1", "repack", "-q", "-a", "-d", "-f")
  #expect(try read(history) == "id: A\n")
}

@Test func `folders nested deeper than people nest them are told`() throws {
  let history = try history()
  try python(
    history,
    """
    import hashlib, os, subprocess, zlib
    def put(b):
        b = b'tree %d\\0' % len(b) + b
        h = hashlib.sha1(b).hexdigest()
        p = '.git/objects/' + h[:2]; os.makedirs(p, exist_ok=True)
        f = p + '/' + h[2:]
        if not os.path.exists(f): open(f, 'wb').write(zlib.compress(b))
        return bytes.fromhex(h)
    t = put(b'')
    for i in range(3000): t = put(b'40000 a\\0' + t)
    c = subprocess.check_output(['git', 'commit-tree', t.hex(), '-m', 'deep'], text=True).strip()
    subprocess.check_call(['git', 'update-ref', 'refs/heads/deep', c])
    """)
  let repository = try Repository.open(from: history.path)
  let (deep, main) = (
    try CommitTree(at: "deep", in: repository), try CommitTree(at: "main", in: repository)
  )
  #expect(fault { try deep.entries(under: nil) }.hasPrefix("tooDeep"))
  #expect(fault { try deep.changes(since: main) }.hasPrefix("tooDeep"))
  let index = try IndexTree(of: repository)
  #expect(fault { try index.changes(since: deep) }.hasPrefix("tooDeep"))
}

@Test func `a work tree of folders nested deeper than people nest them is told`() throws {
  let folder = try TemporaryFolder()
  try folder.write("a" + String(repeating: "/a", count: 600) + "/b", "")
  #expect(fault { try WorkTree(root: folder.path).entries(under: nil) }.hasPrefix("tooDeep"))
}

@Test func `objects of alternates are read, and one that is gone is passed over`() throws {
  let history = try history()
  try history.git("clone", "-q", "--shared", ".", "shared")
  try history.write(
    "shared/.git/objects/info/alternates",
    "# a comment\n/nowhere/objects\n../../../.git/objects\n")
  let tree = try CommitTree(at: "HEAD", in: try Repository.open(from: history.path + "/shared"))
  let path = try #require(RepoPath("registers/a.yaml"))
  #expect(try tree.bytes(of: path, limit: 100) == Array("id: A\n".utf8))
}
