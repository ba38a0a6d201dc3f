import SourceText

/// The files that the program was built with: the registers and schemas of its own repository, and those of the
/// templates.
///
/// They are read at each build, so that what a template makes is what this repository holds.
enum Embedded {
  /// The bytes by paths from the top of the repository.
  static let files = PackedFiles.files(in: embeddedFiles)

  /// The folder of the templates.
  static let templates = "Sources/Templates/Files"

  /// Returns the files below a folder, by paths from there.
  static func files(in folder: String) -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for (path, bytes) in files where path.hasPrefix(folder + "/") {
      found[String(path.dropFirst(folder.count + 1))] = bytes
    }
    return found
  }
}
