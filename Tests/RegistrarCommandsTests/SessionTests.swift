import RegistrarCommands
import Testing

@Test func `output is handed on in pieces, and memory does not grow with it`() {
  var session = Session(workingDirectory: "/")
  var pieces: [Int] = []
  session.sink = { pieces.append($0.utf8.count) }
  for _ in 0..<100_000 { session.output += "0123456789" }
  #expect(session.output.utf8.count < 65_536)
  session.flush()
  #expect(pieces.count > 10 && pieces.reduce(0, +) == 1_000_000)
  #expect(session.output.isEmpty)
}

@Test func `output that nobody takes is kept`() {
  var session = Session(workingDirectory: "/")
  for _ in 0..<100_000 { session.output += "0123456789" }
  session.flush()
  #expect(session.output.utf8.count == 1_000_000)
}
