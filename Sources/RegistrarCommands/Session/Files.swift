import Accounts
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
    if let reason = FileWriter.overwrite(absolute(name), with: bytes) {
      throw Failure("'\(name)' cannot be written: \(reason)")
    }
  }
}
