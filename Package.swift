// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .treatAllWarnings(as: .error),
]

let openCombine: Target.Dependency = .product(name: "OpenCombine", package: "OpenCombine")
let tracing: Target.Dependency = .product(name: "Tracing", package: "swift-distributed-tracing")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let customDump: Target.Dependency = .product(name: "CustomDump", package: "swift-custom-dump")
let inMemoryTracing: Target.Dependency = .product(
  name: "InMemoryTracing",
  package: "swift-distributed-tracing"
)
/// Without it a failing `expectNoDifference` only prints a warning on Linux, and the test passes.
let issueReporting: Target.Dependency = .product(
  name: "IssueReportingTestSupport",
  package: "xctest-dynamic-overlay"
)

let package = Package(
  name: "tocsin",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Tocsin", targets: ["Tocsin"]),
    .library(name: "TocsinMonitors", targets: ["TocsinMonitors"]),
    .library(name: "TocsinPaper", targets: ["TocsinPaper"]),
    .library(name: "TocsinTesting", targets: ["TocsinTesting"]),
    .executable(name: "tocsin", targets: ["TocsinCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/OpenCombine/OpenCombine", from: "0.14.0"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
    .package(url: "https://github.com/pointfreeco/swift-custom-dump", from: "1.7.0"),
    .package(url: "https://github.com/pointfreeco/xctest-dynamic-overlay", from: "1.13.0"),
  ],
  targets: [
    .target(name: "CTocsin"),
    .target(
      name: "Tocsin",
      dependencies: ["CTocsin", openCombine, tracing, logging],
      swiftSettings: settings
    ),
    .target(
      name: "TocsinMonitors",
      dependencies: ["Tocsin", openCombine, tracing, logging],
      swiftSettings: settings
    ),
    .target(
      name: "TocsinPaper",
      dependencies: ["Tocsin", "TocsinMonitors"],
      resources: [.copy("Resources/bokeh-stocks.csv"), .copy("Resources/ATTRIBUTION.md")],
      swiftSettings: settings
    ),
    .target(name: "CTocsinTesting"),
    .target(
      name: "TocsinTesting",
      dependencies: [
        "Tocsin", "CTocsinTesting", openCombine, tracing, inMemoryTracing, customDump,
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "TocsinCommand",
      dependencies: [
        "Tocsin", "TocsinMonitors", "TocsinPaper", tracing, logging,
        inMemoryTracing,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "QuietFeed",
      dependencies: ["Tocsin", "TocsinMonitors"],
      path: "Playgrounds/QuietFeed",
      swiftSettings: settings
    ),
    .executableTarget(
      name: "StormDrill",
      dependencies: [
        "Tocsin", "TocsinMonitors", tracing,
        inMemoryTracing,
      ],
      path: "Playgrounds/StormDrill",
      swiftSettings: settings
    ),
    .executableTarget(
      name: "RaceHunt",
      dependencies: ["Tocsin", "TocsinTesting"],
      path: "Playgrounds/RaceHunt",
      swiftSettings: settings
    ),
    .testTarget(
      name: "TocsinMonitorsTests",
      dependencies: [
        "Tocsin", "TocsinMonitors", "TocsinTesting", openCombine, customDump, issueReporting,
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TocsinPaperTests",
      dependencies: ["Tocsin", "TocsinMonitors", "TocsinPaper", customDump, issueReporting],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TocsinCommandTests",
      dependencies: [
        "Tocsin", "TocsinMonitors", "TocsinPaper", "TocsinCommand", customDump, issueReporting,
      ],
      swiftSettings: settings
    ),
    // The tests of README.md and docs/test.md, as a user has them.
    .testTarget(
      name: "GuideTests",
      dependencies: ["Tocsin", "TocsinMonitors", "TocsinTesting"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TocsinTestingTests",
      dependencies: [
        "Tocsin", "TocsinTesting", openCombine, tracing, inMemoryTracing, customDump,
        issueReporting, .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TocsinTests",
      dependencies: [
        "Tocsin", "TocsinTesting", openCombine, tracing, logging, customDump, issueReporting,
        inMemoryTracing,
      ],
      swiftSettings: settings
    ),
  ]
)
