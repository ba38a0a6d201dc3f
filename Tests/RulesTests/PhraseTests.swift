import Testing

@testable import Rules

private func places(of phrases: [String], in text: String) -> [String] {
  Phrases(phrases).places(in: text).map { "\($0.phrase)@\($0.range.lowerBound)" }
}

@Test func `phrases are found where no letter or digit stands beside them`() {
  #expect(places(of: ["SSC", "SSC Red"], in: "SSC Red, SSCs, the SSC") == ["0@0", "0@19", "1@0"])
  #expect(places(of: ["Tage"], in: "éTage, Tageé, “Tage”") == ["0@19"])
  #expect(places(of: ["é"], in: "é né é1 é") == ["0@0", "0@11"])
  #expect(places(of: ["", "long"], in: "lon") == [])
}
