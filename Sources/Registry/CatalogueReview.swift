package import Diagnostics
package import JSONSchema
import Patterns
import SourceText
import Syntax

/// Judges a catalogue by the schemas of its registers: what it names must be something that they can have.
struct CatalogueReview {
  private let catalogue: Catalogue
  private let root: Node
  private let programs: [Program?]
  private var report = Report()

  /// Reviews a catalogue.
  ///
  /// - Parameters:
  ///   - catalogue: The catalogue.
  ///   - root: Its file.
  ///   - programs: The program for each register, where its schema could be compiled.
  ///   - report: Where findings go.
  static func review(
    _ catalogue: Catalogue, _ root: Node, _ programs: [Program?], into report: inout Report
  ) {
    var review = CatalogueReview(catalogue: catalogue, root: root, programs: programs)
    for (position, register) in catalogue.registers.enumerated() {
      review.review(register, at: position)
    }
    review.reviewKeywords()
    review.reviewProcesses()
    review.reviewCalendars()
    review.reviewTrailers()
    for remote in root["remotes"]?.elements ?? [] { review.checkClass(remote["highest"]) }
    report.merge(review.report)
  }

  /// Whether it was told that the catalogue lists no classes.
  private var lacksClasses = false

  private init(catalogue: Catalogue, root: Node, programs: [Program?]) {
    self.catalogue = catalogue
    self.root = root
    self.programs = programs
  }

  private mutating func review(_ register: Register, at position: Int) {
    let node = register.entry
    checkClass(node["classification"])
    checkNearForms(of: register, node)
    guard let program = programs[position] else { return }
    let fields = SchemaFields(of: program)
    let own: Set = ["id", register.idProperty]
    if let property = node["id"]?["property"] {
      check(property, property.text ?? "", in: fields, of: register.name)
    }
    for key in node["order"]?.elements ?? [] {
      let name = Register.OrderKey(key.text ?? "").property
      if !own.contains(name) { check(key, name, in: fields, of: register.name) }
    }
    for column in node["columns"]?.elements ?? [] {
      check(column, column.text ?? "", in: fields, of: register.name)
    }
    if let path = node["path"] {
      for (place, template) in zip(path.kind == .array ? path.elements : [path], register.templates)
      {
        for name in template.properties where !own.contains(name) {
          check(place, name, in: fields, of: register.name)
        }
      }
    }
    checkDefaultClass(of: register, node, fields)
  }

  /// A class that records get without a word must not hide that somebody forgot to give one.
  private mutating func checkDefaultClass(
    of register: Register, _ node: Node, _ fields: SchemaFields
  ) {
    guard let place = node["classification"], let name = register.classification,
      let highest = catalogue.classes.last, name != highest, catalogue.classes.contains(name)
    else { return }
    let rule = register.rules.first { $0.key.text == "class-of-whole" }?.value
    let property = rule?["property"]?.text ?? "classification"
    guard fields.names.contains(property), !fields.requires(property) else { return }
    // Where a rule wants every record classified, the default answers for those that are not.
    let isDemanded = rule.map { $0.bool != false } ?? false
    report.add(
      Diagnostic(
        isDemanded ? .error : .warning, .hidingClass,
        "the class '\(name)' hides that a record was given none by mistake", at: place.range,
        help: "Write '\(highest)', or leave it out and let \(register.schemaPath) "
          + "require '\(property)'"))
  }

  /// A right form that is none would be advice that is refused.
  private mutating func checkNearForms(of register: Register, _ node: Node) {
    guard register.idPattern != nil else { return }
    let matcher = PatternMatcher()
    for near in node["id"]?["near"]?.elements ?? [] {
      guard let form = near["form"], let text = form.string, !text.contains("$"),
        !register.isRegular(text, with: matcher)
      else { continue }
      report.error(
        .badCatalogue, "the right form '\(text)' does not have the form of 'pattern'",
        at: form.range, help: "Correct one of the two")
    }
  }

  /// Registers and classes that the keywords of schemas name.
  private mutating func reviewKeywords() {
    for program in programs.compactMap(\.self) {
      for (keyword, value) in program.annotationValues {
        switch OwnKeyword.allCases[keyword] {
        case .references:
          for name in value.kind == .array ? value.elements : [value] {
            guard let text = name.string, catalogue.register(named: text) == nil else { continue }
            report.error(
              .unknownRegister, "there is no register '\(text)'", at: name.range,
              help: advice(for: text, among: catalogue.registers.map(\.name))
                ?? "Name a register of \(Catalogue.path)")
          }
        case .classification: checkClass(value)
        default: break
        }
      }
    }
  }

