import Diagnostics
import Registry
import SourceText

extension Rule {
  /// A file that no register claims is checked by nobody; most have a name with a typing error.
  static let claimedFiles = Rule(
    [.strayFile], requirement: "Every file below registers/ belongs to a register."
  ) { inspection, report in
    let index = inspection.current
    let registers = index.snapshot.catalogue.registers
    for path in index.snapshot.strays {
      let folder = path.folder
      // The registers that keep files in the same folder say what names are expected.
      let neighbours = Set(
        index.snapshot.files.filter { $0.path.folder == folder }.map(\.register))
      let templates = neighbours.sorted().flatMap { registers[$0].templates.map(\.text) }
      report.error(
        .strayFile, "no register claims this file", at: .file(path),
        help: templates.isEmpty
          ? "Remove it, or add a register for it to \(Catalogue.path)"
          : "Name it as \(templates.joined(separator: " or ")), or remove it")
    }
  }
}
