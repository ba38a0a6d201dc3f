import ArgumentParser
import Foundation

struct Packaging: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "package", abstract: "Build the static program and a Debian package of it",
    discussion: """
      Run it at the top of the project. The package holds the program, man pages and completions \
      made from its commands, and the licences of what is linked in. The same commit gives the same \
      package on the same system.
      """)

  @Option(help: "Where the package goes.")
  var output = ".build-package"

  /// The Debian packages whose libraries are linked in, by what their licences stand under.
  private static let linked = [
    "libgit2-dev", "libpcre2-dev", "zlib1g-dev", "libyaml-dev", "libcmark-gfm-dev",
    "libstdc++-12-dev",
  ]

  mutating func run() throws {
    let manager = FileManager.default
    let top = manager.currentDirectoryPath
    guard manager.fileExists(atPath: top + "/.ci/static") else {
      throw ValidationError("run it at the top of the project: there is no .ci/static here")
    }
    let folder = output.hasPrefix("/") ? output : top + "/" + output
    let root = folder + "/root"
    try? manager.removeItem(atPath: root)
    try shell(".ci/static", in: top)
    let program = top + "/.build-static/release/registrar"
    // Times inside of the package are that of the commit, whoever builds it and whenever.
    let epoch = try shell("git log -1 --format=%ct", in: top)
    setenv("SOURCE_DATE_EPOCH", epoch, 1)
    for name in ["usr/bin", "usr/share/man/man1", "usr/share/doc/registrar/licences", "DEBIAN"] {
      try manager.createDirectory(atPath: root + "/" + name, withIntermediateDirectories: true)
    }
    try manager.copyItem(atPath: program, toPath: root + "/usr/bin/registrar")
    try writeManual(program, top, root)
    try writeCompletions(program, root)
    try copyLicences(top, root)
    let file = try build(program, folder, root)
    print(file)
  }

  private func writeManual(_ program: String, _ top: String, _ root: String) throws {
    try shell("swift build --product generate-manual", in: top)
    let pages = root + "/usr/share/man/man1"
    let scratch = root + "/pages"
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    let day = try shell("date --utc --date=@$SOURCE_DATE_EPOCH +%F", in: top)
    try shell(
      ".build/debug/generate-manual --multi-page --date \(day) --output-directory '\(scratch)' '\(program)'",
      in: top)
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch).sorted() {
      // Pages are named as git names its own: registrar-check(1).
      let text = try String(contentsOfFile: scratch + "/" + name, encoding: .utf8)
      let dashed = text.replacing(/\.Xr (registrar[^ ]*) 1/) { match in
        ".Xr " + match.1.replacing(".", with: "-") + " 1"
      }
      let stem = name.dropLast(2).replacing(".", with: "-")
      guard
        !["help", "-pre-commit", "-pre-merge-commit", "-commit-msg", "-pre-push", "-pre-receive"]
          .contains(where: { stem.hasSuffix($0) })
      else { continue }
      // What a command's statuses mean, and examples of it, the program knows.
      let words = name.dropLast(2).split(separator: ".").dropFirst().joined(separator: " ")
      let more = try shell("'\(program)' help \(words) --man", in: top)
      let own = dashed.components(separatedBy: ".Sh \"EXIT STATUS\"\n")
      let rest = own.dropFirst().joined().drop { $0 != "\n" }
      try (own[0] + more + rest).write(
        toFile: pages + "/\(stem).1", atomically: false, encoding: .utf8)
    }
    try FileManager.default.removeItem(atPath: scratch)
    for (section, topics) in [
      5: "catalogue server",
      7: "tutorial commands keywords rules expressions baselines hooks trust probe",
    ] {
      let folder = root + "/usr/share/man/man\(section)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for topic in topics.split(separator: " ") {
        try shell(
          "'\(program)' help \(topic) --man \(day) > '\(folder)/registrar-\(topic).\(section)'",
          in: root)
      }
      try shell("gzip -9n '\(folder)'/*", in: top)
    }
    try shell("gzip -9n '\(pages)'/*.1", in: top)
  }

  private func writeCompletions(_ program: String, _ root: String) throws {
    let places = [
      ("bash", "bash-completion/completions", "registrar"),
      ("zsh", "zsh/vendor-completions", "_registrar"),
      ("fish", "fish/vendor_completions.d", "registrar.fish"),
    ]
    for (shell, place, name) in places {
      let folder = root + "/usr/share/" + place
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try self.shell(
        "'\(program)' --generate-completion-script \(shell) > '\(folder)/\(name)'", in: root)
    }
  }

  /// Copies the licences of what is linked in: of Debian's packages, and of Swift's.
  private func copyLicences(_ top: String, _ root: String) throws {
    let manager = FileManager.default
    let folder = root + "/usr/share/doc/registrar"
    var names: [String] = []
    for package in Self.linked {
      try manager.copyItem(
        atPath: "/usr/share/doc/\(package)/copyright", toPath: folder + "/licences/\(package)")
      names.append(package)
    }
    let checkouts = top + "/.build-static/checkouts"
    for package in try manager.contentsOfDirectory(atPath: checkouts).sorted() {
      for name in ["LICENSE.txt", "NOTICE.txt"] {
        let file = "\(checkouts)/\(package)/\(name)"
        guard manager.fileExists(atPath: file) else { continue }
        try manager.copyItem(atPath: file, toPath: "\(folder)/licences/\(package)-\(name)")
        names.append("\(package)-\(name)")
      }
    }
    let text = """
      Of what is linked into /usr/bin/registrar the licences stand in
      /usr/share/doc/registrar/licences:

      \(names.map { "  " + $0 }.joined(separator: "\n"))

      libgit2 is under the GNU General Public License, version 2, with an exception that lets it be
      linked into any program. The Swift standard library is under the Apache License, version 2.0
      (/usr/share/common-licenses/Apache-2.0), with an exception for what the compiler puts into
      programs.

      """
    try text.write(toFile: folder + "/copyright", atomically: false, encoding: .utf8)
  }

  private func build(_ program: String, _ folder: String, _ root: String) throws -> String {
    let version = try shell("'\(program)' --version | cut -d ' ' -f 2", in: folder)
    let architecture = try shell("dpkg --print-architecture", in: folder)
    // dpkg-shlibdeps wants a source package around the program.
    try FileManager.default.createDirectory(
      atPath: folder + "/debian", withIntermediateDirectories: true)
    try "Source: registrar\n\nPackage: registrar\nArchitecture: any\n".write(
      toFile: folder + "/debian/control", atomically: false, encoding: .utf8)
    let needs = try shell(
      "dpkg-shlibdeps -O root/usr/bin/registrar 2>/dev/null | sed -n 's/^shlibs:Depends=//p'",
      in: folder)
    guard !needs.isEmpty else {
      throw ValidationError("dpkg-shlibdeps does not say what the program needs")
    }
    let versions = try Self.linked.map { package in
      let words = try shell(
        "dpkg-query -W -f '${source:Package} (= ${source:Version})' \(package)", in: folder)
      return words
    }
    let size = try shell("du -sk --exclude=DEBIAN root | cut -f 1", in: folder)
    let control = """
      Package: registrar
      Version: \(version)
      Architecture: \(architecture)
      Maintainer: The registrar project <registrar@localhost>
      Installed-Size: \(size)
      Depends: \(needs)
      Recommends: git, gpg | openssh-client
      Static-Built-Using: \(versions.joined(separator: ", "))
      Section: vcs
      Priority: optional
      Description: registers and documents of a governed code as plain text in Git
       Checks registers and documents against schemas and rules at every commit and push, compares
       any two versions as their readers read them, and tags baselines that prove what was in force.

      """
    try control.write(toFile: root + "/DEBIAN/control", atomically: false, encoding: .utf8)
    let file = "\(folder)/registrar_\(version)_\(architecture).deb"
    try shell(
      "find root -newermt @$SOURCE_DATE_EPOCH -exec touch --no-dereference --date=@$SOURCE_DATE_EPOCH {} + "
        + "&& chmod -R u=rwX,go=rX root && chmod 755 root/usr/bin/registrar "
        + "&& dpkg-deb --root-owner-group -Zxz --build root '\(file)' >/dev/null", in: folder)
    return file
  }

  /// Runs a line of the shell and returns what it prints, without the last end of a line.
  @discardableResult
  private func shell(_ line: String, in folder: String) throws -> String {
    guard let result = Measure.run(["sh", "-c", "exec 2>&1; " + line], in: folder) else {
      throw ValidationError("the shell cannot be started")
    }
    guard result.status == 0 else {
      throw ValidationError("'\(line)' failed:\n\(result.output.suffix(4_000))")
    }
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
