// swift-tools-version: 6.2
import PackageDescription

/// One settings list for all targets; warnings are errors.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// The wrappers of C libraries also write out each unsafe step.
let wrapperSettings = settings + [.strictMemorySafety()]

let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let certificates: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let hashTrees: Target.Dependency = .product(name: "HashTreeCollections", package: "swift-collections")
let heaps: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
    name: "glasseye",
    products: [
        .executable(name: "glasseye", targets: ["glasseye"]),
        .library(name: "Emulator", targets: ["Emulator"]),
        .library(name: "Conformance", targets: ["Conformance"]),
        .library(name: "StreamClient", targets: ["StreamClient"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries of the system.
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CAV", pkgConfig: "libavformat libavcodec libswscale libavutil",
            providers: [.apt(["libavformat-dev", "libavcodec-dev", "libswscale-dev"])]),

        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),

        // Safe wrappers: the only targets that import the C libraries.
        .target(name: "XML", dependencies: ["CXML2"], swiftSettings: wrapperSettings),
        .target(name: "HTTP", dependencies: ["CCurl"], swiftSettings: wrapperSettings),
        .target(name: "Gzip", dependencies: ["CZlib"], swiftSettings: wrapperSettings),
        .target(name: "AV", dependencies: ["CAV", "Pictures"], swiftSettings: wrapperSettings),
        .target(
            name: "MQTT", dependencies: ["CMosquitto", crypto, nio, nioPosix, nioSSL, nioWebSocket],
            swiftSettings: wrapperSettings),

        // What a camera does to its picture: values.
        .target(name: "Pictures", swiftSettings: settings),

        // Files in YAML that tell the line of a mistake.
        .target(name: "Documents", dependencies: ["Yams"], swiftSettings: settings),

        // Drawn worlds and what is true in them.
        .target(name: "Truth", swiftSettings: settings),
        // Sixteen pixels at a time.
        .target(name: "CSpans"),
        .target(
            name: "Worlds", dependencies: ["CSpans", "Documents", "Pictures", "Truth", "Yams"], swiftSettings: settings),

        // Scene descriptions, as values and as ONVIF metadata.
        .target(name: "Metadata", dependencies: ["XML"], swiftSettings: settings),
        // The reference core: pictures in, what they show out. It must never see the truth.
        .target(name: "Vision", dependencies: ["Pictures"], swiftSettings: settings),
        // Makes the core's constants from drawn identities.
        .executableTarget(
            name: "VisionTrainer",
            dependencies: [
                "AV", "Pictures", "Truth", "Vision", "Worlds",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: settings),
        // How good analytics are.
        .target(
            name: "Scoring",
            dependencies: ["Metadata", "Truth", .product(name: "Mustache", package: "swift-mustache")],
            swiftSettings: settings),

        // Protocol values: no socket, clock or file.
        .target(name: "Authentication", dependencies: [crypto], swiftSettings: settings),
        .target(
            name: "Certificates", dependencies: [crypto, cryptoExtras, certificates, asn1], swiftSettings: settings),
        .target(
            name: "ONVIF", dependencies: ["XML", "Authentication", "Certificates", "Metadata", hashTrees, heaps],
            swiftSettings: settings),
        // What an emulated camera tells of its scene: sources, errors, rules.
        .target(
            name: "Analytics", dependencies: ["Metadata", "ONVIF", "Pictures", "Truth", "Vision", "XML"],
            swiftSettings: settings),
        .target(name: "RTSP", swiftSettings: settings),
        .target(name: "RTP", dependencies: ["AV"], swiftSettings: settings),
        .target(name: "SRTP", dependencies: [crypto, cryptoExtras], swiftSettings: settings),

        .target(name: "Multicast", dependencies: [nio], swiftSettings: settings),
        // Many datagrams with one call of the system.
        .target(name: "CDatagrams"),
        .target(name: "Datagrams", dependencies: ["CDatagrams", nio], swiftSettings: wrapperSettings),

        // What opens ports, and what knocks on them.
        .target(
            name: "Emulator",
            dependencies: [
                "XML", "AV", "Analytics", "Authentication", "Certificates", "Datagrams", "Documents", "Gzip", "MQTT",
                "Metadata", "Multicast", "ONVIF", "RTSP", "RTP", "SRTP", "Truth", "Vision", "Worlds", "Yams", crypto,
                nio,
                nioPosix, nioHTTP1, nioSSL, nioWebSocket, grdb, logging, heaps, "Pictures",
            ],
            swiftSettings: settings),
        // Plays what anybody streams over RTSP, and checks it.
        .target(
            name: "StreamClient",
            dependencies: [
                "XML", "AV", "Authentication", "Multicast", "RTSP", "RTP", crypto, nio, nioPosix, nioSSL, nioWebSocket,
            ],
            swiftSettings: settings),
        .target(
            name: "Conformance",
            dependencies: [
                "XML", "AV", "Authentication", "HTTP", "Multicast", "ONVIF", "RTSP", "RTP", "StreamClient", nio,
                nioPosix, nioHTTP1, crypto,
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: settings),

        // The reference core against the emulated cameras of a world.
        .target(
            name: "Validation",
            dependencies: [
                "AV", "Analytics", "Documents", "Emulator", "Metadata", "Pictures", "Scoring", "StreamClient", "Truth",
                "Vision", "Worlds", "XML", "Yams", crypto, logging,
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: settings),

        // The load client.
        .target(
            name: "Bench", dependencies: ["Authentication", "RTSP", crypto, nio, nioPosix], swiftSettings: settings),

        .executableTarget(
            name: "glasseye",
            dependencies: [
                "AV", "Analytics", "Bench", "Documents", "Emulator", "Conformance", "Gzip", "Metadata", "Pictures",
                "Scoring", "StreamClient", "Truth", "Validation", "Vision", "Worlds", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        // JSON Schemas as sources of documents.
        .target(name: "SchemaExamples", path: "Tests/SchemaExamples", swiftSettings: settings),
        // Seeded garbage for parsers.
        .target(name: "Fuzzing", path: "Tests/Fuzzing", swiftSettings: settings),
        // The official WSDL and XSD as operations, and as a generator of requests.
        .target(
            name: "Definitions", dependencies: ["XML", "Fuzzing"], path: "Tests/Definitions", swiftSettings: settings),
        .testTarget(name: "AVTests", dependencies: ["AV", "Pictures"], swiftSettings: settings),
        .testTarget(name: "PicturesTests", dependencies: ["Pictures"], swiftSettings: settings),
        .testTarget(name: "RTPTests", dependencies: ["RTP", "AV", "Fuzzing", "Pictures"], swiftSettings: settings),
        .testTarget(name: "SRTPTests", dependencies: ["SRTP", "Fuzzing", crypto], swiftSettings: settings),
        .testTarget(name: "RTSPTests", dependencies: ["RTSP", "Fuzzing"], swiftSettings: settings),
        .testTarget(
            name: "EmulatorTests",
            dependencies: [
                "Analytics", "Authentication", "CertificateFixtures", "Certificates", "Definitions", "Documents",
                "Emulator",
                "FakeServer", "AV", "Metadata", "Truth",
                "HTTP", "Multicast", "ONVIF", "RTP", "RTSP", "SRTP", "XML", crypto, nio, nioPosix, nioHTTP1, nioSSL,
                nioWebSocket, nioEmbedded, "Pictures", "Worlds",
                "Fuzzing", "SchemaExamples", grdb, logging,
            ],
            resources: [.copy("Fixtures")], swiftSettings: settings),
        // A scripted peer that tests share.
        .target(
            name: "FakeServer", dependencies: [nio, nioPosix], path: "Tests/FakeServer", swiftSettings: settings),
        .testTarget(name: "GzipTests", dependencies: ["Gzip", "Fuzzing"], swiftSettings: settings),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "FakeServer"], swiftSettings: settings),
        .testTarget(name: "XMLTests", dependencies: ["XML", "Fuzzing"], swiftSettings: settings),
        .testTarget(name: "AuthenticationTests", dependencies: ["Authentication", crypto], swiftSettings: settings),
        .testTarget(
            name: "ONVIFTests",
            dependencies: [
                "Authentication", "CertificateFixtures", "Certificates", "Definitions", "Metadata", "ONVIF", "XML",
            ],
            swiftSettings: settings),
        // Bytes that OpenSSL made.
        .target(name: "CertificateFixtures", path: "Tests/CertificateFixtures", swiftSettings: settings),
        .testTarget(
            name: "CertificatesTests", dependencies: ["Certificates", "CertificateFixtures"],
            swiftSettings: settings),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "Conformance", "FakeServer", "HTTP", "XML", "ONVIF", "AV", "RTP", "RTSP", "StreamClient", nio, nioPosix,
            ],
            resources: [.copy("Fixtures")], swiftSettings: settings),
        .testTarget(
            name: "StreamClientTests",
            dependencies: [
                "StreamClient", "FakeServer", "Fuzzing", "AV", "RTP", "RTSP", crypto, nio, nioPosix, nioSSL,
                nioWebSocket,
            ],
            swiftSettings: settings),
        .testTarget(name: "TruthTests", dependencies: ["Truth", "XML"], swiftSettings: settings),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents"], swiftSettings: settings),
        .testTarget(
            name: "WorldsTests", dependencies: ["Documents", "SchemaExamples", "Worlds", "Truth", "Pictures"],
            swiftSettings: settings),
        .testTarget(
            name: "MetadataTests", dependencies: ["Metadata", "Definitions", "Fuzzing", "XML"], swiftSettings: settings),
        .testTarget(
            name: "VisionTests", dependencies: ["Vision", "VisionTrainer", "Pictures", "Truth", "Worlds", "AV"],
            swiftSettings: settings),
        .testTarget(
            name: "ScoringTests", dependencies: ["Metadata", "Scoring", "Truth", "Fuzzing"],
            resources: [.copy("Fixtures")], swiftSettings: settings),
        .testTarget(
            name: "AnalyticsTests", dependencies: ["Analytics", "Gzip", "Metadata", "ONVIF", "Truth", "Vision", "XML"],
            swiftSettings: settings),
        .testTarget(name: "MQTTTests", dependencies: ["MQTT", "FakeServer", nio, nioPosix], swiftSettings: settings),
        .testTarget(
            name: "ValidationTests",
            dependencies: ["Validation", "Metadata", "Scoring", "Truth", "Vision", "Worlds", "Documents"],
            swiftSettings: settings),
        .testTarget(name: "ArchitectureTests", swiftSettings: settings),
        .testTarget(name: "DatagramsTests", dependencies: ["Datagrams", nio, nioPosix], swiftSettings: settings),
        .testTarget(
            name: "BenchTests", dependencies: ["Bench", "Authentication", "FakeServer", nio], swiftSettings: settings),
        // The harness against the emulator, and the emulator against the harness.
        .testTarget(
            name: "SelfTests", dependencies: ["Conformance", "Documents", "Emulator", "ONVIF"], swiftSettings: settings),
    ]
)
