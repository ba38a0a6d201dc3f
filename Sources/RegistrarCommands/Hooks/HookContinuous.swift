import ArgumentParser
import Diagnostics

struct HookContinuous: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "ci", abstract: "Print a workflow for a forge without server hooks")

  @Option(name: .customLong("for"), help: "The forge.")
  var forge: Forge

  @OptionGroup var destination: Destination

  enum Forge: String, CaseIterable, ExpressibleByArgument {
    case github
    case gitlab
    case forgejo

    /// The file of the workflow.
    var file: String {
      self == .gitlab ? ".gitlab-ci.yml" : ".\(rawValue)/workflows/registers.yml"
    }

    /// Where a repository's variables are set.
    var variables: String {
      switch self {
      case .github: "Settings > Secrets and variables > Actions > Variables"
      case .forgejo: "Settings > Actions > Variables"
      case .gitlab: "Settings > CI/CD > Variables"
      }
    }
  }

  mutating func run(in session: inout Session) throws -> Outcome {
    // One address for all workflows; the package has a single program that needs nothing else.
    session.output += """
      # \(forge.file)
      #
      # Once, by hand: make the package (in registrar's sources: .ci/setup && swift run registrar-dev package),
      # put the .deb where the runner can fetch it (a release of this repository, say), and set its address as
      # the variable REGISTRAR_PACKAGE (\(forge.variables)).

      """
    switch forge {
    case .github, .forgejo:
      session.output += """
        on: [push, pull_request]
        jobs:
          registers:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
                with: {fetch-depth: 0}
              - run: |
                  curl --fail --silent --show-error --location --output registrar.deb "$REGISTRAR_PACKAGE"
                  $(command -v sudo) dpkg --install registrar.deb && rm registrar.deb
                env:
                  REGISTRAR_PACKAGE: ${{ vars.REGISTRAR_PACKAGE }}
              - run: registrar check --format github
              - run: registrar check --range "$BASE..$HEAD" --format github
                env:
                  BASE: ${{ github.event.pull_request.base.sha || github.event.before }}
                  HEAD: ${{ github.event.pull_request.head.sha || github.sha }}

        """
    case .gitlab:
      session.output += """
        registers:
          image: debian:bookworm
          variables: {GIT_DEPTH: 0}
          before_script:
            - apt-get update -q && apt-get install -y -q curl git
            - curl --fail --silent --show-error --location --output registrar.deb "$REGISTRAR_PACKAGE"
            - dpkg --install registrar.deb && rm registrar.deb
          script:
            - registrar check --format junit > registers.xml
            - registrar check --range "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-$CI_COMMIT_BEFORE_SHA}..$CI_COMMIT_SHA"
          artifacts:
            when: always
            reports: {junit: registers.xml}

        """
    }
    return .clean
  }
}
