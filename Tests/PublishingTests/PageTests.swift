import Comparison
import Foundation
import Publishing
import RegistrarTestSupport
import SourceText
import Testing

private let hasBrowser =
  Conformance.isRequired || FileManager.default.isExecutableFile(atPath: "/usr/bin/chromedriver")

/// A document in which all happens that a page can show.
private let everything = (
  old: """
  ---
  id: D
  version: '1.0'
  ---

  # D <Modification> & Process

  ### A level is left out

  **D1.1** The Panel shall maintain a register of **Modification Proposals** and publish it.

  D1.2 A Proposer may withdraw a proposal at any time before the decision of the Panel is made.

  D1.3 What stands here goes away.

  | Party | Seats |
  |---|---|
  | Large Suppliers | 2 |
  | Small Suppliers | 2 |

  - one
  - two

  ```
  code | is not a table
  ```

  """,
  new: """
  ---
  id: D
  version: '2.0'
  ---

  # D <Modification> & Process

  ### A level is left out

  D1.1 A Proposer may withdraw a proposal at any time before the decision of the Panel is made.

  **D1.2** The Panel shall maintain a register of **all Modification Proposals** and publish <it>.

  ## A heading that is new

  | Party | Seats |
  |---|---|
  | Large Suppliers | 3 |
  | Small Suppliers | 2 |
  | Others | 1 |

  - one
  - three {#third}

  ```
  code | is not a table at all
  ```

  """
)

@Test(.enabled(if: hasBrowser))
func `a redline page is read in Chromium by keyboard, on paper and on a narrow screen`() throws {
  let pairs = try Conformance.legalPairs()
  #expect(!pairs.isEmpty || !Conformance.isRequired, "the corpus of legal text is absent")
  let folder = try TemporaryFolder()
  // Every sixth pair: the agreements from their first version to their last.
  let chosen = pairs.indices.filter { $0.isMultiple(of: 6) }.map { (pairs[$0].old, pairs[$0].new) }
  let path = try #require(RepoPath("sec/D.md"))
  var count = 0
  for (old, new) in [(everything.old, everything.new)] + chosen {
    let redline = Redline(
      from: SourceFile(path: path, bytes: Array(old.utf8)),
      to: SourceFile(path: path, bytes: Array(new.utf8)))
    guard !redline.changes.isEmpty else { continue }
    let page = RedlinePage(
      title: "1.0 → 2.0", summary: ["registrar"], registers: [],
      parts: [.init(title: "D", redline: redline)])
    try folder.write("\(count).html", try page.text())
    try folder.write("\(count).old.md", old)
    try folder.write("\(count).new.md", new)
    count += 1
  }
  let result = try runProgram(
    [
      "timeout", "200", "/usr/bin/python3",
      projectFolder + "/Tests/PublishingTests/Chromium/page.py", folder.path,
    ],
    in: folder.path,
    environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path])
  #expect(result.status == 0, "\(result.output)\(result.errors)")
  #expect(result.output == "\(count) pages\n", "\(result.output)")
}
