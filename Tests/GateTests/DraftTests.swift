import Testing

@Test func `a draft is compared with what changed since it began, and what has none is named`()
  throws
{
  let desk = try Desk()
  try desk.code()
  let none = try desk.run("cd desk; git branch -M main; registrar next --collisions")
  #expect(none.isGood && none.output.contains("there are no drafts to compare"), "\(none.output)")
  #expect(none.output.contains("not compared: DP001: there is no branch"), "\(none.output)")
  let free = try desk.run(
    """
    cd desk; git checkout -q -b modification/DP001; R=registers/risks/SECP-R1.yaml
    sed -i 's/impact: .*/impact: 3/' $R; git commit -q -a -m Draft; git checkout -q main
    registrar next --collisions
    """)
  #expect(
    free.isGood && free.output.contains("no collisions among 1 draft, nor with what changed"),
    "\(free.output)")
  let met = try desk.run(
    """
    cd desk; sed -i 's/impact: .*/impact: 5/' registers/risks/SECP-R1.yaml; git commit -q -a -m Main
    registrar next --collisions
    """)
  #expect(!met.isGood, "\(met.output)")
  for words in ["DP001 changes SECP-R1:impact", "DP001: 4 → 3", "(HEAD): 4 → 5"] {
    #expect(met.output.contains(words), "\(words) in \(met.output)")
  }
  let alike = try desk.run(
    """
    cd desk; sed -i 's/impact: .*/impact: 3/' registers/risks/SECP-R1.yaml; git commit -q -a -m Same
    registrar next --collisions
    """)
  #expect(alike.isGood, "\(alike.output)")
}
