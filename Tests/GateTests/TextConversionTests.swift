import RegistrarTestSupport
import Testing

@Test func `git diff shows fields with the ids of their records`() throws {
  let desk = try Desk()
  try desk.code()
  let (isGood, output) = try desk.run(
    """
    set -e; cd desk
    printf -- '- {id: SECP1, held: 2027-01-08}\\n- {held: 2027-02-12, id: SECP2}\\n' > registers/meetings.yaml
    sed -i 's/impact: 4/impact: 5/' registers/risks/SECP-R1.yaml
    git diff -U0
    """)
  #expect(isGood, "\(output)")
  #expect(output.contains("+SECP2 held: 2027-02-12\n+SECP2 id: SECP2\n"), "\(output)")
  #expect(output.contains("-SECP-R1 impact: 4\n+SECP-R1 impact: 5\n"), "\(output)")
}

@Test func `git diff shows nothing where text was only wrapped anew`() throws {
  let desk = try Desk()
  try desk.code()
  let (isGood, output) = try desk.run(
    """
    set -e; cd desk
    printf 'status: open\\nid: SECP1/01\\nbody: SECP\\nowner: SECAS\\ntext: >-\\n  SECAS to move the\\n  registers into Git.\\nraised_in: SECP1\\n' > registers/actions/SECP/SECP1-01.yaml
    git diff | grep -E '^[-+][^-+]' && exit 9
    exit 0
    """)
  #expect(isGood, "\(output)")
}

@Test func `what cannot be parsed is shown as it is`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    "cd desk && echo 'id: [R1' > registers/risks/R1.yaml && git diff -U0")
  #expect(isGood && output.contains("+id: [R1"), "\(output)")
}
