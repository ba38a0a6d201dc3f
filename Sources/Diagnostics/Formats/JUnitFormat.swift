import SourceText

/// JUnit's XML: one test case a file, which fails where the file has errors.
struct JUnitFormat {
  let context: ReportContext

  func text(of diagnostics: [Diagnostic], _ places: inout Places) -> String {
    let byPath = Dictionary(grouping: diagnostics, by: \.range.path)
    let paths = Set(context.checked).union(byPath.keys).sorted()
    let failed = byPath.values.count { $0.contains { $0.severity == .error && !$0.isWaived } }
    let counts = "tests=\"\(paths.count)\" failures=\"\(failed)\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
    text += "  <testsuite name=\"\(escaped(context.tool))\" \(counts) errors=\"0\">\n"
    for path in paths {
      let name = escaped(path.string)
      text +=
        "    <testcase classname=\"\(escaped(context.tool))\" name=\"\(name)\" file=\"\(name)\""
      guard let findings = byPath[path] else {
        text += "/>\n"
        continue
      }
      text += ">\n"
      let errors = findings.filter { $0.severity == .error && !$0.isWaived }
      let others = findings.filter { $0.severity != .error || $0.isWaived }
      if let first = errors.first {
        text += "      <failure type=\"\(escaped(first.code.rawValue))\""
        text += " message=\"\(escaped(first.message.text))\">"
        text += escaped(ConciseFormat().text(of: errors, &places)) + "</failure>\n"
      }
      if !others.isEmpty {
        text += "      <system-out>"
        text += escaped(ConciseFormat().text(of: others, &places)) + "</system-out>\n"
      }
      text += "    </testcase>\n"
    }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  /// Escapes markup, and shows what XML 1.0 cannot hold or a reader cannot see.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      case _ where scalar.isHidden: result += escaped(scalar.visible)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
