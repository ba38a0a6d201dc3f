package import Diagnostics
import Patterns
import Registry
import SourceText
import Syntax

extension Rule {
  /// File name and id agree, so that who knows an id finds the file without a search.
  static let filesNamedByID = Rule(
    [.misplaced, .copy], requirement: "A record's file is named by the record's id."
  ) { inspection, report in
    let index = inspection.current
    let matcher = PatternMatcher()
    for (position, register) in index.snapshot.catalogue.registers.enumerated()
    where register.shape.isOneAFile {
      for record in inspection.records(in: position) {
        let expected = register.path(of: record)
        guard record.path != expected else { continue }
        let meant = inspection.meant.id(meantBy: record, in: position)
        // An id in another spelling is told as such, and not once more for its file.
        if !register.isRegular(record.id, with: matcher) {
          guard let meant else { continue }
          let place = register.path(of: meant) { $0 == "id" ? meant : record.text(of: $0) }
          guard place != record.path, let place else { continue }
          report.error(
            .misplaced, .misplaced(meant, fileSays: register.id(at: record.path)),
            at: record.idNode.range,
            help: index.isTaken(place)
              ? "Give it another id: \(place) is taken" : "Name the file \(place)",
            remedy: index.isTaken(place) ? nil : Remedy(.move(to: place)))
          continue
        }
        if let meant {
          report.error(
            .misplaced, .copied(record.id, fileSays: meant), at: record.idNode.range,
            help: "Write '\(register.idProperty): \(meant)'",
            remedy: Remedy(.set(record.idNode.range, .text(meant)), changesMeaning: true))
          continue
        }
        if let original = inspection.meant.original(of: record, in: position) {
          report.error(
            .copy, .copy(record.id, of: original.path, isSame: record.isCopy(of: original)),
            at: record.idNode.range,
            related: [.init("the record with this id", at: original.idNode.range)],
            help: inspection.helpForCopy(record, of: original, in: position))
          continue
        }
        let place = expected.flatMap { index.isTaken($0) ? nil : $0 }
        let name = register.id(at: record.path)
        if name == record.id, let fault = register.propertyFault(of: record) {
          report.error(
            .misplaced, .elsewhere(fault),
            at: record.node[fault.name]?.range ?? record.idNode.range,
            help: "Write '\(fault.name): \(fault.inPath)'"
              + (place.map { ", or name the file \($0)" } ?? ""),
            remedy: place.map { Remedy(.move(to: $0), changesMeaning: true) })
          continue
        }
        report.error(
          .misplaced, .misplaced(record.id, fileSays: name == record.id ? nil : name),
          at: record.idNode.range,
          help: help(record, place, name, register, isTaken: expected != nil),
          // Where the name says another id, one of the two is wrong.
          remedy: place.map {
            Remedy(.move(to: $0), changesMeaning: name != nil && name != record.id)
          })
      }
    }
  }

  private static func help(
    _ record: Record, _ place: RepoPath?, _ name: String?, _ register: Register, isTaken: Bool
  ) -> String {
    let named = name.flatMap { name in
      name != record.id && register.isRegular(name, with: PatternMatcher())
        ? "Write '\(register.idProperty): \(name)'" : nil
    }
    switch (named, place) {
    case (let named?, let place?): return named + ", or name the file \(place)"
    case (let named?, nil): return named
    case (nil, let place?): return "Name the file \(place)"
    case (nil, nil):
      return isTaken
        ? "Give the record an id that no other file has the name of"
        : "Give the record the properties that its path needs: "
          + register.templates[0].properties.joined(separator: ", ")
    }
  }
}

extension Register {
  /// Returns the path where a record belongs, or `nil` where no template can hold it.
  func path(of record: Record) -> RepoPath? { path(of: record.id) { record.text(of: $0) } }

  /// A property that says something else than the path of the record's file.
  struct PropertyFault {
    let name: String
    /// What the record has, if it has any.
    let inRecord: String?
    let inPath: String
  }

  /// Returns the first property of a record, besides the id, that its path contradicts.
  func propertyFault(of record: Record) -> PropertyFault? {
    for template in templates {
      guard let values = template.values(in: record.path, below: Catalogue.folder) else { continue }
      for name in template.properties where name != "id" && name != idProperty {
        guard let spellings = values[name], let first = spellings.first else { continue }
        let text = record.text(of: name)
        if text.map({ !spellings.contains($0) }) ?? true {
          return PropertyFault(name: name, inRecord: text, inPath: first)
        }
      }
    }
    return nil
  }
}

extension Inspection {
  /// Returns what to do with a file that has the id of another, and stands where no record belongs.
  fileprivate func helpForCopy(
    _ record: Record, of original: Record, in position: Int
  ) -> String {
    let register = current.snapshot.catalogue.registers[position]
    guard let next = nextID(after: record.id, in: position),
      let place = register.path(of: next, property: { $0 == "id" ? next : record.text(of: $0) }),
      !current.isTaken(place)
    else { return "Remove it, or give its record an id of its own" }
    return "Remove it, or give its record the next id, '\(next)', and name the file \(place)"
  }
}

extension Record {
  /// Whether the files of two records say the same.
  func isCopy(of other: Record) -> Bool { node.tree.file.bytes == other.node.tree.file.bytes }
}

extension Diagnostic.Code {
  /// A record stands in a file with the name of another.
  package static let misplaced: Self = "record/misplaced"
  /// A file has the id of another that stands in its right place.
  package static let copy: Self = "record/copy"
}

extension Diagnostic.Message {
  fileprivate static func misplaced(_ id: String, fileSays name: String?) -> Self {
    if let name { return "the id is '\(id)', and the file's name says '\(name)'" }
    return "the record '\(id)' does not belong in this file"
  }
  fileprivate static func copied(_ id: String, fileSays name: String) -> Self {
    "the id '\(id)' is that of another file, and this file's name says '\(name)'"
  }
  fileprivate static func copy(_ id: String, of path: RepoPath, isSame: Bool) -> Self {
    isSame
      ? "this file is a copy of \(path)"
      : "this file has the id '\(id)' of \(path), and says something else"
  }
  fileprivate static func elsewhere(_ fault: Register.PropertyFault) -> Self {
    let path = "the path of the file says '\(fault.inPath)'"
    return fault.inRecord.map { "'\(fault.name)' is '\($0)', and \(path)" }
      ?? "'\(fault.name)' is missing, and \(path)"
  }
}
