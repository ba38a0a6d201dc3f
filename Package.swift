// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// What every layer may use: texts and their positions, findings, and trees of nodes.
let base: [Target.Dependency] = ["SourceText", "Diagnostics", "Syntax"]

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// Declares a layer, which may import what `dependencies` lists and nothing else.
func layer(
  _ name: String, _ dependencies: [Target.Dependency], settings extra: [SwiftSetting] = [],
  exclude: [String] = [], plugins: [Target.PluginUsage] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings + extra,
    plugins: plugins)
}

/// Declares the tests of the layer `name`, which may import the layer and what it imports.
func tests(of name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), "RegistrarTestSupport"] + dependencies,
    exclude: exclude,
    swiftSettings: settings
  )
}

let package = Package(
  name: "registrar",
  products: [
    .executable(name: "registrar", targets: ["registrar"]),
    .executable(name: "registrar-dev", targets: ["registrar-dev"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "Clibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(name: "Clibyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "Cpcre2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "Czlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "Ccmark", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),

    layer("SourceText", []),
    layer("Diagnostics", ["SourceText"]),
    layer("Syntax", ["SourceText", "Diagnostics", "Clibyaml", "Ccmark"]),
    layer("Git", base + ["Clibgit2", "Czlib"], settings: [.strictMemorySafety()]),
    layer("Patterns", ["Cpcre2"]),
    layer("JSONSchema", base + ["Patterns"]),
    layer("CEL", base + ["Patterns"]),
    layer("Registry", base + ["JSONSchema", "Patterns"]),
    layer("Rules", base + ["Comparison", "Registry", "CEL", "JSONSchema", "Patterns"]),
    layer("Comparison", base + ["Registry", "JSONSchema"]),
    layer("Editing", base + ["Comparison", "JSONSchema", "Registry", "Rules"]),
    layer("Probing", base + ["JSONSchema", "Registry", "Rules"]),
    layer("History", base + ["Comparison", "Git", "Registry", "Rules"]),
    layer(
      "Baselines",
      base + [
        "Git", "History", "Registry", "Rules", .product(name: "Crypto", package: "swift-crypto"),
      ]
    ),
    layer("Gate", base + ["Baselines", "Git", "History", "Registry", "Rules"]),
    layer(
      "Accounts",
      base + [
        "Baselines", "CEL", "Comparison", "Editing", "Git", "History", "JSONSchema", "Patterns",
        "Registry", "Rules",
      ]),
    layer("Pages", ["SourceText", "Diagnostics", "Ccmark"]),
    layer(
      "Publishing", base + ["Accounts", "Baselines", "Comparison", "Git", "Pages", "Registry"]),
    .executableTarget(name: "registrar-embed", swiftSettings: settings),
    .plugin(
      name: "EmbedFiles", capability: .buildTool(), dependencies: ["registrar-embed"],
      path: "Sources/EmbedFiles"),
    layer(
      "Templates", base + ["Editing", "Registry", "Rules"], exclude: ["Files"],
      plugins: ["EmbedFiles"]),
    layer(
      "RegistrarCommands",
      base + [
        "Accounts", "Baselines", "CEL", "Comparison", "Editing", "Gate", "Git", "History",
        "JSONSchema",
        "Pages", "Patterns", "Probing", "Publishing",
        "Registry",
        "Rules", "Templates", argumentParser,
      ], plugins: ["EmbedFiles"]),
    .executableTarget(
      name: "registrar", dependencies: ["RegistrarCommands"], swiftSettings: settings),
    .executableTarget(
      name: "registrar-dev",
      dependencies: base + [
        "CEL", "Clibyaml", "Comparison", "Editing", "Registry", "Rules", argumentParser,
      ],
      swiftSettings: settings),
    layer("RegistrarTestSupport", base + ["Git", "RegistrarCommands"]),

    tests(of: "SourceText", []),
    tests(of: "Diagnostics", ["SourceText"], exclude: ["Golden"]),
    tests(of: "Syntax", ["SourceText", "Diagnostics"]),
    tests(of: "Git", ["SourceText"]),
    tests(of: "Patterns", []),
    tests(of: "JSONSchema", base, exclude: ["Cases"]),
    tests(of: "CEL", base),
    tests(of: "Registry", base + ["JSONSchema"]),
    tests(of: "Baselines", base + ["Git", "Registry", "registrar"]),
    tests(of: "History", base + ["Comparison", "Git", "Registry"]),
    tests(of: "Gate", base + ["Git", "registrar"]),
    tests(
      of: "Editing", base + ["Comparison", "JSONSchema", "Registry", "Rules", "registrar-dev"]),
    tests(of: "Probing", base + ["Registry", "Rules"]),
    tests(of: "Comparison", base + ["Editing", "Registry"], exclude: ["Sample"]),
    tests(of: "Pages", ["SourceText"]),
    tests(of: "Publishing", base + ["Comparison"], exclude: ["LibreOffice", "Chromium"]),
    tests(of: "Templates", []),
    tests(of: "Rules", base + ["CEL", "Registry"]),
    tests(
      of: "RegistrarCommands", base + ["Accounts", "Editing", "Git", "registrar"],
      exclude: ["Stories"]),
  ]
)

// A program that feeds the readers with what nobody wrote (libFuzzer); .ci/fuzz builds it.
if Context.environment["REGISTRAR_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "registrar-fuzz",
      dependencies: base + [
        "Baselines", "CEL", "Comparison", "Gate", "Git", "JSONSchema", "Patterns", "Registry",
        "Rules", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]))
}
