import Diagnostics
import Git
package import Registry
package import SourceText
import Syntax

/// A baseline as an archive that verifies itself, without Git and without registrar.
package struct Export {
  /// What the archive tells of the baseline beside its bytes.
  package struct Story {
    /// The title of the code.
    package var title = ""
    package var withdrawal: Withdrawal?
    /// Whose signatures were good here, and what was not.
    package var verification: Verification?

    package init() {}
  }

  private let baseline: Baseline
  private let manifest: Manifest
  private let snapshot: Snapshot
  private let story: Story
  private let added: [String]

  /// Describes an archive.
  ///
  /// - Parameters:
  ///   - baseline: The baseline.
  ///   - manifest: Its manifest.
  ///   - snapshot: The records of its commit.
  ///   - added: The signatures that others added.
  ///   - story: What is told of it.
  package init(
    of baseline: Baseline, _ manifest: Manifest, _ snapshot: Snapshot, signatures added: [String],
    _ story: Story
  ) {
    self.baseline = baseline
    self.manifest = manifest
    self.snapshot = snapshot
    self.story = story
    self.added = added
  }

  /// Returns the bytes of the archive, which depend on nothing but its content.
  ///
  /// - Parameters:
  ///   - tree: The files of the baseline.
  ///   - allowedSigners: A file of allowed signers to put beside them.
  /// - Returns: A `.tar.gz`.
  /// - Throws: `SourceTreeError` where a file cannot be read.
  package func bytes(
    of tree: any SourceTree, allowedSigners: [UInt8]?
  ) throws(SourceTreeError) -> [UInt8] {
    let folder = baseline.name.replacing("/", with: "-") + "/"
    var archive = Archive(time: Int(baseline.tag.time ?? 0))
    archive.add(folder + "README.txt", Array(readme.utf8))
    let sums = manifest.files.map { "\($0.digest)  files/\($0.path)\n" }.joined()
    archive.add(folder + "SHA256SUMS", Array(sums.utf8))
    if let allowedSigners { archive.add(folder + "allowed_signers", allowedSigners) }
    for file in manifest.files {
      archive.add(folder + "files/" + file.path.string, try tree.bytes(of: file.path, limit: .max))
    }
    archive.add(folder + "manifest.json", manifest.bytes)
    for (number, text) in added.enumerated() {
      archive.add(folder + "signatures/tag.\(number + 1).sig", Array(text.utf8))
    }
    archive.add(folder + "tag", baseline.tag.bytes)
    archive.add(folder + "verify.py", Array(Self.pythonVerifier.utf8), isProgram: true)
    archive.add(folder + "verify.sh", Array(Self.shellVerifier.utf8), isProgram: true)
    if let withdrawal = story.withdrawal {
      archive.add(folder + "withdrawal", withdrawal.tag.bytes)
    }
    return archive.bytes
  }

  private var readme: String {
    var text = "\(story.title.isEmpty ? "" : "\(story.title): ")the baseline \(baseline.name)\n\n"
    if let withdrawal = story.withdrawal {
      text +=
        "WITHDRAWN by the decision \(withdrawal.decision): it was wrong, and is kept as a record.\n\n"
    }
    let facts: [(String, String?)] = [
      ("In force from", baseline.effective), ("Published", baseline["Published"]),
      ("Decision", baseline.decisions.isEmpty ? nil : baseline.decisions.joined(separator: ", ")),
      ("Cause", baseline["Cause"]),
      ("Tagged by", baseline.tag.tagger.split(separator: ">").first.map { $0 + ">" }),
      ("Tag", baseline.tag.id.description), ("Commit", baseline.tag.target.description),
      ("Signed", signatures),
    ]
    for case (let name, let value?) in facts {
      text += name + ":" + String(repeating: " ", count: max(1, 15 - name.count)) + value + "\n"
    }
    if !baseline.text.isEmpty { text += "\n\(baseline.text)\n" }
    text += contents
    text += """

      Verify it with one of these, in this folder:

        python3 verify.py [SIGNER]      Windows: py verify.py; Python 3.6 or later, nothing else
        sh verify.sh [SIGNER]

      SIGNER is whose signature has to be there: a name of the file allowed_signers, or the fingerprint of an
      OpenPGP key. Whose keys to trust is yours to know: put a file allowed_signers of your own beside the
      program. They end with 0: good, or unsigned where nobody asks for a signature; 1: BAD; 2: cannot be judged (a
      key or a program is missing); 3: unsigned, with SIGNER or a file allowed_signers.

      What is proved: that the files are those that the tag records, and who signed the tag. What is not: an
      archive WITHOUT A SIGNATURE proves only that its files fit each other, for everything in it can be made
      anew. Then compare the tag's own id with that of a repository that you trust,
      'git rev-parse refs/tags/\(baseline.name)', and give it in the place of SIGNER. What happened after the
      export, such as a withdrawal, is not in it.

      files/            every file that the baseline holds
      manifest.json     the list of them with digests, an in-toto Statement in canonical JSON
      tag               the tag object of Git, which records the digest of manifest.json
      signatures/       what others signed, over all of the tag, and counts while their keys do; the tagger's own ends
                        the tag
      withdrawal        the tag object that withdraws the baseline, where there is one
      SHA256SUMS        the digests once more, for sha256sum

      """
    return text
  }

  private var signatures: String {
    guard let verification = story.verification else { return "not looked at" }
    if !verification.isSigned { return "NOT SIGNED" }
    let names = verification.signers.map(\.name).joined(separator: ", ")
    return names.isEmpty
      ? "yes; whose signature it is could not be judged at the export" : "by \(names)"
  }

  /// Which documents it holds, and how many items of each other register.
  private var contents: String {
    var documents = ""
    var others = ""
    for register in snapshot.catalogue.registers {
      let items = manifest.items.filter { $0.register == register.name }
      guard !items.isEmpty else { continue }
      guard register.shape == .document else {
        others += "  \(register.title): \(Count(items.count, "item"))\n"
        continue
      }
      for item in items {
        let record = snapshot.file(at: item.path)?.records.first { $0.id == item.id }
        let title = record?.node["title"]?.text.map { " \($0)" } ?? ""
        let version = item.version.map { ", version \($0)" } ?? ""
        documents += "  \(item.id)\(title)\(version): files/\(item.path)\n"
      }
    }
    return (documents.isEmpty ? "" : "\nDocuments\n\(documents)")
      + (others.isEmpty ? "" : "\nOther items\n\(others)")
  }
}
