import RegistrarCommands

/// Runs registrar in a test repository.
///
/// - Parameters:
///   - repository: Where.
///   - arguments: The words after the program's name.
/// - Returns: The exit status, and what was printed.

package func registrar(
  _ repository: TestRepository, _ arguments: String...
) async -> (Int32, String) {
  var session = Session(
    workingDirectory: repository.path, environment: repository.environment)
  let status = await Registrar.run(arguments, in: &session)
  return (status, session.output.text + session.errors.text)
}
