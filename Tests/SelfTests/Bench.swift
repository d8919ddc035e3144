import Conformance
import Documents
import Emulator
import Foundation
import ONVIF

/// A fresh camera on free ports for one run of one case.
enum Bench {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let profile = Result { () throws(ProfileError) in
        try CameraProfile(path: root.appending(path: "Profiles/ptz-dome.yaml").path)
    }
    private static let schemas = Result { try Schemas(folder: try SchemaLocator.find(workingDirectory: root.path)) }
    private static let password = "secret"

    /// `mutant`: nil for the sound camera.
    static func verdict(of testCase: TestCase, on mutant: Mutant?) async throws -> Verdict {
        try await verdicts(of: [testCase], on: mutant)[0]
    }

    /// Runs the cases one after the other on the same camera; `mutant`: nil for the sound one.
    static func verdicts(of cases: [TestCase], on mutant: Mutant?) async throws -> [Verdict] {
        let fleet = try await Fleet.start(discoveryAddress: "127.0.0.1", discoveryPort: 0)
        do {
            let camera = try await fleet.add(
                try profile.get(), CameraSettings(password: password, mutant: mutant?.rawValue))
            var options = RunOptions()
            options.allowed = Set(Disruption.allCases)
            var target = Target(
                url: camera.deviceService, credentials: DeviceCredentials(user: "admin", password: password),
                discovery: DiscoveryClient(interface: "127.0.0.1", port: fleet.discoveryPort ?? 0),
                discoveryTimeout: .seconds(4), rebootTimeout: .seconds(12))
            target.discoveryPort = fleet.discoveryPort
            let runner = try Runner(target: target, options: options, schema: try schemas.get())
            let report = await runner.run(cases, started: Date(), toolVersion: "test")
            await fleet.shutDown()
            return report.results.map(\.verdict)
        } catch {
            await fleet.shutDown()
            throw error
        }
    }
}
