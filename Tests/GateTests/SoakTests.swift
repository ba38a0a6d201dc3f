import RegistrarTestSupport
import Testing

/// One thing that somebody does in a clone, as lines of a shell, and whether it may be pushed.
private struct Deed {
  let script: String
  let isGood: Bool
}

/// Makes deeds that are good or bad by construction.
private struct Deeds {
  var generator: SeededGenerator
  private var next = 10
  /// Actions that are open, by their numbers.
  private var open: [Int] = []
  /// Actions whose text changed last, which can be reverted.
  private var risk = 3

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  private func path(_ number: Int) -> String { "registers/actions/SECP/SECP5-\(number).yaml" }

  private func commit(_ edit: String, _ message: String) -> String {
    "\(edit) && git add -A . && git commit -q --no-verify -m '\(message)'"
  }

  private mutating func add() -> String {
    let number = next
    next += 1
    open.append(number)
    return commit(
      "printf 'id: SECP5/\(number)\\nbody: SECP\\ntext: a\\nraised_in: SECP1\\nstatus: open\\n' > \(path(number))",
      "Add \(number)")
  }

  mutating func good() -> Deed {
    let some = open.randomElement(using: &generator)
    switch (Int.random(in: 0..<6, using: &generator), some) {
    case (0, let number?):
      return Deed(
        script: commit("sed -i 's/^text: /text: more /' \(path(number))", "Reword \(number)"),
        isGood: true)
    case (1, let number?):
      open.removeAll { $0 == number }
      return Deed(
        script: commit("sed -i 's/^status: .*/status: closed/' \(path(number))", "Close \(number)"),
        isGood: true)
    case (2, let number?):
      let edit = commit("sed -i 's/^text: /text: odd /' \(path(number))", "Reword \(number)")
      return Deed(script: edit + " && git revert --no-edit HEAD >/dev/null", isGood: true)
    case (3, _):
      return Deed(
        script:
          "git checkout -q -b side && \(add()) && git checkout -q main && \(add()) && git merge -q --no-verify -m Join side && git branch -q -D side",
        isGood: true)
    case (4, _):
      return Deed(
        script: commit(
          "sed -i 's/An example/& more/' registers/modifications/DP001.yaml",
          "Title\n\nDecision: SECP1/07"), isGood: true)
    default: return Deed(script: add(), isGood: true)
    }
  }

  /// A fault; what follows it may mend it, and the push is wrong all the same.
  mutating func bad() -> Deed {
    let number = open.randomElement(using: &generator) ?? 10
    let file = open.isEmpty ? "registers/actions/SECP/SECP1-01.yaml" : path(number)
    let edit: String
    switch Int.random(in: 0..<11, using: &generator) {
    case 0: edit = commit("sed -i 's/^status: .*/status: odd/' \(file)", "Bad status")
    case 1: edit = commit("sed -i 's/^raised_in: .*/raised_in: SECP77/' \(file)", "Dangling")
    case 2: edit = commit("git rm -q \(file)", "Vanished")
    case 3: edit = commit("cp \(file) registers/actions/SECP/SECP9-99.yaml", "Twice")
    case 4: edit = commit("echo 'text: again' >> \(file)", "Two keys")
    case 5: edit = commit("echo '  - [' >> \(file)", "Not YAML")
    case 6:
      edit = commit(
        "sed -i 's/\"ongoing\", \"closed\"/\"closed\"/' schema/action.schema.json", "Rules")
    case 7:
      edit = commit(
        "sed -i 's/An example/& too/' registers/modifications/DP001.yaml", "No decision")
    case 8: edit = commit("printf x > registers/stray", "Stray")
    case 9:
      edit =
        commit("sed -i 's/^status: .*/status: closed/' \(file)", "Close")
        + " && " + commit("sed -i 's/^status: .*/status: open/' \(file)", "And open again")
    default:
      edit = commit(
        "sed -i 's/^stage: .*/stage: implemented/' registers/modifications/DP001.yaml",
        "Skip\n\nDecision: SECP1/07")
    }
    let mend = Bool.random(using: &generator) ? " && git revert --no-edit HEAD >/dev/null" : ""
    return Deed(script: edit + mend, isGood: false)
  }
}

@Test func `a server takes every good push of several clones and none with a fault in it`() throws {
  let desk = try Desk()
  try desk.server()
  try desk.run("for c in 0 1 2; do git clone -q server.git c$c; done")
  var deeds = Deeds(seed: 20_161_108)
  for round in 0..<70 {
    let clone = "c\(round % 3)"
    var steps: [Deed] = []
    for _ in 0..<Int.random(in: 1...3, using: &deeds.generator) { steps.append(deeds.good()) }
    let hasFault = round % 5 < 2
    let before = deeds
    if hasFault { steps.append(deeds.bad()) }
    if hasFault { deeds = Deeds.resumed(before, deeds.generator) }
    // The good part goes first by itself, so that a refused push loses no record that later ones use.
    let script = """
      set -e
      cd \(clone); git fetch -q; git checkout -q main; git reset -q --hard origin/main
      \(steps.filter(\.isGood).map(\.script).joined(separator: "\n"))
      git push -q origin main
      """
    let (isTaken, output) = try desk.run(script)
    #expect(isTaken, "round \(round): \(output)\n\(script)")
    guard isTaken else { return }
    for fault in steps where !fault.isGood {
      let (isMade, made) = try desk.run("set -e; cd \(clone)\n\(fault.script)")
      #expect(isMade, "round \(round): \(made)")
      let (passes, output) = try desk.run("cd \(clone) && git push -q origin main")
      #expect(!passes && output.contains("remote rejected"), "round \(round): \(fault.script)")
    }
  }
  let (isClean, output) = try desk.run(
    """
    set -e
    git clone -q server.git whole && cd whole
    registrar check
    registrar check --range "$(git rev-list --max-parents=0 HEAD)..HEAD"
    git log --format=%s | wc -l
    """)
  #expect(isClean, "\(output)")
}

extension Deeds {
  /// Deeds as they were before a fault that the server refused, with the random numbers going on.
  fileprivate static func resumed(_ deeds: Deeds, _ generator: SeededGenerator) -> Deeds {
    var deeds = deeds
    deeds.generator = generator
    return deeds
  }
}
