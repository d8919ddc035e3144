public import ArgumentParser
public import Bench
import Foundation

struct BenchRTSP: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rtsp",
        abstract: "Measure how many viewers a streaming server holds, and what each costs.",
        discussion: """
            Viewers come one after the other, take the first video and audio track, and are measured once all play. \
            Without a URL it starts cameras in a process of its own, on one core. --pid looks at the CPU time and memory \
            of somebody else's server. Load only servers that you are authorised to load.
            """)

    @Argument(
        help: "The stream, such as rtsp://127.0.0.1:8554/stream. %d stands for the number of a device, from --first on."
    )
    var url: String?

    @Option(help: "Another URL to measure in the same run.")
    var beside: String?

    @Option(help: "Viewers.")
    var viewers = 100

    @Option(help: "Devices that they are spread over; one for each viewer where %d is given or cameras are started.")
    var cameras: Int?

    @Option(help: "The number of the first device.")
    var first = 0

    @Option(help: "Where RTP goes: tcp (interleaved) or udp.")
    var transport = RTSPLoadPlan.Transport.tcp

    @Option(help: "Viewers that come in a second.")
    var rate = 200.0

    @Option(help: "Seconds from when all play to when they are measured.")
    var settle = 1.5

    @Option(help: "Seconds of measuring.")
    var seconds = 6.0

    @Option(help: "How often each server is measured, in turns.")
    var rounds = 1

    @Flag(help: "Take the video only.")
    var videoOnly = false

    @Option(help: "The process of the server.")
    var pid: Int32?

    @Option(help: "The process of the server that is measured beside.")
    var besidePid: Int32?

    @Option(help: "The profile of the cameras that are started without a URL.", completion: .file(extensions: ["yaml"]))
    var profile = "Profiles/ptz-dome.yaml"

    @OptionGroup var credentials: Credentials

    @Flag(help: "Print the result as JSON.")
    var json = false

    private static let bounds = (viewers: 1...100_000, seconds: 0.1...86_400.0, rate: 0.1...10_000.0, rounds: 1...100)

    func validate() throws {
        func check<Value: Comparable>(_ name: String, _ value: Value, _ bounds: ClosedRange<Value>) throws {
            guard bounds.contains(value) else {
                throw ValidationError("--\(name) is \(value); give \(bounds.lowerBound) to \(bounds.upperBound)")
            }
        }
        try check("viewers", viewers, Self.bounds.viewers)
        try check("cameras", cameras ?? 1, Self.bounds.viewers)
        try check("seconds", seconds, Self.bounds.seconds)
        try check("settle", settle, 0...Self.bounds.seconds.upperBound)
        try check("rate", rate, Self.bounds.rate)
        try check("rounds", rounds, Self.bounds.rounds)
        if besidePid != nil, beside == nil { throw ValidationError("--beside-pid needs --beside") }
        if pid != nil, url == nil {
            throw ValidationError("--pid needs a URL; cameras that are started are looked at anyway")
        }
    }

    func run() async throws {
        var server: ServerProcess?
        let password = credentials.secret ?? "bench"
        if url == nil {
            do {
                server = try ServerProcess(
                    executable: URL(filePath: "/proc/self/exe").resolvingSymlinksInPath(), profile: profile,
                    cameras: cameras ?? viewers, password: password)
            } catch {
                throw failure("\(error)")
            }
        }
        defer { server?.end() }
        var candidates: [(name: String, plan: RTSPLoadPlan)] = []
        if let url { candidates.append((url, plan(streams(url), password, pid))) }
        if let server { candidates.append((profile, plan(server.streams, password, server.pid))) }
        if let beside { candidates.append((beside, plan(streams(beside), password, besidePid))) }
        var reports: [Report] = []
        for round in 1...rounds {
            for (name, plan) in candidates {
                let viewers = plan.viewers
                do {
                    let result = try await plan.run { settled in
                        Self.progress("round \(round): \(name): \(settled) of \(viewers) viewers …")
                    }
                    reports.append(Report(name, round, plan, result))
                } catch {
                    Self.progress("")
                    throw failure("\(error)")
                }
            }
        }
        Self.progress("")
        json ? try printJSON(reports) : show(reports)
        if reports.contains(where: { $0.failed > 0 }) { throw ExitCode.negative }
    }

    private func streams(_ url: String) -> [String] {
        guard url.contains("%d") else { return [url] }
        return (0..<(cameras ?? viewers)).map { url.replacing("%d", with: "\(first + $0)") }
    }

    private func plan(_ urls: [String], _ password: String, _ server: Int32?) -> RTSPLoadPlan {
        RTSPLoadPlan(
            urls: urls, viewers: viewers, transport: transport, rate: rate, settling: settle, seconds: seconds,
            user: credentials.user, password: password, takesAudio: !videoOnly, server: server)
    }

    private static func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[2K\(text)".utf8))
    }

    private func show(_ reports: [Report]) {
        print(
            "\(viewers) viewers over \(transport.rawValue.uppercased()), \(rate.formatted()) a second, measured for "
                + "\(seconds.formatted()) s\n")
        let table = Table(columns: [
            "server", "held", "starved", "packets/s", "Mbit/s", "lost", "late p50", "p99", "first key p50", "p99",
            "CPU/viewer", "RSS/viewer", "client",
        ])
        func ms(_ value: Double) -> String { String(format: "%.1f ms", value) }
        print(
            table.text(
                reports.map { report in
                    [
                        report.url + (rounds > 1 ? " #\(report.round)" : ""), "\(report.held)",
                        String(format: "%.1f %%", report.starvedPercent),
                        String(format: "%.0f", report.packetsPerSecond),
                        String(format: "%.1f", report.megabitsPerSecond), "\(report.lost)", ms(report.late.p50),
                        ms(report.late.p99), ms(report.firstKey.p50), ms(report.firstKey.p99),
                        report.serverCPU.map { String(format: "%.3f ms/s", $0) } ?? "",
                        report.serverMemory.map { String(format: "%.1f KiB", $0) } ?? "",
                        String(format: "%.0f %%", report.clientCPU * 100),
                    ]
                }))
        for report in reports {
            for (reason, count) in report.failures.sorted(by: { $0.value > $1.value }).prefix(3) {
                print("\n\(count) viewers of \(report.url) failed: \(reason)")
            }
            if report.clientCPU > Report.busyClient {
                print("\nThe client is busy for \(report.url): it may be what limits.")
            }
        }
    }

    private func printJSON(_ reports: [Report]) throws {
        struct Output: Encodable {
            let transport: String
            let viewers: Int
            let seconds: Double
            let runs: [Report]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let output = Output(transport: transport.rawValue, viewers: viewers, seconds: seconds, runs: reports)
        print(String(decoding: try encoder.encode(output), as: UTF8.self))
    }

    /// The figures of one run.
    private struct Report: Encodable {
        /// Share of a core above which the client may be what limits.
        static let busyClient = 0.9

        struct Percentiles: Encodable {
            /// ms
            let p50, p95, p99, max: Double

            init(_ latencies: Latencies) {
                func milliseconds(_ share: Double) -> Double { Double(latencies.percentile(share)) / 1000 }
                (p50, p95, p99) = (milliseconds(0.5), milliseconds(0.95), milliseconds(0.99))
                max = Double(latencies.maximum) / 1000
            }
        }

        let url: String
        let round: Int
        let held, failed: Int
        let failures: [String: Int]
        let starvedPercent: Double
        let packetsPerSecond, megabitsPerSecond: Double
        let lost: Int
        let setUp, firstPacket, firstKey, late: Percentiles
        /// Cores that the client used.
        let clientCPU: Double
        /// ms for each viewer and second; nil for a server whose process was not named.
        let serverCPU: Double?
        /// KiB for each viewer.
        let serverMemory: Double?
        let serverThreads: Int?

        init(_ url: String, _ round: Int, _ plan: RTSPLoadPlan, _ result: RTSPLoadResult) {
            self.url = url
            self.round = round
            (held, failed, failures) = (result.held, result.failed, result.failures)
            starvedPercent = Double(result.starved) / Double(plan.viewers) * 100
            (packetsPerSecond, megabitsPerSecond) = (result.packetsPerSecond, result.megabits)
            lost = result.lost
            (setUp, firstPacket) = (Percentiles(result.setUp), Percentiles(result.firstPacket))
            (firstKey, late) = (Percentiles(result.firstKey), Percentiles(result.lateness))
            clientCPU = result.clientCPU
            (serverCPU, serverMemory, serverThreads) = (result.serverCPU, result.serverMemory, result.serverThreads)
        }
    }
}

extension RTSPLoadPlan.Transport: ExpressibleByArgument {}
