/// Files that systems and programs leave beside those that people keep: they are nobody's records.
package enum LeftoverFile {
  /// Returns what leaves files of a name, and how `.gitignore` names all of them.
  ///
  /// - Parameter name: The last part of a path.
  /// - Returns: The words; `nil` for the name of any other file.
  package static func origin(of name: String) -> (program: String, pattern: String)? {
    let lower = name.lowercased()
    switch lower {
    case ".ds_store": return ("macOS", ".DS_Store")
    case "thumbs.db", "ehthumbs.db", "desktop.ini": return ("Windows", name)
    case ".directory": return ("a file manager", ".directory")
    default: break
    }
    for (prefix, program) in prefixes where name.hasPrefix(prefix) {
      return (program, prefix + "*")
    }
    if name.utf8.count > 2, name.hasPrefix("#"), name.hasSuffix("#") {
      return ("an editor", "\\#*#")
    }
    for (suffix, program) in suffixes where lower.hasSuffix(suffix) && lower != suffix {
      return (program, "*" + name.suffix(suffix.count))
    }
    return nil
  }

  private static let prefixes = [
    ("~$", "Microsoft Office"), (".~lock.", "LibreOffice"), ("._", "macOS"), (".#", "an editor"),
  ]
  private static let suffixes = [
    ("~", "an editor"), (".swp", "an editor"), (".swo", "an editor"), (".bak", "a program"),
    (".tmp", "a program"), (".orig", "a merge"), (".rej", "a patch"),
  ]
}
