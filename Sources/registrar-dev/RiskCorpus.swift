import Foundation

/// A risk register of any size, the same on every run: a configuration repository for measurements.
///
/// Each record is about 1 KB of YAML with texts of several lines, lists and references, as the
/// registers of a code administrator have them.
struct RiskCorpus {
  let count: Int
  /// The numbers of records that have an error.
  var faults: Set<Int> = []

  private static let words =
    """
    supplier outage data centre recovery plan access review backup restore contract breach personal \
    records payment gateway latency capacity change control failure audit finding staff turnover \
    knowledge loss single point dependency patch window vulnerability exposure monitoring alert \
    budget overrun schedule slip regulatory notice complaint cable flood power generator fuel key \
    rotation certificate expiry
    """.split(separator: " ").map(String.init)

  /// Numbers from a seed, by SplitMix64 (Steele, Lea and Flood 2014).
  private struct Generator {
    var state: UInt64

    mutating func number(below bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((value ^ (value >> 31)) % UInt64(bound))
    }

    mutating func sentence(_ range: ClosedRange<Int>) -> [String] {
      let count = range.lowerBound + number(below: range.count)
      return (0..<count).map { _ in words[number(below: words.count)] }
    }

    mutating func date() -> String {
      let month = 1 + number(below: 12)
      let day = 1 + number(below: 28)
      return
        "20\(19 + number(below: 6))-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
  }

  static func id(_ number: Int) -> String {
    let digits = String(number)
    return "R-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  func record(_ number: Int) -> String {
    var random = Generator(state: UInt64(number))
    let impact = 1 + random.number(below: 5)
    let likelihood = 1 + random.number(below: 5)
    var text = "id: \(Self.id(number))\n"
    text += "title: \(random.sentence(4...8).joined(separator: " "))\n"
    text += "description: |\n"
    for _ in 0..<(2 + random.number(below: 5)) {
      text += "  \(random.sentence(8...11).joined(separator: " "))\n"
    }
    text += "impact: \(faults.contains(number) ? 7 : impact)\nlikelihood: \(likelihood)\n"
    text +=
      "severity: \((faults.contains(number) ? 7 : impact) * likelihood)\nrag: \(["RED", "AMBER", "GREEN"][random.number(below: 3)])\n"
    text += "owner: \(Self.words[random.number(below: Self.words.count)])@example.org\n"
    text += "raised: \(random.date())\n"
    text += "related: \(Self.id(1 + random.number(below: count)))\n"
    text += "tags: [\(["iso27001", "dr", "people"][random.number(below: 3)]), vendor]\n"
    text += "mitigations:\n"
    for _ in 0..<(1 + random.number(below: 3)) {
      text += "  - text: \(random.sentence(5...9).joined(separator: " "))\n"
      text += "    state: \(["planned", "ongoing", "done"][random.number(below: 3)])\n"
    }
    text += "history:\n"
    for _ in 0..<(1 + random.number(below: 4)) {
      text +=
        "  - {date: \(random.date()), event: \(["raised", "reviewed"][random.number(below: 2)])}\n"
    }
    return text
  }

  static let schema = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "type": "object",
      "required": ["id", "title", "description", "impact", "likelihood", "severity", "rag", "owner",
        "raised", "mitigations", "history"],
      "properties": {
        "id": {"type": "string", "pattern": "^R-[0-9]{6}$"},
        "title": {"type": "string", "minLength": 5, "maxLength": 120},
        "description": {"type": "string", "minLength": 20},
        "impact": {"$ref": "#/$defs/score"},
        "likelihood": {"$ref": "#/$defs/score"},
        "severity": {"type": "integer", "minimum": 1, "maximum": 25,
          "x-computed": "self.impact * self.likelihood"},
        "rag": {"enum": ["RED", "AMBER", "GREEN"], "x-states": {"initial": ["RED", "AMBER", "GREEN"], "transitions": [
          {"from": ["RED", "AMBER", "GREEN"], "to": ["RED", "AMBER", "GREEN"]}]}},
        "owner": {"type": "string", "pattern": "^[a-z]+@[a-z.]+$"},
        "raised": {"$ref": "#/$defs/date"},
        "related": {"type": "string", "x-references": "risks"},
        "tags": {"type": "array", "uniqueItems": true,
          "items": {"type": "string", "pattern": "^[a-z0-9]+$"}},
        "mitigations": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/mitigation"}},
        "history": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/event"},
          "x-append-only": true}
      },
      "x-rules": [
        {"rule": "self.raised == oldSelf.raised", "message": "{self.id} was raised {oldSelf.raised}"},
        {"rule": "self.rag != 'RED' || size(self.mitigations) > 0", "message": "nothing is done"}
      ],
      "additionalProperties": false,
      "$defs": {
        "score": {"type": "integer", "minimum": 1, "maximum": 5},
        "date": {"type": "string", "format": "date"},
        "mitigation": {"type": "object", "required": ["text", "state"], "properties": {
          "text": {"type": "string", "minLength": 3},
          "state": {"enum": ["planned", "ongoing", "done"]}}, "additionalProperties": false},
        "event": {"type": "object", "required": ["date", "event"], "properties": {
          "date": {"$ref": "#/$defs/date"}, "event": {"enum": ["raised", "reviewed"]}},
          "additionalProperties": false}
      }
    }

    """

  private static let catalogue = """
    catalogue: 1
    title: Corpus
    registers:
      risks:
        title: Risks
        path: risks/{id}.yaml
        shape: record
        schema: risk.schema.json
        id:
          pattern: ^R-[0-9]{6}$
        order: [id]
        rules: {nothing-open-vanishes: {}, never-reused-ids: {}}

    """

  /// Writes the configuration repository.
  ///
  /// - Parameter folder: Where to; it is made.
  /// - Throws: What the file system throws.
  func write(to folder: String) throws {
    for name in ["registers/risks", "schema"] {
      try FileManager.default.createDirectory(
        atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    try Self.schema.write(
      toFile: folder + "/schema/risk.schema.json", atomically: false, encoding: .utf8)
    try Self.catalogue.write(
      toFile: folder + "/schema/catalogue.yaml", atomically: false, encoding: .utf8)
    for number in 1...count {
      try record(number).write(
        toFile: folder + "/registers/risks/\(Self.id(number)).yaml", atomically: false,
        encoding: .utf8)
    }
  }
}
