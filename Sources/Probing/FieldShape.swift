import JSONSchema
import Registry
import Syntax

/// What a schema says of the values at one place, as far as slips depend on it.
struct FieldShape: Sendable {
  /// The texts that are allowed; none where any is.
  var values: [String] = []
  /// The registers that hold the record which the value names.
  var targets: [String] = []
  /// Which states follow which.
  var states: Node?
  /// Whether it is a list that only grows.
  var onlyGrows = false
  /// Whether nothing is said of a text but that it is one, how long it may be and that no other record has it.
  var isOpen = true
}

/// What the schema of a register says of its fields, each looked up once.
struct FieldShapes {
  private let program: Program?
  private var known: [String: FieldShape] = [:]

  init(of program: Program?) {
    self.program = program
  }

  subscript(way: String) -> FieldShape {
    mutating get {
      if let shape = known[way] { return shape }
      let shape = find(way)
      known[way] = shape
      return shape
    }
  }

  /// Whether a value stands in a list that only grows.
  mutating func isKept(_ way: String) -> Bool {
    for list in way.ranges(of: "[]") where self[String(way[..<list.lowerBound])].onlyGrows {
      return true
    }
    return false
  }

  private mutating func find(_ way: String) -> FieldShape {
    var shape = FieldShape()
    guard let program, case .here(let fields) = SchemaFields(of: program).lookup(way) else {
      return shape
    }
    func said(_ keyword: OwnKeyword) -> [Node] {
      OwnKeyword.allCases.firstIndex(of: keyword).map { fields.annotations($0) } ?? []
    }
    shape.values = fields.values ?? []
    shape.targets = said(.references).flatMap { $0.kind == .array ? $0.elements : [$0] }
      .compactMap(\.text)
    // What is said of a list of ids is said of each.
    if shape.targets.isEmpty, way.hasSuffix("[]") {
      shape.targets = self[String(way.dropLast(2))].targets
    }
    shape.states = said(.states).first
    shape.onlyGrows = said(.appendOnly).contains { $0.bool == true }
    shape.isOpen =
      fields.leavesTextOpen && shape.targets.isEmpty && shape.states == nil
      && said(.computed).isEmpty
    return shape
  }
}
