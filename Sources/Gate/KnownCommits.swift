import Baselines
import Git
import SourceText

/// The commits that an address is known to have: the remote told of them, or they passed to it.
///
/// The branches of a remote that Git keeps here belong to its name: whoever gives the name another
/// address would let everything go there that the old one has. So a file of registrar's own remembers,
/// by the address. Losing it loses nothing: the next push is judged from its first commit on.
struct KnownCommits {
  /// From how many lines on the oldest are dropped.
  private static let most = 1_000

  let commits: [ObjectID]
  private let file: String
  private let key: String
  private let lines: [Substring]

  init(at url: String, in repository: Repository) {
    file = repository.commonDirectory + "registrar/known"
    // An address may hold a password.
    key = Digest(of: Array(url.utf8)).description
    let bytes = WorkTree.bytes(ofFile: file, limit: 1 << 20) ?? []
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    var commits: [ObjectID] = []
    for line in lines where line.utf8.starts(with: key.utf8) {
      guard let id = ObjectID(hexadecimal: String(line.dropFirst(key.utf8.count + 1))),
        (try? repository.kind(of: id)) == "commit"
      else { continue }
      commits.append(id)
    }
    self.commits = commits
  }

  /// Adds commits; where the file cannot be written, nothing is known the next time.
  func add(_ ids: [ObjectID]) {
    let new = ids.filter { !commits.contains($0) }.map { "\(key) \($0)"[...] }
    guard !new.isEmpty, let slash = file.lastIndex(of: "/"),
      FileWriter.makeFolder(String(file[..<slash]))
    else { return }
    let text = (lines + new).suffix(Self.most).map { $0 + "\n" }.joined()
    _ = FileWriter.replace(file, with: Array(text.utf8))
  }
}
