/// A page as a document of Office Open XML (ECMA-376, WordprocessingML), as Word and LibreOffice open it, its
/// changes as tracked ones (`w:ins`, `w:del`).
package enum WordPage {
  /// Returns the file.
  ///
  /// - Parameters:
  ///   - page: The page.
  ///   - author: Whose changes those are that name no other author.
  ///   - time: When they were made, in the form of ISO 8601 with a Z at its end; the same page and time are the
  ///     same bytes.
  /// - Returns: The bytes of the file.
  package static func bytes(of page: Page, author: String, time: String) -> [UInt8] {
    var body = WordBody(author: author, time: time)
    let document = body.document(of: page)
    var archive = ZipArchive()
    archive.add("[Content_Types].xml", xml(contentTypes))
    archive.add("_rels/.rels", xml(packageRelations))
    archive.add("docProps/core.xml", xml(properties(page.title, author, time)))
    archive.add("word/_rels/document.xml.rels", xml(relations(body.links)))
    archive.add("word/document.xml", xml(document))
    archive.add("word/styles.xml", xml(WordStyles.text))
    archive.add("word/numbering.xml", xml(body.numbering))
    let tracks = body.hasChanges ? "<w:trackChanges/>" : ""
    archive.add("word/settings.xml", xml("<w:settings \(namespaces)>\(tracks)</w:settings>"))
    archive.add("word/header1.xml", xml(header(of: page)))
    archive.add("word/footer1.xml", xml(footer(of: page)))
    return archive.bytes
  }

  static let namespaces =
    #"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#
    + #" xmlns:r="\#(office)""#
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"

  private static func xml(_ text: String) -> String {
    #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n" + text
  }

  private static var contentTypes: String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    let parts = [
      ("/word/document.xml", word + ".document.main+xml"),
      ("/word/styles.xml", word + ".styles+xml"),
      ("/word/numbering.xml", word + ".numbering+xml"),
      ("/word/settings.xml", word + ".settings+xml"), ("/word/header1.xml", word + ".header+xml"),
      ("/word/footer1.xml", word + ".footer+xml"),
      ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    let relations = "application/vnd.openxmlformats-package.relationships+xml"
    return
      #"<Types xmlns="\#(package)/content-types"><Default Extension="rels" ContentType="\#(relations)"/>"#
      + #"<Default Extension="xml" ContentType="application/xml"/>"#
      + parts.map { #"<Override PartName="\#($0.0)" ContentType="\#($0.1)"/>"# }.joined()
      + "</Types>"
  }

  private static var packageRelations: String {
    #"<Relationships xmlns="\#(package)/relationships">"#
      + #"<Relationship Id="rId1" Type="\#(office)/officeDocument" Target="word/document.xml"/>"#
      + #"<Relationship Id="rId2" Type="\#(package)/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#
      + "</Relationships>"
  }

  private static func relations(_ links: [String]) -> String {
    let parts = ["styles", "numbering", "settings", "header", "footer"].enumerated().map {
      let file = $1 == "header" || $1 == "footer" ? $1 + "1" : $1
      return #"<Relationship Id="rId\#($0 + 1)" Type="\#(office)/\#($1)" Target="\#(file).xml"/>"#
    }
    let outside = links.enumerated().map {
      #"<Relationship Id="link\#($0)" Type="\#(office)/hyperlink" Target="\#(WordText.escaped($1))" TargetMode="External"/>"#
    }
    return #"<Relationships xmlns="\#(package)/relationships">"# + (parts + outside).joined()
      + "</Relationships>"
  }

  private static func properties(_ title: String, _ author: String, _ time: String) -> String {
    #"<cp:coreProperties xmlns:cp="\#(package)/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#
      + "<dc:title>\(WordText.escaped(title))</dc:title><dc:creator>\(WordText.escaped(author))</dc:creator>"
      + #"<dcterms:modified xsi:type="dcterms:W3CDTF">\#(time)</dcterms:modified></cp:coreProperties>"#
  }

  private static func header(of page: Page) -> String {
    let right = page.header.isEmpty ? "" : "<w:r><w:tab/></w:r>" + run(page.header)
    return
      #"<w:hdr \#(namespaces)><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>\#(run(page.title))\#(right)</w:p></w:hdr>"#
  }

  private static func footer(of page: Page) -> String {
    func field(_ name: String) -> String {
      #"<w:fldSimple w:instr=" \#(name) "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#
    }
    return
      #"<w:ftr \#(namespaces)><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>\#(run(page.footer))"#
      + "<w:r><w:tab/></w:r>" + run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES")
      + "</w:p></w:ftr>"
  }

  private static func run(_ text: String) -> String {
    #"<w:r><w:t xml:space="preserve">\#(WordText.escaped(text))</w:t></w:r>"#
  }
}
