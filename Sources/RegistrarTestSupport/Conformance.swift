import Foundation

/// The folder with foreign test suites, which are not part of the project.
///
/// `REGISTRAR_CONFORMANCE` names it; otherwise it is looked for beside the checkout.
package enum Conformance {
  package static let folder: String? = {
    if let folder = ProcessInfo.processInfo.environment["REGISTRAR_CONFORMANCE"] { return folder }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let folder = root.deletingLastPathComponent().appendingPathComponent("shared/conformance").path
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }()

  /// The folder with real legal text in many versions, beside that of the suites.
  package static let corpus: String? = {
    guard let folder else { return nil }
    let corpus =
      URL(fileURLWithPath: folder).deletingLastPathComponent().appendingPathComponent("corpus").path
    return FileManager.default.fileExists(atPath: corpus) ? corpus : nil
  }()

  /// The folder with the documents that the registers of this repository were transcribed from, beside that of
  /// the suites.
  package static let sources: String? = {
    guard let folder else { return nil }
    let sources =
      URL(fileURLWithPath: folder).deletingLastPathComponent().appendingPathComponent("sources")
      .path
    return FileManager.default.fileExists(atPath: sources) ? sources : nil
  }()

  /// Returns the neighbouring versions of two agreements in the corpus of legal text; none where it is
  /// absent.
  ///
  /// - Throws: What the file system throws.
  package static func legalPairs() throws -> [(old: String, new: String)] {
    guard let corpus else { return [] }
    var pairs: [(old: String, new: String)] = []
    for agreement in ["terms-of-service", "marketplace-developer-agreement"] {
      let place = corpus + "/legal/" + agreement
      let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
      let texts = try names.map { try String(contentsOfFile: place + "/" + $0, encoding: .utf8) }
      pairs += zip(texts, texts.dropFirst()).map { ($0, $1) }
    }
    return pairs
  }

  /// Whether a missing suite is a failure, as it is on the build server.
  package static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"

  /// Returns the paths of the files of one kind in a folder of the suites.
  package static func files(in name: String, withSuffix suffix: String) -> [String] {
    guard let folder else { return [] }
    let path = folder + "/" + name
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(suffix) }.sorted().map { path + "/" + $0 }
  }
}

/// The top folder of the project.
package let projectFolder: String = {
  var root = URL(fileURLWithPath: #filePath)
  for _ in 0..<3 { root.deleteLastPathComponent() }
  return root.path
}()
