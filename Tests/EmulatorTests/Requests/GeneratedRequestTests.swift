import Definitions
import Foundation
import ONVIF
import Testing

@testable import Emulator

/// Requests made from the official declarations against every device profile: whatever comes, the device answers with a
/// valid response or a proper fault, and a fault changes nothing.
///
/// `GLASSEYE_REQUEST_SECONDS` lets `aStormOfRequests…` run that long instead of its fixed number of requests, with a seed
/// of its own each time (`GLASSEYE_REQUEST_SEED` repeats one).
@Suite(.timeLimit(.minutes(60))) struct GeneratedRequestTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The WSDL files of the services that a camera may offer, with the path to which requests go.
    private static let services: [(file: String, portTypes: Set<String>?, path: String)] = [
        ("ver10/device/wsdl/devicemgmt.wsdl", nil, Service.device.path),
        ("ver10/events/wsdl/event.wsdl", nil, Service.events.path),
        ("schema/common/bw-2.wsdl", ["NotificationProducer", "SubscriptionManager"], Service.events.path),
        ("ver10/media/wsdl/media.wsdl", nil, Service.media.path),
        ("ver20/media/wsdl/media.wsdl", nil, Service.media2.path), ("ver20/ptz/wsdl/ptz.wsdl", nil, Service.ptz.path),
        ("ver20/imaging/wsdl/imaging.wsdl", nil, Service.imaging.path),
        ("ver10/deviceio.wsdl", nil, Service.deviceIO.path),
        ("ver20/analytics/wsdl/analytics.wsdl", nil, Service.analytics.path),
        ("ver10/advancedsecurity/wsdl/advancedsecurity.wsdl", nil, Service.security.path),
        ("ver10/thermal/wsdl/thermal.wsdl", nil, Service.thermal.path),
        ("ver10/receiver.wsdl", nil, Service.receiver.path),
    ]

    /// Sound requests for each operation beside one of every trial, and how many of the operations that the device has must
    /// have been performed at least once.
    private static let soundRequests = 5
    private static let performedShare = 0.6

    private static let definitions = Result { try Definitions() }

    /// The device profiles that ship.
    static let profiles: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Profiles").path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    static func path(of profile: String) -> String { root.appending(path: "Profiles/\(profile)").path }

    @Test(arguments: profiles)
    func everyTrialOfEveryOperationIsAnsweredOrRefused(profile: String) async throws {
        let bench = try await RequestBench(profile: Self.path(of: profile))
        let definitions = try Self.definitions.get()
        var generator = RequestGenerator(definitions, seed: 1)
        try await bench.warmUp(&generator)
        for service in Self.services {
            for operation in definitions.operations(of: service.file, portTypes: service.portTypes) {
                let sound = Array(repeating: RequestGenerator.Trial.sound, count: Self.soundRequests)
                for trial in sound + RequestGenerator.Trial.allCases {
                    try await bench.put(generator.request(for: operation, trial), to: service.path, &generator)
                }
            }
        }
        // Requests that are all refused try nothing but the refusals.
        let share = Double(bench.performed.count) / Double(bench.performed.count + bench.neverPerformed.count)
        #expect(share > Self.performedShare, "never performed: \(bench.neverPerformed)")
        await bench.end()
    }

    /// Each value of each request once at and once beyond its bound, on the device with the most features.
    @Test func everyValueIsTriedAtAndBeyondItsBound() async throws {
        let bench = try await RequestBench(profile: Self.path(of: "ptz-dome.yaml"))
        let definitions = try Self.definitions.get()
        var generator = RequestGenerator(definitions, seed: 2)
        try await bench.warmUp(&generator)
        for service in Self.services {
            for operation in definitions.operations(of: service.file, portTypes: service.portTypes) {
                for trial in [RequestGenerator.Trial.atBound, .beyondBound] {
                    for request in generator.requests(forEachValueOf: operation, trial) {
                        try await bench.put(request, to: service.path, &generator)
                    }
                }
            }
        }
        await bench.end()
    }

    /// Operations in any order, so that requests meet the states that others left.
    @Test func aStormOfRequestsLeavesTheDeviceAnswering() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seconds = environment["GLASSEYE_REQUEST_SECONDS"].flatMap(Double.init)
        let seed =
            environment["GLASSEYE_REQUEST_SEED"].flatMap(UInt64.init)
            ?? (seconds == nil ? 3 : .random(in: 1...9_999_999))
        let definitions = try Self.definitions.get()
        let operations = Self.services.flatMap { service in
            definitions.operations(of: service.file, portTypes: service.portTypes).map { ($0, service.path) }
        }
        var order = SeededGenerator(seed: seed)
        var generator = RequestGenerator(definitions, seed: seed)
        let end = seconds.map { ContinuousClock.now.advanced(by: .seconds($0)) }
        var count = 0
        while end.map({ ContinuousClock.now < $0 }) ?? (count < Self.storm) {
            let profile = try #require(Self.profiles.randomElement(using: &order))
            let bench = try await RequestBench(profile: Self.path(of: profile))
            try await bench.warmUp(&generator)
            for _ in 0..<Self.stormOfOneDevice {
                let (operation, path) = try #require(operations.randomElement(using: &order))
                let trial = try #require(RequestGenerator.Trial.allCases.randomElement(using: &order))
                try await bench.put(generator.request(for: operation, trial), to: path, &generator)
                count += 1
            }
            await bench.end()
        }
        if seconds != nil { print("\(count) requests, seed \(seed)") }
    }

    /// Requests of the bounded storm, and how many of them one device gets.
    private static let storm = 3_000
    private static let stormOfOneDevice = 500
}
