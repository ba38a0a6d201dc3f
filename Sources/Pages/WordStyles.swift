/// The styles of a document for Word: its own names, so that its navigation and its templates know them.
enum WordStyles {
  static var text: String {
    let text = #"w:ascii="Cambria" w:hAnsi="Cambria" w:cs="Cambria""#
    let plain = #"w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri""#
    let headings = (1...9).map { level in
      style(
        "Heading\(level)", "heading \(level)",
        #"<w:keepNext/><w:keepLines/><w:spacing w:before="\#(level < 3 ? 320 : 220)" w:after="100"/>"#
          + #"<w:outlineLvl w:val="\#(level - 1)"/>"#,
        #"<w:rFonts \#(plain)/><w:b/><w:sz w:val="\#(max(21, 34 - 4 * level))"/>"#, next: "Normal")
    }
    let clauses = (0...8).map { depth in
      style(
        "Clause\(depth + 1)", "Clause \(depth + 1)",
        #"<w:tabs><w:tab w:val="left" w:pos="\#(709 * (depth + 1))"/></w:tabs>"#
          + #"<w:ind w:left="\#(709 * (depth + 1))" w:hanging="709"/>"#, "")
    }
    return
      "<w:styles \(WordPage.namespaces)><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts \(text)/>"
      + #"<w:sz w:val="21"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>"#
      + style("Normal", "Normal", #"<w:spacing w:after="120" w:line="276" w:lineRule="auto"/>"#, "")
      + style(
        "Title", "Title", #"<w:keepNext/><w:spacing w:after="160"/>"#,
        #"<w:rFonts \#(plain)/><w:b/><w:sz w:val="38"/>"#, next: "Normal")
      + headings.joined() + clauses.joined()
      + style("ListParagraph", "List Paragraph", #"<w:spacing w:after="60"/>"#, "")
      + style("Quote", "Quote", #"<w:ind w:left="567" w:right="567"/>"#, "")
      + style(
        "Caption", "caption", #"<w:keepNext/><w:spacing w:before="160" w:after="80"/>"#,
        #"<w:rFonts \#(plain)/><w:b/><w:sz w:val="19"/>"#)
      + style(
        "TableText", "Table Text",
        #"<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>"#,
        #"<w:rFonts \#(plain)/><w:sz w:val="18"/>"#)
      + style(
        "Code", "Preformatted", #"<w:spacing w:after="120" w:line="240" w:lineRule="auto"/>"#,
        #"<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="18"/>"#
      )
      + edge("Header", "header") + edge("Footer", "footer")
      + #"<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>"#
      + #"<w:rPr><w:color w:val="0B4F8A"/><w:u w:val="single"/></w:rPr></w:style></w:styles>"#
  }

  private static func style(
    _ id: String, _ name: String, _ paragraph: String, _ run: String, next: String? = nil
  ) -> String {
    let isNormal = id == "Normal"
    return #"<w:style w:type="paragraph" w:styleId="\#(id)"\#(isNormal ? " w:default=\"1\"" : "")>"#
      + #"<w:name w:val="\#(name)"/>"# + (isNormal ? "" : #"<w:basedOn w:val="Normal"/>"#)
      + (next.map { #"<w:next w:val="\#($0)"/>"# } ?? "") + "<w:qFormat/>"
      + "<w:pPr>\(paragraph)</w:pPr><w:rPr>\(run)</w:rPr></w:style>"
  }

  /// The lines at the top and at the foot of a page, with something at the right margin.
  private static func edge(_ id: String, _ name: String) -> String {
    style(
      id, name,
      #"<w:tabs><w:tab w:val="right" w:pos="\#(WordBody.width)"/></w:tabs><w:spacing w:after="0"/>"#,
      #"<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:color w:val="4D4D4D"/><w:sz w:val="16"/>"#
    )
  }
}
