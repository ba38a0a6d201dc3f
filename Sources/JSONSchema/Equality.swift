import Glibc
import Syntax

/// Whether two values are equal as JSON Schema has it (Core, section 4.2.2): numbers by value,
/// objects whatever the order of their members.
func areEqual(_ left: TreeView, _ first: Int, _ right: TreeView, _ second: Int) -> Bool {
  let one = left.nodes[first]
  let other = right.nodes[second]
  guard one.kind == other.kind else { return false }
  switch one.kind {
  case .null, .true, .false:
    return true
  case .string:
    return areSame(left.text(of: first), right.text(of: second))
  case .number:
    let (text, otherText) = (left.text(of: first), right.text(of: second))
    if areSame(text, otherText) { return true }
    if let value = smallInteger(text), let otherValue = smallInteger(otherText) {
      return value == otherValue
    }
    return ExactNumber(text) == ExactNumber(otherText)
  case .array:
    guard one.low == other.low else { return false }
    var (child, otherChild) = (first + 1, second + 1)
    while child < Int(one.end) {
      guard areEqual(left, child, right, otherChild) else { return false }
      child = Int(left.nodes[child].end)
      otherChild = Int(right.nodes[otherChild].end)
    }
    return true
  case .object:
    guard one.low == other.low else { return false }
    var key = first + 1
    while key < Int(one.end) {
      guard let match = value(under: left.text(of: key), in: second, of: right),
        areEqual(left, key + 1, right, match)
      else { return false }
      key = Int(left.nodes[key + 1].end)
    }
    return true
  }
}

/// Returns the node of the value under `name` in an object, or `nil` where there is none.
func value(under name: UnsafeBufferPointer<UInt8>, in object: Int, of view: TreeView) -> Int? {
  guard view.nodes[object].kind == .object else { return nil }
  var key = object + 1
  while key < Int(view.nodes[object].end) {
    if areSame(view.text(of: key), name) { return key + 1 }
    key = Int(view.nodes[key + 1].end)
  }
  return nil
}

/// Whether two texts are the same bytes.
@inline(__always)
func areSame(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  guard let one = left.baseAddress, let other = right.baseAddress else { return true }
  return memcmp(one, other, left.count) == 0
}

/// Adds a value to `hasher` so that equal values (`areEqual`) give equal hashes.
func hash(_ view: TreeView, _ node: Int, into hasher: inout Hasher) {
  let raw = view.nodes[node]
  hasher.combine(raw.kind.rawValue)
  switch raw.kind {
  case .null, .true, .false:
    break
  case .string:
    hasher.combine(bytes: UnsafeRawBufferPointer(view.text(of: node)))
  case .number:
    hasher.combine(ExactNumber(view.text(of: node)))
  case .array:
    var child = node + 1
    while child < Int(raw.end) {
      hash(view, child, into: &hasher)
      child = Int(view.nodes[child].end)
    }
  case .object:
    // A sum does not depend on the order of the members.
    var sum = 0
    var key = node + 1
    while key < Int(raw.end) {
      var member = Hasher()
      member.combine(bytes: UnsafeRawBufferPointer(view.text(of: key)))
      hash(view, key + 1, into: &member)
      sum &+= member.finalize()
      key = Int(view.nodes[key + 1].end)
    }
    hasher.combine(sum)
  }
}
