import Testing

@Test func `a refused commit shows the line, the remedy and what to do next`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    "cd desk && sed -i 's/status: open/status: opne/' registers/risks/R1.yaml && git commit -qam x")
  #expect(!isGood)
  for words in [
    "--> registers/risks/R1.yaml:5:9", "status: opne", "Did you mean 'open'?",
    "Nothing was committed",
    "'git add' the files, and commit again",
  ] {
    #expect(output.contains(words), "\(words) in \(output)")
  }
}

@Test func `a refused push says what did not happen and how an earlier commit is mended`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    """
    git init -q --bare server.git && cd desk && git remote add origin ../server.git
    sed -i 's/status: open/status: opne/' registers/risks/R1.yaml
    git commit -q --no-verify -am x && git push -q origin main
    """)
  #expect(!isGood)
  #expect(output.contains("Nothing was pushed") && output.contains("git rebase -i"), "\(output)")
}
