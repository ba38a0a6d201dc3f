import Comparison
import Diagnostics
import Syntax

/// One value in the versions that a merge joins: what both sides began with, what each has, and what
/// the merge made of it.
///
/// `nil` stands for a value that is not there.
struct JoinedValue {
  let base: Node?
  /// The value on one side.
  let own: Node?
  /// The values on the other sides.
  let others: [Node?]
  let result: Node?

  /// What one side asks of the result.
  enum Asked {
    /// Nothing: the result is as it would be without the question.
    case nothing
    /// That it can follow this value, which is written as JSON.
    case value(String)
    /// That it can begin.
    case absence
  }

  /// What is asked: the step of a commit, or that a state can be reached which another side went to.
  enum Question {
    case step
    case way
  }

  /// Whether the side has a value that it did not begin with.
  var isOwn: Bool { !Self.isSame(own, base) }

  private var isOthers: Bool { others.contains { !Self.isSame($0, base) } }

  static func isSame(_ one: Node?, _ other: Node?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return one.isSame(as: other)
  }

  /// Returns what the side asks of the result: what it has changed since the base is carried on, what
  /// it has not changed asks nothing where another side changed it.
  ///
  /// - Parameters:
  ///   - question: What is asked.
  ///   - keys: The members that stay as the side has them, where another is asked.
  ///   - computed: The members that follow from others, of which nothing is asked.
  /// - Returns: What the result has to follow.
  func asked(
    _ question: Question, keeping keys: Set<String> = [], leaving computed: Set<String> = []
  ) -> Asked {
    guard !Self.isSame(own, result), isOwn || !isOthers else { return .nothing }
    guard let own else { return .absence }
    if let result, own.kind == .object, result.kind == .object {
      return asked(question, keeping: keys, leaving: computed, of: own, result)
    }
    if let result, own.kind == .array, result.kind == .array {
      return isCarried(own, by: result) ? .nothing : asked(question, ofList: own, result)
    }
    // What another side has as well has come there in its own steps.
    let isTaken = others.contains { !Self.isSame($0, base) && Self.isSame($0, result) }
    guard isTaken == (question == .way) else { return .nothing }
    return .value(own.json)
  }

  private func asked(
    _ question: Question, keeping keys: Set<String>, leaving computed: Set<String>, of own: Node,
    _ result: Node
  ) -> Asked {
    var members: [String] = []
    var isAsked = false
    func add(_ key: String, _ value: String) {
      members.append("\(JSONText.string(key).text): \(value)")
    }
    let own = own.members.map { ($0.key.text ?? "", Node?.some($0.value)) }
    let names = Set(own.map(\.0))
    let added = result.members.map { ($0.key.text ?? "", Node?.none) }
      .filter { !names.contains($0.0) }
    for (key, value) in own + added {
      guard !keys.contains(key) else {
        if let value { add(key, value.json) }
        continue
      }
      guard !computed.contains(key) else {
        if let value = result[key] { add(key, value.json) }
        continue
      }
      let inner = JoinedValue(
        base: base?[key], own: value, others: others.map { $0?[key] }, result: result[key])
      switch inner.asked(question) {
      case .nothing: if let value = result[key] { add(key, value.json) }
      case .absence: isAsked = true
      case .value(let text):
        isAsked = true
        add(key, text)
      }
    }
    return isAsked ? .value("{" + members.joined(separator: ", ") + "}") : .nothing
  }

  /// Returns what is asked of a list, element by element as they are known again.
  private func asked(_ question: Question, ofList own: Node, _ result: Node) -> Asked {
    let (mine, now) = (own.elements, result.elements)
    func matching(_ other: Node?) -> ElementMatching {
      ElementMatching(from: mine, to: other?.elements ?? [])
    }
    let (before, after) = (matching(base), matching(result))
    let sides = others.map(matching)
    func element(_ list: Node?, _ position: Int?) -> Node? {
      position.flatMap { position in
        let elements = list?.elements ?? []
        return elements.indices.contains(position) ? elements[position] : nil
      }
    }
    var kept: [Int: String] = [:]
    var isAsked = false
    for (position, node) in mine.enumerated() {
      let value = JoinedValue(
        base: element(base, before.new(of: position)), own: node,
        others: zip(others, sides).map { element($0, $1.new(of: position)) },
        result: element(result, after.new(of: position)))
      switch value.asked(question) {
      case .nothing, .absence: kept[position] = value.result?.json
      case .value(let text):
        isAsked = true
        kept[position] = text
      }
    }
    var texts: [String] = []
    var next = 0
    // Where it is in the order of the side, the result's order stands; what the side alone has comes behind what
    // it stands behind there.
    var places = now.indices.compactMap { after.old(of: $0) }
    let isInOrder = zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
    func take(to end: Int) {
      while next < end {
        if let text = kept[next] { texts.append(text) }
        next += 1
      }
    }
    if !isInOrder { take(to: mine.count) }
    for (position, node) in now.enumerated() {
      if let place = after.old(of: position) {
        take(to: place + 1)
        places.removeFirst()
        continue
      }
      take(to: places.first ?? mine.count)
      // What another side put in has come there in its own steps.
      let isKnown = others.contains { other in
        ElementMatching(from: other?.elements ?? [], to: [node]).old(of: 0) != nil
      }
      if isKnown { texts.append(node.json) } else { isAsked = isAsked || question == .step }
    }
    take(to: mine.count)
    let isOrdered = now.map(\.json).starts(with: texts)
    guard isAsked || question == .step && !isOrdered else { return .nothing }
    return .value("[" + texts.joined(separator: ", ") + "]")
  }

  /// Whether a list has all of another in its order, with nothing between that no side put there.
  private func isCarried(_ own: Node, by result: Node) -> Bool {
    var added = others.flatMap { other in Self.elements(of: other, without: base) }
    var rest = own.elements[...]
    for element in result.elements {
      if let next = rest.first, next.isSame(as: element) {
        rest.removeFirst()
      } else if let position = added.firstIndex(where: { $0.isSame(as: element) }) {
        added.remove(at: position)
      } else {
        return false
      }
    }
    return rest.isEmpty
  }

  /// Returns the elements of a list that another has not.
  static func elements(of list: Node?, without other: Node?) -> [Node] {
    var known = other?.elements ?? []
    return (list?.elements ?? []).filter { element in
      guard let position = known.firstIndex(where: { $0.isSame(as: element) }) else { return true }
      known.remove(at: position)
      return false
    }
  }

  /// Whether the result is what the sides give together, so that whoever joined them changed nothing.
  var isJoined: Bool {
    let sides = [own] + others
    let changed = sides.filter { !Self.isSame($0, base) }
    guard let first = changed.first else { return Self.isSame(result, base) }
    if changed.allSatisfy({ Self.isSame($0, first) }) { return Self.isSame(result, first) }
    guard let result else { return changed.contains { $0 == nil } }
    switch result.kind {
    case .object where changed.allSatisfy { $0?.kind == .object }:
      let keys = Set(
        (sides + [base, result]).flatMap { ($0?.members ?? []).compactMap(\.key.text) })
      return keys.allSatisfy { key in
        JoinedValue(
          base: base?[key], own: own?[key], others: others.map { $0?[key] }, result: result[key]
        ).isJoined
      }
    case .array where changed.allSatisfy { $0?.kind == .array }:
      return result.elements.allSatisfy { element in
        sides.contains { $0?.elements.contains { $0.isSame(as: element) } == true }
      }
    default: return changed.contains { Self.isSame($0, result) }
    }
  }
}
