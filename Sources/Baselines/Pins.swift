package import Git
package import SourceText

/// The baselines that were seen in a clone, by the names of their tags: `registrar/pins` in the Git
/// directory that linked work trees share.
package struct Pins {
  package let path: String
  private let folder: String
  package var all: [String: ObjectID]

  package init(in repository: Repository) {
    folder = repository.commonDirectory + "registrar"
    path = folder + "/pins"
    all = [:]
    guard let bytes = WorkTree.bytes(ofFile: path, limit: 1 << 24) else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2, let id = ObjectID(hexadecimal: String(words[0])) else { continue }
      all[String(words[1])] = id
    }
  }

  /// Writes what was seen; returns whether it is there.
  package func write() -> Bool {
    let lines = all.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }
    return FileWriter.makeFolder(folder)
      && FileWriter.replace(path, with: Array(lines.joined().utf8))
  }
}
