package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// A whole is classified as high as its highest part (Panel Information Policy).
  static let classOfWhole = RegisterRule(
    "class-of-whole", [.classMissing, .classUnknown, .classBelowPart, .classLowered],
    requirement: "Every record has a class, which is not below the class of a part.",
    betweenVersions: [.classLowered],
    [
      Parameter(
        name: "property", kind: .property,
        meaning: "The property with the class; 'classification' where none is given.",
        isRequired: false, standard: "classification"),
      Parameter(
        name: "parts", kind: .ways,
        meaning: "The ways to the ids of parts, as attachments[].document.", isRequired: false),
      Parameter(
        name: "of", kind: .register, meaning: "The register of the parts.", isRequired: false),
      Parameter(
        name: "decision", kind: .property,
        meaning: "The property that changes where a class is lowered.", isRequired: false),
    ]
  ) { rule, report in
    let catalogue = rule.index.snapshot.catalogue
    let property = rule.text("property") ?? "classification"
    func rank(_ record: Record, _ register: Register) -> Int? {
      (record.node[property]?.text ?? register.classification)
        .flatMap { catalogue.classes.firstIndex(of: $0) }
    }
    for record in rule.records {
      let stated = record.node[property]
      guard let own = rank(record, rule.register) else {
        report.error(
          stated == nil ? .classMissing : .classUnknown,
          stated == nil ? .missing(record.id) : .unknown(stated?.text ?? ""),
          at: (stated ?? record.idNode).range,
          help: "Write one of: \(catalogue.classes.joined(separator: ", "))")
        continue
      }
      for way in rule.texts("parts") {
        for reference in record.values(at: way) {
          guard let position = rule.register("of"), let id = reference.text,
            let part = rule.index.record(id, in: position),
            let level = rank(part, catalogue.registers[position]), level > own
          else { continue }
          report.error(
            .classBelowPart,
            .below(record.id, catalogue.classes[own], id, catalogue.classes[level]),
            at: (stated ?? record.idNode).range,
            related: [.init("the part stands here", at: reference.range)],
            help: "Classify it as \(catalogue.classes[level]), or take the part out")
        }
      }
      guard let old = rule.inspection.predecessor(of: record, in: rule.position),
        let before = rank(old, rule.register), before > own
      else { continue }
      let decision = rule.text("decision")
      let isDecided = decision.map { name in
        record.node[name].map { now in old.node[name].map { !now.isSame(as: $0) } ?? true } ?? false
      }
      guard isDecided != true else { continue }
      report.error(
        .classLowered, .lowered(record.id, catalogue.classes[before], catalogue.classes[own]),
        at: (stated ?? record.idNode).range,
        help: decision.map { "Name the decision in '\($0)'" } ?? "Restore it")
    }
  }
}

extension Diagnostic.Code {
  /// A record has no class.
  package static let classMissing: Self = "class/missing"
  /// A class is none of the catalogue.
  package static let classUnknown: Self = "class/unknown"
  /// A whole is classified below a part of it.
  package static let classBelowPart: Self = "class/below-part"
  /// A class was lowered without a decision.
  package static let classLowered: Self = "class/lowered"
}

extension Diagnostic.Message {
  fileprivate static func missing(_ id: String) -> Self { "'\(id)' has no class" }
  fileprivate static func unknown(_ name: String) -> Self { "there is no class '\(name)'" }
  fileprivate static func below(
    _ id: String, _ own: String, _ part: String, _ level: String
  ) -> Self {
    "'\(id)' is \(own), and its part '\(part)' is \(level)"
  }
  fileprivate static func lowered(_ id: String, _ before: String, _ now: String) -> Self {
    "'\(id)' was \(before) and is \(now) without a decision"
  }
}
