import Foundation
import RegistrarTestSupport
import Testing

/// A folder with registrar on the path, and git cut off from the machine's settings.
struct Desk {
  let folder: TemporaryFolder
  let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    environment = [
      "PATH": programFolder + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": folder.path,
      "LC_ALL": "C", "GNUPGHOME": folder.path + "/keys", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "A Clerk", "GIT_AUTHOR_EMAIL": "clerk@example.org",
      "GIT_COMMITTER_NAME": "A Clerk", "GIT_COMMITTER_EMAIL": "clerk@example.org",
    ]
  }

  /// Runs lines of a shell and returns whether they succeed, with all that is printed.
  @discardableResult
  func run(_ script: String) throws -> (isGood: Bool, output: String) {
    let result = try runProgram(
      ["sh", "-c", script], in: folder.path, environment: environment)
    return (result.status == 0, result.output + result.errors)
  }

  /// Makes a repository `desk` of a template, with hooks and a first commit.
  func repository(_ template: String = "minimal") throws {
    try begin("registrar init desk --template \(template) && cd desk", decision: "SECP1#1")
  }

  /// Makes a repository `desk` of the code in `Tests/Code`, with hooks and a first commit.
  func code() throws {
    try begin(
      "cp -R '\(projectFolder)/Tests/Code' desk && cd desk && git init -q -b main",
      decision: "SECP1/01")
  }

  private func begin(_ script: String, decision: String) throws {
    let (isGood, output) = try run(
      """
      set -e
      \(script)
      registrar hook install && git add .
      git commit -q -m "First" -m "Decision: \(decision)"
      """)
    #expect(isGood, "\(output)")
  }

  /// Makes `server.git` with the gate, and `clone` of the code in `Tests/Code` with one commit that the
  /// server took.
  func server() throws {
    let (isGood, output) = try run(
      """
      set -e
      git init -q --bare -b main server.git
      (cd server.git && registrar hook install)
      cp -R '\(projectFolder)/Tests/Code' clone && cd clone && git init -q -b main
      git remote add origin ../server.git
      git add . && git commit -q -m "First" -m "Decision: SECP1/01" && git push -q origin main
      """)
    #expect(isGood, "\(output)")
  }

  /// Lines of a shell that let `git daemon` serve the folder at `$url`, and end it with the shell.
  static let daemon = """
    set -e
    touch server.git/git-daemon-export-ok
    port=$(( ( $$ % 20000 ) + 20000 ))
    until git daemon --reuseaddr --listen=127.0.0.1 --port=$port --base-path="$PWD" \\
      --enable=receive-pack --max-connections=0 --pid-file="$PWD/pid" --detach "$PWD" 2>daemon.log
    do port=$((port + 1)); done
    here=$PWD; trap 'kill $(cat $here/pid)' EXIT
    url=git://127.0.0.1:$port/server.git
    n=0; until git ls-remote $url >/dev/null 2>&1; do
      n=$((n+1)); [ $n -lt 100 ] || exit 7; sleep 0.1
    done

    """
}

/// Whether all of some programs are installed; on the build server a missing one fails.
func areInstalled(_ programs: String...) -> Bool {
  let missing = programs.filter { program in
    !["/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/"].contains {
      FileManager.default.isExecutableFile(atPath: $0 + program)
    }
  }
  return missing.isEmpty || Conformance.isRequired
}
