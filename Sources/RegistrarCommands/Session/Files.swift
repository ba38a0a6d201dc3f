import Accounts
import Registry
import SourceText

extension Session {
  /// The ends of names of files that hold no text, whatever is written into them.
  private static let noTexts = [
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".zip",
  ]

  /// Writes text into a file that the user names.
  ///
  /// - Parameters:
  ///   - text: What it holds from now on.
  ///   - name: Its path, which may count from the session's folder.
  /// - Throws: `Failure` where not all of it could be written, or the name promises another thing than a text.
  func write(_ text: String, to name: String) throws(Failure) {
    if let end = Self.noTexts.first(where: { name.lowercased().hasSuffix($0) }) {
      throw Failure(
        "this is a text, and '\(name)' would hold something that no program for \(end) opens",
        hint: "Name the file as what it is: .txt, .md, .html or .json")
    }
    try write(Array(text.utf8), to: name)
  }

  /// Writes bytes into what the user names: a file, through a link, a device.
  ///
  /// - Parameters:
  ///   - bytes: What it holds from now on.
  ///   - name: Its path, which may count from the session's folder.
  /// - Throws: `Failure` where not all of it could be written.
  func write(_ bytes: [UInt8], to name: String) throws(Failure) {
    if isJudged(absolute(name)) {
      throw Failure(
        "'\(name)' is where the registers and schemas are, and an answer is none of them",
        hint: "Name a file elsewhere; an item is changed by: registrar set")
    }
    if let reason = FileWriter.overwrite(absolute(name), with: bytes) {
      throw Failure("'\(name)' cannot be written: \(reason)")
    }
  }

  /// Whether a path leads below the registers or schemas of a repository.
  private func isJudged(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    return parts.indices.dropLast().contains { place in
      [Catalogue.folder, Catalogue.schemaFolder].contains(parts[place])
        && FileWriter.exists("/" + (parts[..<place] + [Catalogue.path]).joined(separator: "/"))
    }
  }
}
