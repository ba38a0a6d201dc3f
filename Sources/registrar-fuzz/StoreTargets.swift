import Baselines
import Crypto
import Git
import Glibc
import SourceText

/// Readers of what Git keeps, through a repository that is made anew for each input.
enum StoreTargets {
  private static let repository = ScratchRepository.make()

  static func index(_ bytes: [UInt8]) {
    // libgit2 compares the hash at the end, which no mutation would get right.
    repository.write("index", bytes + Array(Insecure.SHA1.hash(data: bytes)))
    defer { repository.remove("index") }
    guard let opened = repository.open(), let tree = try? IndexTree(of: opened) else { return }
    for entry in (try? tree.entries(under: nil)) ?? [] {
      _ = try? tree.bytes(of: entry.path, limit: 1 << 20)
    }
    if let commit = try? CommitTree(of: repository.commit, in: opened) {
      _ = try? tree.changes(since: commit)
    }
  }

  /// A loose object: its file as it is, or where the first byte is none of zlib's, deflated.
  static func object(_ bytes: [UInt8]) {
    let id = repository.place(bytes)
    defer { repository.remove(repository.path(of: id)) }
    guard let opened = repository.open() else { return }
    _ = try? opened.object(id)
    _ = try? opened.commit(id)
    _ = try? opened.commits(from: nil, to: id)
    _ = try? opened.commit(at: id.description)
    _ = try? opened.annotatedTag(id)
    guard let tree = try? CommitTree(of: id, in: opened) else {
      // A folder is read through a commit that names it.
      walk(repository.commit(of: id), in: opened)
      return
    }
    _ = try? tree.entries(under: nil)
  }

  private static func walk(_ commit: ObjectID, in opened: Repository) {
    defer { repository.remove(repository.path(of: commit)) }
    guard let tree = try? CommitTree(of: commit, in: opened),
      let other = try? CommitTree(of: repository.commit, in: opened)
    else { return }
    for entry in (try? tree.entries(under: nil)) ?? [] {
      _ = try? tree.bytes(of: entry.path, limit: 1 << 20)
    }
    _ = try? tree.changes(since: other)
    _ = try? other.changes(since: tree)
    if let path = RepoPath("registers/a.yaml") {
      _ = try? PathLookup(of: path, in: opened).object(in: commit)
    }
  }

  /// The index of a pack, a zero and 20 bytes of no meaning apart: both are the input.
  static func pack(_ bytes: [UInt8]) {
    guard let split = bytes.firstRange(of: Array("PACK".utf8)) else { return }
    repository.write("objects/pack/pack-a.idx", Array(bytes[..<split.lowerBound]))
    repository.write("objects/pack/pack-a.pack", Array(bytes[split.lowerBound...]))
    defer {
      repository.remove("objects/pack/pack-a.idx")
      repository.remove("objects/pack/pack-a.pack")
    }
    guard let opened = repository.open() else { return }
    for id in names(in: bytes[..<split.lowerBound]) {
      _ = try? opened.object(id)
      _ = try? opened.commit(id)
    }
  }

  /// Returns what an index of version 2 names.
  private static func names(in index: ArraySlice<UInt8>) -> [ObjectID] {
    stride(from: 1032, to: min(index.count - 20, 1032 + 20 * 64), by: 20).compactMap {
      ObjectID(bytes: index[$0..<($0 + 20)])
    }
  }

  static func tag(_ bytes: [UInt8]) {
    guard let tag = AnnotatedTag(id: repository.commit, bytes: bytes) else { return }
    _ = (tag.time, tag.message, tag.signature)
    if let baseline = Baseline(name: tag.name, tag: tag) { _ = baseline.values(of: "Effective") }
    _ = Withdrawal(name: tag.name, tag: tag)
  }

  static func notes(_ bytes: [UInt8]) {
    let id = repository.placeNote(bytes)
    defer { repository.remove("refs/notes/registrar/signatures") }
    guard let opened = repository.open(),
      let tag = AnnotatedTag(id: id, bytes: ScratchRepository.tag)
    else { return }
    _ = try? CoSignatures(of: tag, in: opened)
    _ = Envelope(bytes)
  }
}
