/// What a new configuration repository begins with.
package enum Template: String, CaseIterable, Sendable {
  /// One register of risks.
  case minimal
  /// The catalogue and the schemas of this repository, with records that are examples.
  case sec
  /// The registers of this repository with the history that their sources tell (``ExampleHistory``).
  case example

  /// Its files, by their paths.
  ///
  /// Of ``example`` those that are there before anything else.
  package var files: [String: [UInt8]] {
    var files = Embedded.files(in: Embedded.templates + "/" + rawValue)
    switch self {
    case .minimal:
      // For editors; a check takes the one in the program.
      files[Self.schemaOfCatalogue] = Embedded.files[Self.schemaOfCatalogue]
    case .example:
      files["history.yaml"] = nil
      files.merge(Embedded.files(in: "schema").map { ("schema/" + $0, $1) }) { $1 }
    case .sec:
      let own = Embedded.files.filter { path, _ in
        path.hasPrefix("schema/") || Self.sharedRegisters.contains { path.hasPrefix($0) }
      }
      files.merge(own) { example, _ in example }
    }
    return files
  }

  private static let schemaOfCatalogue = "schema/catalogue.schema.json"
  /// Registers that are the same for everybody.
  private static let sharedRegisters = ["registers/calendars/", "registers/impact/scale.csv"]
}
