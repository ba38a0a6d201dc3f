import Glibc

// Writes files as one text of a Swift source: registrar-embed OUTPUT ROOT FOLDER…
//
// Run by the plugin EmbedFiles at each build. The output is written only where it changes, so that
// nothing is built anew for nothing.
func fail(_ reason: String, _ status: Int32) -> Never {
  let bytes = Array((reason + "\n").utf8)
  _ = write(2, bytes, bytes.count)
  exit(status)
}

let arguments = CommandLine.arguments
guard arguments.count > 3 else { fail("usage: registrar-embed OUTPUT ROOT FOLDER...", 64) }
var pack = Pack()
for folder in arguments[3...] {
  for path in Disk.files(below: folder, in: arguments[2]).sorted() {
    guard let bytes = Disk.bytes(of: arguments[2] + "/" + path), pack.add(path, bytes) else {
      fail("\(path): it cannot be read, or is no UTF-8", 2)
    }
  }
}
guard Disk.write(pack.source, to: arguments[1]) else {
  fail("\(arguments[1]): it cannot be written", 2)
}
