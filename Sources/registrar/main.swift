import Glibc
import RegistrarCommands

exit(await Terminal.run(CommandLine.arguments))
