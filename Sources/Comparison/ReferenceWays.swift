import JSONSchema
import Registry
import Syntax

/// Where the references of a register stand.
enum References {
  /// Returns the ways to values that a schema says are references: `agenda[].actions[]`.
  static func ways(of register: String, in snapshot: Snapshot) -> Set<String>? {
    guard let position = snapshot.catalogue.registers.firstIndex(where: { $0.name == register })
    else { return nil }
    var ways: Set<String> = []
    for file in snapshot.files where file.register == position {
      for annotation in file.annotations
      where OwnKeyword.allCases[annotation.keyword] == .references {
        guard let record = file.record(holding: annotation.instance),
          let path = record.node.path(to: annotation.instance)
        else { continue }
        var way = ""
        for step in path.steps {
          switch step {
          case .key(let key): way += way.isEmpty ? key : "." + key
          case .position: way += "[]"
          }
        }
        ways.insert(annotation.instance.kind == .array ? way + "[]" : way)
      }
    }
    return ways
  }

  /// Returns a path of a change without what stands between its brackets.
  static func way(_ path: String) -> String {
    var way = ""
    var isInside = false
    for character in path {
      if character == "]" { isInside = false }
      if !isInside { way.append(character) }
      if character == "[" { isInside = true }
    }
    return way
  }
}
