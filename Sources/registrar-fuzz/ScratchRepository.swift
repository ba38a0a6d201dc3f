import Crypto
import Git
import Glibc
import SourceText

/// A bare repository in memory with one commit, into which anything can be written.
struct ScratchRepository {
  let folder: String
  /// A commit of an empty folder.
  let commit: ObjectID
  private let person = "A Clerk <clerk@example.org> 1481270400 +0000"

  static let tag = Array(
    """
    object \(String(repeating: "1", count: 40))
    type commit
    tag sec/1.0
    tagger A Clerk <clerk@example.org> 1481270400 +0000

    Baseline

    """.utf8)

  /// Makes one in memory.
  static func make() -> ScratchRepository {
    var template = Array("/dev/shm/registrar-fuzz-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { preconditionFailure("there is no /dev/shm") }
    let folder = String(cString: made)
    for name in [
      "refs", "refs/heads", "refs/notes", "refs/notes/registrar", "objects", "objects/pack",
    ] {
      mkdir(folder + "/" + name, 0o755)
    }
    let empty = ScratchRepository(folder: folder, commit: name(""))
    empty.write("HEAD", Array("ref: refs/heads/main\n".utf8))
    empty.write("config", Array("[core]\n\trepositoryformatversion = 0\n\tbare = false\n".utf8))
    let commit = empty.commit(of: empty.put("tree", []))
    empty.write("refs/heads/main", Array("\(commit)\n".utf8))
    return ScratchRepository(folder: folder, commit: commit)
  }

  private init(folder: String, commit: ObjectID) {
    self.folder = folder
    self.commit = commit
  }

  func open() -> Repository? {
    var environment = GitEnvironment()
    environment.directory = folder
    return try? Repository.open(from: folder, environment)
  }

  func write(_ name: String, _ bytes: [UInt8]) {
    guard let file = fopen(folder + "/" + name, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func remove(_ name: String) { unlink(folder + "/" + name) }

  func path(of id: ObjectID) -> String {
    let name = id.description
    return "objects/\(name.prefix(2))/\(name.dropFirst(2))"
  }

  private static func name(_ bytes: some Sequence<UInt8>) -> ObjectID {
    guard let id = ObjectID(bytes: Array(Insecure.SHA1.hash(data: Array(bytes)))) else {
      preconditionFailure("SHA-1 has 20 bytes")
    }
    return id
  }

  private static func name(_ text: String) -> ObjectID { name(text.utf8) }

  /// Writes the file of an object as it is, under a name that none has.
  func place(_ bytes: [UInt8]) -> ObjectID {
    let id = Self.name("what is judged")
    mkdir(folder + "/objects/\(id.description.prefix(2))", 0o755)
    write(path(of: id), bytes.first == 0x78 ? bytes : Self.stored(bytes))
    return id
  }

  /// Writes an object under its right name.
  private func put(_ kind: String, _ bytes: [UInt8]) -> ObjectID {
    let content = Array("\(kind) \(bytes.count)\0".utf8) + bytes
    let id = Self.name(content)
    mkdir(folder + "/objects/\(id.description.prefix(2))", 0o755)
    write(path(of: id), Self.stored(content))
    return id
  }

  /// Makes a commit of a folder, whatever it is.
  func commit(of tree: ObjectID) -> ObjectID {
    put("commit", Array("tree \(tree)\nauthor \(person)\ncommitter \(person)\n\nB\n".utf8))
  }

  /// Makes a note on the tag; returns the name of the tag.
  func placeNote(_ bytes: [UInt8]) -> ObjectID {
    let tag = Self.name(Array("tag \(Self.tag.count)\0".utf8) + Self.tag)
    let note = put("blob", bytes)
    let tree = put("tree", Array("100644 \(tag)\0".utf8) + note.bytes)
    write("refs/notes/registrar/signatures", Array("\(commit(of: tree))\n".utf8))
    return tag
  }

  /// Returns bytes as zlib has them without compression (RFC 1950, RFC 1951 3.2.4).
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      let (low, high) = (UInt8(block.count & 255), UInt8(block.count >> 8))
      result += [rest.isEmpty ? 1 : 0, low, high, ~low, ~high] + block
    } while !rest.isEmpty
    var (one, two): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      one = (one + UInt32(byte)) % 65_521
      two = (two + one) % 65_521
    }
    let sum = two << 16 | one
    return result + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
  }
}
