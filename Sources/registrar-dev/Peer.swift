import Foundation

/// A tool that people would use instead, on the same files.
struct Peer {
  let name: String
  /// What it checks, to be said beside each figure.
  let checks: String
  /// The program and its arguments, run in the corpus.
  let command: [String]

  /// Sourcemeta's native program, where it is installed; its wrapper would start Python first.
  static var sourcemeta: Peer? {
    let script = "import sourcemeta_jsonschema as s, os; print(os.path.dirname(s.__file__))"
    guard let found = Measure.run(["python3", "-c", script], in: "/"), found.status == 0 else {
      return nil
    }
    let folder = found.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let native = folder + "/jsonschema-linux-x86_64"
    guard FileManager.default.isExecutableFile(atPath: native) else { return nil }
    return Peer(
      name: "Sourcemeta --fast", checks: "schema, first error only",
      command: [native, "validate", "--fast", "schema/risk.schema.json", "registers/risks"])
  }

  /// The peers that take seconds and more, as far as they are installed.
  ///
  /// - Parameter folder: The corpus, which gets the schema in the language of yamale too.
  /// - Returns: The peers.
  /// - Throws: What the file system throws.
  static func slow(in folder: String) throws -> [Peer] {
    let schema = folder + "/schema/yamale.yaml"
    try yamaleSchema.write(toFile: schema, atomically: false, encoding: .utf8)
    let peers = [
      Peer(
        name: "check-jsonschema", checks: "schema, no lines",
        command: [
          "sh", "-c",
          "exec check-jsonschema --schemafile schema/risk.schema.json registers/risks/*.yaml",
        ]),
      Peer(
        name: "yamale", checks: "a schema language of its own",
        command: ["yamale", "-s", "schema/yamale.yaml", "registers/risks"]),
    ]
    let tools = ["check-jsonschema", "yamale"]
    return zip(tools, peers).filter { tool, _ in
      Measure.run(["sh", "-c", "command -v \(tool)"], in: "/")?.status == 0
    }.map(\.1)
  }

  private static let yamaleSchema = """
    id: regex('^R-[0-9]{6}$')
    title: str(min=5, max=120)
    description: str(min=20)
    impact: int(min=1, max=5)
    likelihood: int(min=1, max=5)
    severity: int(min=1, max=25)
    rag: enum('RED', 'AMBER', 'GREEN')
    owner: regex('^[a-z]+@[a-z.]+$')
    raised: day()
    related: str()
    tags: list(regex('^[a-z0-9]+$'))
    mitigations: list(include('mitigation'), min=1)
    history: list(include('event'), min=1)
    ---
    mitigation:
      text: str(min=3)
      state: enum('planned', 'ongoing', 'done')
    event:
      date: day()
      event: enum('raised', 'reviewed')

    """
}
