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
let tocsin: Target.Dependency = .product(name: "Tocsin", package: "tocsin")
let monitors: Target.Dependency = .product(name: "TocsinMonitors", package: "tocsin")
let tracing: Target.Dependency = .product(name: "Tracing", package: "swift-distributed-tracing")
let inMemoryTracing: Target.Dependency = .product(
  name: "InMemoryTracing",
  package: "swift-distributed-tracing"
)

let package = Package(
  name: "tocsin-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "tocsin", path: "../"),
    .package(url: "https://github.com/OpenCombine/OpenCombine", from: "0.14.0"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
  ],
  targets: [
    .target(name: "CBench"),
    .target(name: "ReferenceGraph", swiftSettings: settings),
    .target(name: "Harness", dependencies: ["CBench", "ReferenceGraph"], swiftSettings: settings),
    .target(
      name: "References",
      dependencies: ["Harness", "ReferenceGraph", openCombine],
      swiftSettings: settings
    ),
    .target(
      name: "EngineVariants",
      dependencies: [
        "Harness", "ReferenceGraph", openCombine, tocsin, tracing, inMemoryTracing,
      ],
      swiftSettings: settings
    ),
    .target(
      name: "OperatorVariants",
      dependencies: ["CBench", "Harness", "ReferenceGraph", openCombine, tocsin],
      swiftSettings: settings
    ),
    .target(
      name: "MonitorVariants",
      dependencies: ["Harness", "ReferenceGraph", tocsin, monitors],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "Bench",
      dependencies: [
        "CBench", "EngineVariants", "Harness", "MonitorVariants", "OperatorVariants",
        "ReferenceGraph", "References",
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "KitBench",
      dependencies: [tocsin, .product(name: "TocsinTesting", package: "tocsin")],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "MonitorBench",
      dependencies: [
        "CBench", "ReferenceGraph", tocsin,
        .product(name: "TocsinMonitors", package: "tocsin"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "SafetyBench",
      dependencies: [tocsin, .product(name: "TocsinMonitors", package: "tocsin")],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ReferenceTests",
      dependencies: ["Harness", "ReferenceGraph", "References"],
      swiftSettings: settings
    ),
  ]
)
