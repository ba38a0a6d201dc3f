import Diagnostics
import RegistrarCommands
import Testing

@Test func `output is handed on in pieces, and memory does not grow with it`() {
  var session = Session(workingDirectory: "/")
  var pieces: [Int] = []
  session.output.sink = { pieces.append($0.utf8.count) }
  for _ in 0..<100_000 { session.output += "0123456789" }
  #expect(session.output.text.utf8.count < 65_536)
  session.output.flush()
  #expect(pieces.count > 10 && pieces.reduce(0, +) == 1_000_000)
  #expect(session.output.text.isEmpty)
}

@Test func `output that nobody takes is kept`() {
  var session = Session(workingDirectory: "/")
  for _ in 0..<100_000 { session.output += "0123456789" }
  session.output.flush()
  #expect(session.output.text.utf8.count == 1_000_000)
}