  /// The fields and states by which modifications and variations are kept.
  private mutating func reviewProcesses() {
    if let node = root["modifications"], let (name, fields) = fields(of: node) {
      for key in ["state", "effective", "affects", "drafted_against"] {
        if let field = node[key] { check(field, field.text ?? "", in: fields, of: name) }
      }
      if case .here(let state) = fields.lookup(node["state"]?.text ?? ""), let known = state.values
      {
        let states =
          [node["implemented"]].compactMap(\.self)
          + ["approved", "ended"].flatMap { node[$0]?.elements ?? [] }
        for state in states {
          guard let text = state.text, !known.contains(text) else { continue }
          report.error(
            .unknownCatalogueField, "'\(name)' has no state '\(text)'", at: state.range,
            help: advice(for: text, among: known)
              ?? "Its states are \(known.joined(separator: ", "))")
        }
      }
    }
    if let node = root["variations"], let (name, fields) = fields(of: node), let end = node["end"] {
      check(end, end.text ?? "", in: fields, of: name)
    }
  }

  /// Holidays are the ids of a register: where those can be no days, every day is a Working Day.
  private mutating func reviewCalendars() {
    for calendar in catalogue.calendars {
      guard
        let position = catalogue.registers.firstIndex(where: { $0.name == calendar.register }),
        let program = programs[position]
      else { continue }
      let register = catalogue.registers[position]
      guard case .here(let field) = SchemaFields(of: program).lookup(register.idProperty) else {
        continue
      }
      let isDay =
        register.idPattern.map { $0.matches("2016-12-26") }
        ?? field.mayHold(.day)
      guard !isDay else { continue }
      report.error(
        .badCatalogue,
        "no record of '\(register.name)' has a day as its id, as holidays have",
        at: calendar.place.range,
        help: "Name a register whose ids are the holidays, with the property of the day as its id")
    }
  }

  /// An example of a form that no record has would be advice that is refused.
  private mutating func reviewTrailers() {
    let matcher = PatternMatcher()
    for member in root["trailers"]?.members ?? [] {
      let names = member.value["names"]
      let targets = (names?.kind == .array ? names?.elements : [names].compactMap(\.self)) ?? []
      let registers = targets.compactMap { catalogue.register(named: $0.text ?? "") }
      guard let place = member.value["example"], let example = place.string, !registers.isEmpty,
        registers.allSatisfy({ $0.idPattern != nil })
      else { continue }
      let stem = example.lastIndex(of: "/").map { String(example[..<$0]) }
      guard
        !([example] + [stem].compactMap(\.self)).contains(where: { id in
          registers.contains { $0.isRegular(id, with: matcher) }
        })
      else { continue }
      let owners = registers.map { "'\($0.name)'" }.joined(separator: " or ")
      report.error(
        .badCatalogue, "'\(example)' is not of the form that the ids of \(owners) have",
        at: place.range, help: "Write an example as people are to write it: an id, or an id/number")
    }
  }

  private func fields(of node: Node) -> (String, SchemaFields)? {
    guard let name = node["register"]?.text,
      let position = catalogue.registers.firstIndex(where: { $0.name == name }),
      let program = programs[position]
    else { return nil }
    return (name, SchemaFields(of: program))
  }

  private mutating func checkClass(_ node: Node?) {
    guard let node, let name = node.string, !catalogue.classes.contains(name) else { return }
    if root["classes"] == nil {
      // One cause, one finding: a misspelt key is told by itself, and a missing list once.
      let isMisspelt = root.members.contains {
        nearest(to: $0.key.text ?? "", among: ["classes"]) != nil
      }
      guard !isMisspelt, !lacksClasses else { return }
      lacksClasses = true
    }
    report.error(
      .badCatalogue, "there is no class '\(name)'", at: node.range,
      help: advice(for: name, among: catalogue.classes)
        ?? (catalogue.classes.isEmpty
          ? "List the classes: classes: [\(name), …]"
          : "Name one of: \(catalogue.classes.joined(separator: ", "))"))
  }

  private mutating func check(
    _ node: Node, _ way: String, in fields: SchemaFields, of register: String
  ) {
    guard let fault = fields.fault(of: way, in: register) else { return }
    report.error(.unknownCatalogueField, fault.message, at: node.range, help: fault.help)
  }
}

extension SchemaFields {
  /// Returns why no record can have a value at the end of a way, or `nil` where one can.
  ///
  /// - Parameters:
  ///   - way: A way such as `agenda[].actions[]`.
  ///   - register: The name of the register.
  /// - Returns: What is wrong, and what to do.
  package func fault(
    of way: String, in register: String
  ) -> (message: Diagnostic.Message, help: String)? {
    switch lookup(way) {
    case .here: nil
    case .none(let name, let known):
      (
        "no record of '\(register)' can have the field '\(name)'",
        advice(for: name, among: known)
          ?? "Its fields are \(known.prefix(16).joined(separator: ", "))"
          + (known.count > 16 ? " …" : "")
      )
    case .leaf(let name):
      (
        "no record of '\(register)' can have '\(way)': there is nothing inside before '\(name)'",
        "Name a way that its schema has, or add it to the schema"
      )
    }
  }
}

extension Diagnostic.Code {
  /// The catalogue names a field or a state that the schema of the register cannot have.
  package static let unknownCatalogueField: Self = "catalogue/unknown-field"
  /// The class that records get without a word is not the highest.
  package static let hidingClass: Self = "catalogue/hiding-class"
  /// `x-references` names a register that does not exist.
  package static let unknownRegister: Self = "schema/unknown-register"
}
