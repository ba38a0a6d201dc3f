import SourceText
import Testing

@Test func `hidden signs are shown by their number, and lines stay lines`() {
  #expect("a\u{1B}]0;x\u{7}\tb\nc".visible == "a<U+001B>]0;x<U+0007>\tb\nc")
  #expect("x\u{202E}y\u{2066}z\u{200B}\u{FEFF}".visible == "x<U+202E>y<U+2066>z<U+200B><U+FEFF>")
  #expect(
    "\u{9B}31m \u{E000} \u{FFFF} \u{10FFFE}".visible == "<U+009B>31m <U+E000> <U+FFFF> <U+10FFFE>")
  let plain = "Ünïcode – “quotes” 日本語 العربية 👍\u{FE0F} e\u{301}"
  #expect(plain.visible == plain)
}

@Test func `a return is kept only where a line ends with it`() {
  #expect("one\r\ntwo\rthree\r\r\n\r".visible == "one\r\ntwo<U+000D>three<U+000D>\r\n<U+000D>")
}

@Test func `on one line no line begins`() {
  #expect("a\nb\r\n\u{2028}c\td".visibleOnOneLine == "a<U+000A>b<U+000D><U+000A><U+2028>c<U+0009>d")
}

@Test func `every hidden sign is found, whatever its bytes begin with`() throws {
  for value in (0 as UInt32)...0x10FFFF {
    guard let scalar = Unicode.Scalar(value) else { continue }
    let text = String(scalar)
    let isShown = !text.visibleOnOneLine.unicodeScalars.elementsEqual(text.unicodeScalars)
    guard scalar.isHidden != isShown else { continue }
    Issue.record("\(scalar.visible)")
  }
}

@Test func `what is visible stays as it is when it is made visible again`() {
  let once = "\u{1B}[2J \u{202E} \r".visible
  #expect(once.visible == once && !once.unicodeScalars.contains { $0.isHidden })
}
