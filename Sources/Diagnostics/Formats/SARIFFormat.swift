import SourceText

/// A log of SARIF 2.1.0 (OASIS Standard).
struct SARIFFormat {
  let context: ReportContext

  func text(of diagnostics: [Diagnostic], _ places: inout Places) -> String {
    var codes: [Diagnostic.Code] = []
    var positions: [Diagnostic.Code: Int] = [:]
    for diagnostic in diagnostics where positions[diagnostic.code] == nil {
      positions[diagnostic.code] = codes.count
      codes.append(diagnostic.code)
    }
    let results = diagnostics.map { diagnostic in
      places.commit = diagnostic.commit
      return JSONText.object([
        "ruleId": .string(diagnostic.code.rawValue),
        "ruleIndex": .number(positions[diagnostic.code] ?? 0),
        "level": .string(diagnostic.severity.rawValue),
        "message": text(diagnostic.message.text + (diagnostic.help.map { ". \($0)" } ?? "")),
        "locations": .array([location(diagnostic.range, nil, &places)]),
        "relatedLocations": diagnostic.related.isEmpty
          ? nil : .array(diagnostic.related.map { location($0.range, $0.message.text, &places) }),
        // One that is accepted in the source is suppressed there (SARIF 3.35).
        "suppressions": diagnostic.isWaived
          ? .array([.object(["kind": .string("external")])]) : nil,
        "fixes": fix(of: diagnostic, &places).map { .array([$0]) },
        "properties": diagnostic.commit.map { .object(["commit": .string($0.id)]) },
        "partialFingerprints": .object([
          "codeAndText/v1": .string(fingerprint(of: diagnostic, &places))
        ]),
      ])
    }
    let run = JSONText.object([
      "tool": .object([
        "driver": .object([
          "name": .string(context.tool), "version": .string(context.version),
          "rules": .array(codes.map { rule($0) }),
        ])
      ]),
      "columnKind": .string("unicodeCodePoints"),
      "originalUriBaseIds": .object([
        "SRCROOT": .object(["description": text("The root of the repository.")])
      ]),
      "results": .array(results),
    ])
    let log = JSONText.object([
      "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
      "version": .string("2.1.0"), "runs": .array([run]),
    ])
    return log.text + "\n"
  }

  /// Text that a viewer shows: what it would not show stands in it by its number.
  private func text(_ text: String) -> JSONText { .object(["text": .string(text.visible)]) }

  private func rule(_ code: Diagnostic.Code) -> JSONText {
    let page = context.explanation(code)
    return .object([
      "id": .string(code.rawValue),
      "shortDescription": page.map { text($0.what) },
      "fullDescription": page.map { text($0.what + " " + $0.why) },
      "help": page.map { text($0.mend) },
    ])
  }

  private func location(
    _ range: SourceRange, _ message: String?, _ places: inout Places
  ) -> JSONText {
    .object([
      "physicalLocation": .object([
        "artifactLocation": .object([
          "uri": .string(uri(range.path)), "uriBaseId": .string("SRCROOT"),
        ]),
        "region": region(range, &places),
      ]),
      "message": message.map { text($0) },
    ])
  }

  /// Returns an edit of signs (SARIF 3.55): how a value is written its file decides.
  private func fix(of diagnostic: Diagnostic, _ places: inout Places) -> JSONText? {
    guard let remedy = diagnostic.remedy, case .replace(let range, _, let new) = remedy.action
    else { return nil }
    let place = JSONText.object([
      "uri": .string(uri(range.path)), "uriBaseId": .string("SRCROOT"),
    ])
    return .object([
      "description": text(remedy.words),
      "artifactChanges": .array([
        .object([
          "artifactLocation": place,
          "replacements": .array([
            .object([
              "deletedRegion": region(range, &places),
              "insertedContent": .object(["text": .string(new)]),
            ])
          ]),
        ])
      ]),
    ])
  }

  private func region(_ range: SourceRange, _ places: inout Places) -> JSONText? {
    places.position(of: range).map { start, end in
      .object([
        "startLine": .number(start.line), "startColumn": .number(start.column),
        "endLine": .number(end.line), "endColumn": .number(end.column),
        "byteOffset": .number(range.offsets.lowerBound),
        "byteLength": .number(range.offsets.count),
      ])
    }
  }

  private func uri(_ path: RepoPath) -> String {
    var uri = ""
    for byte in path.string.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "-._~/".unicodeScalars.contains(scalar))
      if isPlain {
        uri.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        uri += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return uri
  }

  /// Names a finding by what it says and of which text, not by its line, so that a finding stays
  /// the same one when lines are added above it (FNV-1a, 64 bits).
  private func fingerprint(of diagnostic: Diagnostic, _ places: inout Places) -> String {
    let source = places.text(of: diagnostic.range.path)?.file.text(of: diagnostic.range.offsets)
    let parts = [
      diagnostic.code.rawValue, diagnostic.range.path.string, diagnostic.message.text, source ?? "",
    ]
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in parts.joined(separator: "\0").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
