import RegistrarTestSupport
import Testing

/// A clone whose catalogue lets White go to `public` and Red to `private`, with the hooks, and R9 that is Red on
/// the branch `red`; both have `main`.
private let remotes = """
  set -e; cd desk; git checkout -q -B main
  git init -q --bare ../public.git; git init -q --bare ../private.git
  printf '\\nremotes:\\n  - {url: public, highest: White}\\n  - {url: private, highest: Red}\\n' >> schema/catalogue.yaml
  sed -i 's/"status": {/"classification": {"type": "string"}, "status": {/' schema/risk.schema.json
  git add -A; git commit -q -m Classes
  pages() { git checkout -q --orphan pages; git rm -rqf --cached .; rm -rf schema; }
  new() { sed 's/R1/R9/' $R/R1.yaml; }
  send() { git add -A; git commit -q --no-verify -m x; git push $P HEAD; }
  P=$PWD/../public.git Q=$PWD/../private.git R=registers/risks
  git push -q $P main; git push -q $Q main
  mark() { sed -i 's/"'${2:-impact}'": {/&"x-classification": "'${1:-Red}'", /' schema/risk.schema.json; git commit -q -a -m "A field is ${1:-Red}"; }
  impact() { sed -i "s/impact: .*/impact: $1/" $R/R1.yaml; git commit -q -a -m "Impact $1"; }
  red() { sed 's/R1/R9/' $R/R1.yaml > $R/R9.yaml; echo 'classification: Red' >> $R/R9.yaml; git add -A; git commit -q -m "R9 is Red"; }
  set +e

  """

@Test(arguments: [
  Push("a branch", "git checkout -q -b red; red; git push $P red", "'R9' is Red"),
  Push(
    "a commit in the middle",
    "red; git rm -q $R/R9.yaml; git commit -q --no-verify -m Gone; git push $P main", "'R9' is Red"),
  Push(
    "a tag of a commit", "git checkout -q -b red; red; git tag one; git push $P one", "'R9' is Red"),
  Push(
    "a tag of a tag",
    "git checkout -q -b red; red; git tag -a -m 1 one; git tag -a -m 2 two one; git push $P two",
    "'R9' is Red"),
  Push(
    "a tag of a tree", "git checkout -q -b red; red; git tag tree 'red^{tree}'; git push $P tree",
    "is a folder and no commit"),
  Push(
    "a tag object of a tree",
    "git checkout -q -b red; red; git tag -a -m x tree 'red^{tree}'; git push $P tree",
    "is a folder and no commit"),
  Push(
    "a file",
    "git checkout -q -b red; red; git update-ref refs/tags/file $(git rev-parse red:$R/R9.yaml); git push $P refs/tags/file",
    "is a file and no commit"),
  Push(
    "another reference", "git checkout -q -b red; red; git push $P red:refs/other/x", "'R9' is Red"),
  Push(
    "what is named with spaces",
    "git checkout -q -b red; red; git push $P ':/R9 is Red:refs/heads/x'", "'R9' is Red"),
  Push(
    "another address of the same name",
    "git remote add origin $Q; git checkout -q -b red; red; git push -q origin main red || exit 0; git remote set-url origin $P; git push origin red",
    "'R9' is Red"),
  Push(
    "an address to push to of its own",
    "git remote add origin $Q; git checkout -q -b red; red; git push -q origin main red || exit 0; git remote set-url --push origin $P; git push origin red",
    "'R9' is Red"),
  Push(
    "another address, after what the old one had was fetched",
    "git checkout -q -b red; red; git push -q $Q red || exit 0; git remote add origin $Q; git fetch -q; git remote set-url origin $P; registrar hook install >/dev/null; git push origin red",
    "'R9' is Red"),
  Push(
    "a permission of the branch's own",
    "git checkout -q -b red; sed -i 's/highest: White/highest: Red/' schema/catalogue.yaml; git commit -q -a -m Leave; red; git push $P red",
    "'R9' is Red"),
  Push(
    "a permission that is taken back",
    "git checkout -q -b red; sed -i 's/highest: White/highest: Red/' schema/catalogue.yaml; git commit -q -a -m Leave; red; git checkout -q main -- schema; git commit -q -m Back; git push $P red",
    "'R9' is Red"),
  Push(
    "a register that the branch's catalogue does not have",
    """
    git checkout -q -b red; red; sed -i '/^  risks:/,/^$/d' schema/catalogue.yaml; git commit -q --no-verify -a --amend -m x
    git push $P red
    """, "'R9' is Red"),
  Push(
    "a field of a class",
    "mark; git push -q --no-verify $P main; impact 3; git push $P main", "'impact' of 'R1' is Red"),
  Push(
    "a field, and a later commit without it",
    "mark; impact 3; git rm -q $R/R1.yaml; git commit -q --no-verify -m Gone; git push $P main",
    "'impact' of 'R1' is Red"),
  Push(
    "a field that the branch takes its class from",
    "mark; git push -q --no-verify $P main; git checkout -q -b open; git revert --no-edit HEAD >/dev/null; impact 3; git push $P open",
    "'impact' of 'R1' is Red"),
  Push(
    "a field whose register is in another schema on the branch",
    """
    mark; git push -q --no-verify $P main; git checkout -q -b open; sed 's/"x-classification": "Red", //' schema/risk.schema.json > schema/free.schema.json
    sed -i 's/schema: risk.schema.json/schema: free.schema.json/' schema/catalogue.yaml; git add -A; git commit -q -m Free; impact 3
    git push $P open
    """, "'impact' of 'R1' is Red"),
  Push(
    "what has a slip in it, on a branch without a catalogue",
    "pages; { new; printf 'classification: Red\\nx: [\\n'; } > $R/R9.yaml; send",
    "cannot be read and counts as Red"),
  Push(
    "what names two classes",
    "pages; { new; printf 'classification: White\\nclassification: Red\\n'; } > $R/R9.yaml; send",
    "cannot be read and counts as Red"),
  Push(
    "what has a conflict in it",
    "pages; { new; printf '%s\\n' '<<<<<<< a' 'classification: White' ======= 'classification: Red' '>>>>>>> b'; } > $R/R9.yaml; send",
    "cannot be read and counts as Red"),
  Push(
    "a class that is no name",
    "pages; { new; echo 'classification: [Red]'; } > $R/R9.yaml; send",
    "'R9' has no class and counts as Red"),
  Push(
    "what has no id",
    "pages; { new | grep -v ^id:; echo 'classification: Red'; } > $R/R9.yaml; send",
    "'registers/risks/R9.yaml' is Red"),
  Push(
    "what is of no register", "pages; new > registers/R9.txt; send",
    "'registers/R9.txt' is of no register and counts as Red"),
  Push(
    "a link", "pages; ln -s R1.yaml $R/R9.yaml; send", "cannot be read and counts as Red"),
  Push(
    "what has no class in a register that has none",
    "sed -i '/classification: White/d' schema/catalogue.yaml; git commit -q -a -m 'No default'; new > $R/R9.yaml; send",
    "'R9' has no class and counts as Red"),
  Push(
    "a default branch whose catalogue cannot be read",
    "echo 'x: [' >> schema/catalogue.yaml; git commit -q --no-verify -a -m x; pages; new > $R/R9.yaml; send",
    "cannot be judged: the catalogue of commit"),
  Push(
    "classes in another order",
    "git checkout -q -b red; sed -i 's/classes: .*/classes: [Red, White, Green, Amber]/' schema/catalogue.yaml; git commit -q -a -m Order; red; git push $P red",
    "'R9' is Red"),
])
func `what is above the class of an address does not go there`(_ push: Push) throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(remotes + push.script)
  #expect(!isGood, "\(push.what): \(output)")
  #expect(output.contains(push.refusal ?? ""), "\(push.what): \(output)")
}

