import Glibc

exit(await Developer.run(Array(CommandLine.arguments.dropFirst())))
