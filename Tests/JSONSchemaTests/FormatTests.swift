import JSONSchema
import Testing

private let samples: [(Format, valid: [String], invalid: [String])] = [
  (
    .date, ["2016-12-09", "2020-02-29", "2000-02-29"],
    ["2017-02-29", "1900-02-29", "2016-13-01", "2016-1-1", "2016-12-09 ", "2016-12-0৪", ""]
  ),
  (
    .time, ["18:00:00Z", "08:30:06.283185z", "23:59:60Z", "01:29:60+01:30", "23:59:60+00:00"],
    ["18:00:00", "24:00:00Z", "18:00:61Z", "22:59:60Z", "18:00:00+24:00", "18:00:00.Z", "1:00:00Z"]
  ),
  (
    .dateTime, ["2017-03-26T18:00:00Z", "1990-12-31T15:59:60-08:00", "2017-03-26t18:00:00.5z"],
    ["2017-03-26 18:00:00Z", "2017-03-26T18:00:00", "1998-12-31T23:58:60Z", "2017-02-30T00:00:00Z"]
  ),
  (
    .duration, ["P10D", "PT60H", "P4DT12H30M5S", "P1Y", "P0D", "PT0S", "P1W", "P1M", "PT36H"],
    ["P", "PT", "P1", "P2D1Y", "P1D2H", "P2S", "P1Y2W", "P১Y", "10D", "P1YT", "PT1D", "P1Y1D"]
  ),
  (
    .email, ["joe@example.org", "te~st@example.com", "\"joe b\"@example.org", "j@[127.0.0.1]"],
    [
      "2962", ".test@example.com", "te..st@example.com", "test.@example.com", "j@[127.0.0.300]",
      "joe@invalid=domain.com", "@b", "a@", "j@[IPv6:zz]",
    ]
  ),
  (.idnEmail, ["실례@실례.테스트", "joe@example.org"], ["2962", "@"]),
  (
    .hostname, ["www.example.com", "xn--4gbwdl.xn--wgbh1c", "1host", "a-b"],
    [
      "-bad", "bad-", "a_b", "a..b", ".", "", "a.", String(repeating: "a", count: 64), "é.org",
      "xn--X", "ab--cd", String(repeating: "a.", count: 127) + "a",
    ]
  ),
  (
    .idnHostname,
    [
      "실례.테스트", "l·l", "α͵β", "א׳ב", "א״ב", "・ぁ", "・ァ", "・丈", "ب٠ب", "क\u{94D}\u{200D}ष",
      "क\u{94D}\u{200C}ष", "بي\u{200C}بي", "hostname", "Königsgäßchen".lowercased(),
      "a。b", "ß", "ς",
    ],
    [
      "〮실례", "-> $1.00 --", "xn--X", "Ⓐ", "\u{903}hello", "\u{300}hello", "\u{302E}x", "a·l",
      "·l", "l·", "α͵S", "α͵", "A׳ב", "׳ב", "def・abc", "・", "ب٠۰", "क\u{200D}ष", "\u{200D}ष",
      "ـx", "〱", "XN--aa---o47jg78q",
    ]
  ),
  (
    .ipv4, ["192.168.0.1", "0.0.0.0"],
    ["127.0.0.0.1", "256.1.1.1", "087.10.0.1", "1.2.3", "1২7.0.0.1"]
  ),
  (
    .ipv6,
    [
      "::1", "::", "::42:ff:1", "d6::", "1:d6::42", "1::d6:192.168.0.1", "1:2:3:4:5:6:7:8",
      "::ffff:192.168.0.1",
    ],
    [
      "12345::", "1:1:1:1:1:1:1:1:1", "::abcef::", ":2:3:4:5:6:7:8", "1:2:3:4:5:6:7",
      "fe80::a%eth1",
      "1:2:3:4:5:6:7:8:", "::laptop", "1:2:3:4:1.2.3", "1:2:3:4:5:::8",
      "100:100:100:100:100:100:255.255.255.255.255",
    ]
  ),
  (
    .uri,
    [
      "http://foo.bar/?baz=qux#quux", "urn:oasis:names:tc:x", "mailto:John@example.com",
      "ldap://[2001:db8::7]/c=GB?objectClass?one", "tel:+1-816-555-1212", "http://a:80/",
    ],
    [
      "//foo.bar/", "/abc", "\\\\WINDOWS\\share", "abc", "http:// x", ":// no scheme", "bar,baz:x",
      "http://[2001::1", "http://a:8a", "https://[@example.org/", "http://x/%zz", "http://é",
    ]
  ),
  (.uriReference, ["/abc", "abc", "#frag", "//foo.bar/?q"], ["\\\\WINDOWS", "#a\\b", "a b"]),
  (
    .iri, ["http://ƒøø.ßår/?∂éœ=πîx#πîüx", "http://[2001:db8::1]"],
    ["/abc", "http://2001:db8::1x y", "âππ"]
  ),
  (.iriReference, ["/âππ", "âππ", "#ƒrägmênt"], ["\\\\WINDOWS\\filëßåré", "#ƒräg\\mênt"]),
  (
    .uuid, ["2EB8AA08-aa98-11ea-B4aa-73b441d16380", "00000000-0000-0000-0000-000000000000"],
    [
      "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aa9811eab4aa73b441d16380",
      "2eb8-aa08-aa98-11ea-b4aa73b441d16380",
    ]
  ),
  (
    .uriTemplate, ["http://e.com/{term:1}/{term}", "{?a,b*}", "x{+y}", "é"],
    ["http://e.com/{term:1}/{term", "{}", "a}b", "{a:0}", "{a b}", "x y", "{a:10000}"]
  ),
  (
    .jsonPointer, ["", "/", "/foo/bar~0/baz~1/%a", "/ "],
    ["a", "/foo~", "/~2", "#", "/~~"]
  ),
  (
    .relativeJSONPointer, ["1", "0/foo/bar", "2/0/baz", "0#", "120/x"],
    ["/foo", "-1/foo", "+1", "01/a", "", "0##", "1#/a", "٣"]
  ),
  (.regex, ["([abc])+\\s+$", "^\\p{L}$"], ["^(abc]", "\\a", "a++"]),
]

@Test(arguments: samples.indices)
func `a format accepts what its standard allows and nothing else`(_ index: Int) {
  let (format, valid, invalid) = samples[index]
  func accepts(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { format.accepts($0) }
  }
  for text in valid { #expect(accepts(text), "\(format): \(text)") }
  for text in invalid { #expect(!accepts(text), "\(format): \(text)") }
}

@Test func `every format has samples`() {
  #expect(Set(samples.map(\.0)) == Set(Format.allCases))
}