@Test(arguments: [
  Push("Red to the address that takes it", "git checkout -q -b red; red; git push $Q red"),
  Push(
    "White",
    "sed -i 's/impact: .*/impact: 3/' $R/R1.yaml; git commit -q -a -m x; git tag -a -m x one; git push $P main one"
  ),
  Push(
    "a field of a class that may go there",
    "mark White; impact 3; git push $P main"),
  Push(
    "a record without the field", "mark Red formerly; impact 3; git push $P main"),
  Push(
    "what names its class, in a register that has none",
    "sed -i '/classification: White/d' schema/catalogue.yaml; { new; echo 'classification: White'; } > $R/R9.yaml; send"
  ),
  Push(
    "a register of the branch's own with its class",
    """
    git checkout -q -b notes; mkdir registers/notes; sed 's/R1/N1/' $R/R1.yaml > registers/notes/N1.yaml
    sed -i "s|^  waivers:|  notes: {title: Notes, path: 'notes/{id}.yaml', shape: record, schema: risk.schema.json, classification: White}\\n\\n  waivers:|" schema/catalogue.yaml
    send
    """),
  Push(
    "a permission that was pushed before",
    "sed -i 's/highest: White/highest: Red/' schema/catalogue.yaml; git commit -q -a -m Leave; git push -q $P main; red; git push $P main"
  ),
  Push(
    "a new branch of an address that has something Red already, and told so",
    "git checkout -q -b topic; red; git push -q --no-verify $P topic:main; git commit -q --allow-empty -m x; git push -q $P topic:main; git push $P topic"
  ),
])
func `what is not above the class of an address goes there`(_ push: Push) throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(remotes + push.script)
  #expect(isGood, "\(push.what): \(output)")
}
