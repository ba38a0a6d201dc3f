import Diagnostics
import Registry
import SourceText

extension Rule {
  /// A file that no register claims is checked by nobody; most have a name with a typing error.
  static let claimedFiles = Rule(
    [.strayFile], requirement: "Every file below registers/ belongs to a register."
  ) { inspection, report in
    let snapshot = inspection.current.snapshot
    for path in snapshot.strays {
      report.error(
        .strayFile, "no register claims this file", at: .file(path), help: help(for: path, snapshot)
      )
    }
  }

  private static func help(for path: RepoPath, _ snapshot: Snapshot) -> String {
    let name = String(path.name)
    if let origin = LeftoverFile.origin(of: name) {
      return "Remove it, and write '\(origin.pattern)' in .gitignore: "
        + "\(origin.program) leaves such files, and they are no records"
    }
    if name.lowercased() == ".gitkeep" || name.lowercased() == ".keep" {
      return "Remove it: the folder comes with its first record"
    }
    switch snapshot.strayPlaces[path] {
    case .free(let place): return "Name it \(place)"
    case .taken(let place):
      return "Carry what it says over to \(place), which is there, and remove it"
    case nil: break
    }
    if let dot = name.lastIndex(of: "."),
      offices.contains(name[name.index(after: dot)...].lowercased())
    {
      return "Keep it outside of \(Catalogue.folder)/, where the registers are as text"
    }
    return "Keep it outside of \(Catalogue.folder)/, or add a register for it to \(Catalogue.path)"
  }

  /// The endings of files that are no text.
  private static let offices: Set<String> = [
    "xlsx", "xls", "xlsm", "xlsb", "docx", "doc", "docm", "pptx", "ppt", "odt", "ods", "pdf",
    "msg", "eml", "zip", "png", "jpg", "jpeg",
  ]
}
