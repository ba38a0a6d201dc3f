import Testing

/// Lines of a shell that run what `init` prints below "Next:".
private let steps = "sed -n '/^Next:/,$p' ../out | tail -n +2 > ../steps.sh && sh -e ../steps.sh"

@Test(arguments: ["minimal", "sec"])
func `the steps that init prints work as printed, the first commit included`(
  _ template: String
) throws {
  let desk = try Desk()
  let (isGood, output) = try desk.run(
    """
    set -e
    registrar init 'a code' --template \(template) > out
    sed -n '/^Next:/,$p' out | tail -n +2 > steps.sh && sh -e steps.sh
    cd 'a code' && git log --format=%s && git status --porcelain
    """)
  #expect(isGood && output.hasSuffix("First version\n"), "\(output)")
}

@Test(arguments: ["minimal", "sec"])
func `the commands of a new repository's README work in it`(_ template: String) throws {
  let desk = try Desk()
  try desk.repository(template)
  let (isGood, output) = try desk.run(
    "cd desk && grep '^    ' README.md > ../steps.sh && [ -s ../steps.sh ] && sh -e ../steps.sh")
  #expect(isGood, "\(output)")
}

@Test
func `a repository with a README and history of its own keeps them, and its next commit passes`()
  throws
{
  let desk = try Desk()
  let (isGood, output) = try desk.run(
    """
    set -e
    mkdir code && cd code && git init -q -b main
    echo 'Ours' > README.md && git add . && git commit -q -m Old
    registrar init > ../out && grep -q 'README.md: is there already, and was left as it is' ../out
    \(steps)
    grep -q Ours README.md && git log --format=%s
    """)
  #expect(isGood && output.hasSuffix("First version\nOld\n"), "\(output)")
}

@Test(arguments: [
  ("mkdir desk/sub && cd desk/sub && registrar init", "registers stand at the top of one"),
  ("cd desk && registrar init", "is a configuration repository already"),
  ("cd desk && registrar init --template example", "is not empty"),
  (
    "mkdir -p x/.registrar-abcdef && registrar init x --template example",
    "rm -r x/.registrar-abcdef"
  ),
  ("registrar init x --sign", "'--sign' is for baselines"),
  (
    "git init -q --bare s.git && cd s.git && registrar init",
    "a bare repository, which has no files"
  ),
])
func `where registers cannot stand, init writes nothing and says why`(
  _ script: String, _ reason: String
) throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(script)
  #expect(!isGood && output.contains(reason), "\(output)")
  #expect(try desk.run("cd desk && git status --porcelain").output.isEmpty)
}

@Test
func `a temporary folder that is not there is no obstacle`() throws {
  let desk = try Desk()
  let (isGood, output) = try desk.run(
    "TMPDIR=/nowhere registrar init x && git -C x log 2>&1 | grep -c 'does not have any commits'")
  #expect(isGood && output.hasSuffix("\n1\n"), "\(output)")
}
