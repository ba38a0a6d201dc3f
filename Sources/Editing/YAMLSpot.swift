import Syntax

/// A place in a file with all that decides how a value is written there.
struct YAMLSpot {
  let place: YAMLPlace
  /// The container that it is in, with all parts; `nil` for the whole of a file.
  let container: Container?
  /// The key that it stands under, or its list.
  let name: String

  struct Container {
    let node: Node
    let value: Range<Int>
    let parts: [YAMLPlace]
    let isFlow: Bool
    /// Whether it stands between brackets itself, or in something that does.
    let isInFlow: Bool
    /// The column of its keys or dashes.
    let column: Int
    let name: String
  }

  /// Whether it stands between brackets or braces.
  var isInFlow: Bool { container?.isInFlow ?? false }
  var isElement: Bool { container?.node.kind == .array }
  /// The column of what holds it; -1 for the whole of a file.
  var outer: Int { container?.column ?? -1 }
}

extension YAMLText {
  /// Returns where the value of a whole file stands.
  func rootPlace(_ root: Node) -> YAMLPlace? {
    var cursor = skipSpace(bounds.lowerBound)
    while self[cursor] == UInt8(ascii: "%") { cursor = skipSpace(lineStop(cursor)) }
    if bytes[cursor..<bounds.upperBound].starts(with: "---".utf8),
      YAMLText.isBlank(self[cursor + 3]) || YAMLText.isBreak(self[cursor + 3])
    {
      cursor += 3
    }
    return place(of: root, key: nil, from: cursor, nil)
  }

  /// Returns a container with its parts.
  ///
  /// - Parameter spot: Where it stands.
  /// - Returns: `nil` where its form is not understood.
  func container(at spot: YAMLSpot) -> YAMLSpot.Container? {
    let place = spot.place
    guard let parts = places(in: place.node, at: place.value) else { return nil }
    let isFlow = isFlow(place.value)
    return YAMLSpot.Container(
      node: place.node, value: place.value, parts: parts, isFlow: isFlow,
      isInFlow: isFlow || spot.isInFlow, column: parts.first.map { column($0.start) } ?? 0,
      name: spot.name)
  }
}
