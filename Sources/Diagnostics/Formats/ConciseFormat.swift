import SourceText

/// `registers/parties.csv:7:7: error[record/duplicate-id]: the id 'P-1' is already taken`.
struct ConciseFormat {
  func text(of diagnostics: [Diagnostic], _ places: inout Places) -> String {
    var text = ""
    for diagnostic in diagnostics {
      places.commit = diagnostic.commit
      text += diagnostic.range.path.string.visibleOnOneLine
      if let position = places.position(of: diagnostic.range) {
        text += ":\(position.start.line):\(position.start.column)"
      }
      text += ": \(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: "
      text += diagnostic.message.text.visibleOnOneLine
      if diagnostic.isWaived { text += " (waived)" }
      if let commit = diagnostic.commit { text += " (commit \(commit.label.visibleOnOneLine))" }
      text += "\n"
    }
    return text
  }
}

/// Workflow commands of GitHub Actions.
struct GitHubFormat {
  func text(of diagnostics: [Diagnostic], _ places: inout Places) -> String {
    var text = ""
    for diagnostic in diagnostics {
      places.commit = diagnostic.commit
      let command =
        diagnostic.severity == .note || diagnostic.isWaived
        ? "notice" : diagnostic.severity.rawValue
      var properties = ["file=" + property(diagnostic.range.path.string)]
      if let (start, end) = places.position(of: diagnostic.range) {
        properties += ["line=\(start.line)", "endLine=\(end.line)"]
        // Columns are read only where the range is on one line.
        if start.line == end.line {
          properties += ["col=\(start.column)", "endColumn=\(max(end.column, start.column + 1))"]
        }
      }
      properties.append("title=" + property(diagnostic.code.rawValue))
      var message = diagnostic.message.text + (diagnostic.help.map { "\n" + $0 } ?? "")
      if let commit = diagnostic.commit { message += "\nCommit \(commit.label)" }
      text += "::\(command) \(properties.joined(separator: ","))::\(data(message))\n"
    }
    return text
  }

  private func data(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar in
        switch scalar {
        case "%": "%25"
        case "\r": "%0D"
        case "\n": "%0A"
        default: scalar.isHidden ? scalar.visible : String(scalar)
        }
      }.joined())
  }

  private func property(_ text: String) -> String {
    data(text).map { $0 == ":" ? "%3A" : $0 == "," ? "%2C" : String($0) }.joined()
  }
}
