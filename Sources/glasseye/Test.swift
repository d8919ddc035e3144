import ArgumentParser
import Conformance
import Foundation

struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Test an ONVIF device against the ONVIF test specifications.",
        discussion: """
            Finds out what the device has, runs the test cases that apply, and puts back what it changed. Cases that \
            disturb a device (reboot, users, network, time) run only when they are allowed by name.

            Exit codes: 0 no case failed, 1 a case failed, 2 the device could not be tested.
            """)

    @Argument(help: "The device service, or just the device's host.")
    var url: String

    @OptionGroup var credentials: Credentials

    @Option(help: "Profiles to test for, such as S,T; all cases without it.")
    var profile: String?

    @Option(help: "Run only the cases whose id matches, such as 'PTZ-*'; repeat for more.")
    var only: [String] = []

    @Option(help: "Leave out the cases whose id matches; repeat for more.")
    var skip: [String] = []

    @Option(
        help: ArgumentHelp(
            "Allow cases that disturb the device: some of \(Disruption.names), separated by commas.",
            valueName: "kinds"))
    var allowDestructive: String?

    @OptionGroup var output: ReportFiles

    @Option(help: "Address of this machine whose network WS-Discovery uses.")
    var interface: String?

    @Option(help: "Port of WS-Discovery.")
    var discoveryPort = DiscoveryClient.standardPort

    @Option(help: "Folder of the ONVIF schemas; found by itself in a checkout.")
    var schemas: String?

    @Flag(help: "List the cases and end.")
    var list = false

    func run() async throws {
        if list { return listCases() }
        let runner: Runner
        do {
            runner = try Runner(
                target: target, options: try options(), schemaFolder: try SchemaLocator.find(option: schemas))
        } catch let error as ValidationError {
            throw error
        } catch {
            throw failure("\(error)")
        }
        let progress = Progress(isQuiet: output.isOnStandardOutput)
        let report = await runner.run(started: Date(), toolVersion: Glasseye.configuration.version) {
            progress.show($0)
        }
        try output.write(FleetReport([report]))
        progress.summarise(report)
        if report.results.contains(where: { $0.verdict.word == "fail" }) { throw ExitCode.negative }
        if report.count("pass") == 0 {
            let reason = report.results.lazy.compactMap { result -> String? in
                if case .inconclusive(let reason) = result.verdict { reason } else { nil }
            }.first
            throw failure("no case could be judged: \(reason ?? "none applies to this device")")
        }
    }

    private var target: Target {
        Target(
            url: url, credentials: credentials.secret.map { DeviceCredentials(user: credentials.user, password: $0) },
            discovery: DiscoveryClient(interface: interface, port: discoveryPort))
    }

    private func options() throws -> RunOptions {
        var options = RunOptions()
        for letter in (profile ?? "").split(separator: ",") {
            guard let profile = Profile(rawValue: letter.uppercased()) else {
                throw ValidationError(
                    "--profile: \"\(letter)\" is no profile; use some of \(Profile.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            options.profiles.insert(profile)
        }
        for word in (allowDestructive ?? "").split(separator: ",") {
            guard let disruption = Disruption(rawValue: String(word)) else {
                throw ValidationError("--allow-destructive: \"\(word)\" is unknown; use some of \(Disruption.names)")
            }
            options.allowed.insert(disruption)
        }
        options.only = only
        options.skip = skip
        return options
    }

    private func listCases() {
        let table = Table(columns: ["id", "title", "disturbs"])
        print(
            table.text(
                TestCase.all.map { [$0.id, $0.title, $0.disrupts.map(\.rawValue).sorted().joined(separator: ",")] }))
    }
}

extension Disruption {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ",") }
}

/// What a run shows on the terminal: a line a case as it ends, then the sum.
private struct Progress: Sendable {
    let isQuiet: Bool
    private let style = Style()

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
    }

    func show(_ event: RunEvent) {
        guard !isQuiet else { return }
        switch event {
        case .discovering: print("Finding out what the device has …")
        case .discovered(let profile):
            let identity = profile.identity
            let supported = profile.features.count { $0.state == .supported }
            print(
                "\(identity.manufacturer) \(identity.model), firmware \(identity.firmwareVersion), \(supported) features\n"
            )
        case .started(let testCase, let number, let total):
            if style.isTerminal { style.transient("\(Self.place(number, total)) \(testCase.id) \(testCase.title)") }
        case .finished(let result, let number, let total):
            style.clear()
            let word = style.coloured(result.verdict.word)
            let line = "\(Self.place(number, total)) \(word) \(Table.padded(result.id, 20)) \(result.title)"
            if case .notApplicable(let missing) = result.verdict {
                print("\(line)  (no \(missing.map(\.rawValue).joined(separator: ", ")))")
            } else {
                print(line)
            }
            switch result.verdict {
            case .fail(let findings):
                for finding in findings.prefix(Self.shownFindings) { print("          \(finding)") }
                if findings.count > Self.shownFindings {
                    print("          … \(findings.count - Self.shownFindings) more")
                }
            case .inconclusive(let reason): print("          \(reason)")
            case .pass, .notApplicable: break
            }
        }
        fflush(nil)
    }

    private static let shownFindings = 5

    private static func place(_ number: Int, _ total: Int) -> String {
        let digits = String(total).count
        return String(repeating: " ", count: digits - String(number).count) + "\(number)/\(total)"
    }

    func summarise(_ report: Report) {
        guard !isQuiet else { return }
        let seconds = (report.seconds * 10).rounded() / 10
        let words = ["pass", "fail", "not applicable", "inconclusive"]
        print("\n" + words.map { "\(report.count($0)) \($0)" }.joined(separator: ", ") + " in \(seconds) s")
    }
}
