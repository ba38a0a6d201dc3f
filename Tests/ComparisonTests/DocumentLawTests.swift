import Comparison
import RegistrarTestSupport
import Registry
import SourceText
import Testing

/// A document as a random test makes it: the words of its clauses, which are numbered as they stand.
private struct Document {
  var clauses: [String]

  static func clause(_ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 8..<30, using: &random)
    let words = (0..<count).map { _ in word(&random) }
    return words.joined(separator: " ") + "."
  }

  static func word(_ random: inout SeededGenerator) -> String {
    "w\(Int.random(in: 0..<2000, using: &random))"
  }

  static func random(_ random: inout SeededGenerator) -> Document {
    let count = Int.random(in: 3..<14, using: &random)
    return Document(clauses: (0..<count).map { _ in clause(&random) })
  }

  /// Replaces up to a quarter of the words of a clause.
  mutating func reword(_ index: Int, _ random: inout SeededGenerator) {
    var words = clauses[index].split(separator: " ").map(String.init)
    for _ in 0...(words.count / 5) {
      words[Int.random(in: 0..<words.count, using: &random)] = Self.word(&random)
    }
    words[0] = "x" + Self.word(&random)
    clauses[index] = words.joined(separator: " ")
  }

  var text: String {
    "## H8 Maintenance\n\n"
      + clauses.enumerated().map { "H8.\($0 + 1) \($1)\n\n" }.joined()
  }
}

private func file(_ text: String) throws -> SourceFile {
  SourceFile(path: try #require(RepoPath("sec/H.md")), bytes: Array(text.utf8))
}

private func redline(_ old: Document, _ new: Document) throws -> Redline {
  let numbering = Numbering(name: "section", levels: ["A", "1", ".1", "(a)"])
  let redline = Redline(from: try file(old.text), to: try file(new.text), numbering)
  #expect(redline.old == old.text)
  #expect(redline.new == new.text)
  return redline
}

/// What was told of the words of clauses, without their numbers: each kind with the words before and now.
private func told(_ redline: Redline) -> Set<String> {
  Set(
    redline.steps.filter { $0.kind != .same }.map { step in
      "\(step.kind.rawValue): \(step.old?.text ?? "") > \(step.new?.text ?? "")"
    })
}

@Test func `one change of a random document is told as the one that it is`() throws {
  var random = SeededGenerator(seed: 21)
  for _ in 0..<1200 {
    let old = Document.random(&random)
    #expect(told(try redline(old, old)).isEmpty)
    let index = Int.random(in: 0..<old.clauses.count, using: &random)
    let words = old.clauses[index]
    var new = old
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      new.reword(index, &random)
      #expect(told(try redline(old, new)) == ["reworded: \(words) > \(new.clauses[index])"])
    case 1:
      new.clauses.remove(at: index)
      #expect(told(try redline(old, new)) == ["deleted: \(words) > "])
    case 2:
      let inserted = Document.clause(&random)
      new.clauses.insert(inserted, at: index)
      #expect(told(try redline(old, new)) == ["inserted:  > \(inserted)"])
    default:
      // Which of two that trade places moved is a matter of taste: this one goes over two others.
      guard old.clauses.count > index + 2 else { continue }
      new.clauses.remove(at: index)
      new.clauses.insert(words, at: index + 2)
      #expect(
        told(try redline(old, new)) == ["movedAway: \(words) > ", "movedHere:  > \(words)"])
    }
  }
}

@Test
func `what two sides did to different clauses is told of their merge, and no move is made up`()
  throws
{
  var random = SeededGenerator(seed: 22)
  for _ in 0..<800 {
    let base = Document.random(&random)
    var (left, right, merged) = (base, base, base)
    // One side has the even clauses, the other the odd ones.
    for index in base.clauses.indices where Int.random(in: 0..<3, using: &random) == 0 {
      merged.reword(index, &random)
      if index.isMultiple(of: 2) {
        left.clauses[index] = merged.clauses[index]
      } else {
        right.clauses[index] = merged.clauses[index]
      }
    }
    if Bool.random(using: &random) {
      let added = Document.clause(&random)
      merged.clauses.append(added)
      left.clauses.append(added)
    }
    let all = told(try redline(base, merged))
    #expect(told(try redline(base, left)).isSubset(of: all))
    #expect(told(try redline(base, right)).isSubset(of: all))
    #expect(told(try redline(base, left)).union(told(try redline(base, right))) == all)
    #expect(!all.contains { $0.hasPrefix("moved") })
  }
}

@Test func `any two random documents give a redline that is both of them`() throws {
  var random = SeededGenerator(seed: 23)
  for _ in 0..<600 {
    let old = Document.random(&random)
    var new = Document(
      clauses: old.clauses.filter { _ in Int.random(in: 0..<5, using: &random) > 0 })
    new.clauses.shuffle(using: &random)
    for index in new.clauses.indices where Bool.random(using: &random) {
      new.reword(index, &random)
    }
    // Nothing that is on both sides in the same words is deleted and inserted.
    let steps = try redline(old, new).steps
    let deleted = Set(steps.filter { $0.kind == .deleted }.compactMap { $0.old?.text })
    let inserted = Set(steps.filter { $0.kind == .inserted }.compactMap { $0.new?.text })
    #expect(deleted.isDisjoint(with: inserted))
  }
}

@Test func `a name that changed in every clause is a rewording of each, and no move`() throws {
  var random = SeededGenerator(seed: 24)
  let words = (0..<800).map { _ in Document.clause(&random) }
  let old = Document(clauses: words.map { "The DECC and \($0)" })
  var new = Document(clauses: words.map { "The BEIS and \($0)" })
  let gone = new.clauses.remove(at: 400)
  let redline = try redline(old, new)
  #expect(redline.steps.count { $0.kind == .reworded } == 799)
  #expect(
    redline.steps.filter { $0.kind == .deleted }.compactMap { $0.old?.text } == [
      gone.replacing("BEIS", with: "DECC")
    ])
  #expect(!redline.steps.contains { $0.kind == .inserted || $0.kind == .movedHere })
}
