public import ArgumentParser
public import Bench
import Foundation

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure how much a server can take.",
        subcommands: [BenchSOAP.self, BenchRTSP.self, BenchViews.self])
}

struct BenchSOAP: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soap",
        abstract: "Measure how many requests a second a web service answers.",
        discussion: """
            Without a URL it starts a camera in a process of its own, on one core. Each connection asks, waits for the \
            answer and asks again. Load only servers that you are authorised to load.
            """)

    @Argument(help: "The service, such as http://127.0.0.1:8080/onvif/device_service.")
    var url: String?

    @Option(help: "Another URL to measure in turns, such as a web server with a fixed answer.")
    var beside: String?

    @Option(help: "The operation: \(BenchOperation.allCases.map(\.rawValue).joined(separator: ", ")).")
    var operation = BenchOperation.getSystemDateAndTime

    @Option(
        help: "How requests say who asks: none, token (WS-UsernameToken, made afresh for each), digest (HTTP Digest).")
    var auth = BenchAuthentication.none

    @OptionGroup var credentials: Credentials

    @Option(help: "Connections that ask at the same time.")
    var connections = 32

    @Option(help: "Seconds for each URL.")
    var seconds = 6.0

    @Option(help: "The profile of the camera that is started without a URL.", completion: .file(extensions: ["yaml"]))
    var profile = "Profiles/fixed-box.yaml"

    @Flag(help: "Print the result as JSON.")
    var json = false

    /// Turns that two servers take, so that both meet the same moods of the machine.
    private static let rounds = 3
    private static let limits = (connections: 1...10_000, seconds: 0.1...3600.0)

    func validate() throws {
        guard Self.limits.connections.contains(connections) else {
            throw ValidationError(
                "--connections is \(connections); give \(Self.limits.connections.lowerBound) to \(Self.limits.connections.upperBound)"
            )
        }
        guard Self.limits.seconds.contains(seconds) else {
            throw ValidationError(
                "--seconds is \(seconds); give \(Self.limits.seconds.lowerBound) to \(Self.limits.seconds.upperBound)")
        }
    }

    func run() async throws {
        var server: ServerProcess?
        let password = credentials.secret ?? ""
        if url == nil {
            do {
                server = try ServerProcess(
                    executable: URL(filePath: "/proc/self/exe").resolvingSymlinksInPath(), profile: profile,
                    password: password.isEmpty ? "bench" : password)
            } catch {
                throw failure("\(error)")
            }
        }
        defer { server?.end() }
        let addresses = [url ?? server?.deviceService, beside].compactMap { $0 }
        let plans = try addresses.map { try plan($0, password: password.isEmpty && server != nil ? "bench" : password) }
        var results = plans.map { _ in LoadResult() }
        let turns = plans.count == 1 ? 1 : Self.rounds
        var serverCPU = 0.0
        for turn in 1...turns {
            for (index, var plan) in plans.enumerated() {
                plan.seconds = seconds / Double(turns)
                progress("turn \(turn) of \(turns): \(addresses[index]) …")
                let before = server?.cpuSeconds ?? 0
                do {
                    results[index].add(try await plan.run())
                } catch {
                    throw failure("\(error)")
                }
                if index == 0, let server { serverCPU += server.cpuSeconds - before }
            }
        }
        progress("")
        let reports = zip(addresses, results).enumerated().map { index, entry in
            Report(entry.0, entry.1, serverCPU: index == 0 && server != nil ? serverCPU : nil)
        }
        json ? try printJSON(reports) : show(reports)
        guard results.allSatisfy({ $0.answers > 0 }) else { throw ExitCode.couldNotRun }
        if results.contains(where: { $0.errors > 0 }) { throw ExitCode.negative }
    }

    private func plan(_ address: String, password: String) throws -> LoadPlan {
        let text = address.contains("://") ? address : "http://" + address
        guard let url = URLComponents(string: text), url.scheme == "http", let host = url.host, !host.isEmpty else {
            throw failure(
                "\"\(address)\" is no http address; give one such as http://127.0.0.1:8080/onvif/device_service")
        }
        return LoadPlan(
            host: host, port: url.port ?? 80, path: ["", "/"].contains(url.path) ? "/onvif/device_service" : url.path,
            operation: operation, authentication: auth, user: credentials.user, password: password,
            connections: connections, seconds: seconds)
    }

    private func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[2K\(text)".utf8))
    }

    private func show(_ reports: [Report]) {
        print("\(operation.rawValue), \(connections) connections, \(seconds) s, authentication: \(auth.rawValue)\n")
        let table = Table(columns: [
            "server", "requests/s", "p50", "p95", "p99", "max", "errors", "client CPU", "server CPU",
        ])
        print(
            table.text(
                reports.map { report in
                    [report.url, String(format: "%.0f", report.requestsPerSecond)]
                        + [report.p50, report.p95, report.p99, report.max].map { String(format: "%.2f ms", $0) }
                        + [
                            "\(report.errors)", String(format: "%.0f %%", report.clientCPU * 100),
                            report.serverCPU.map { String(format: "%.1f µs/request", $0) } ?? "",
                        ]
                }))
        for report in reports {
            if let error = report.firstError { print("\nFirst error of \(report.url): \(error)") }
            if report.clientCPU > Report.busyClient {
                print("\nThe client is busy for \(report.url): it may be what limits.")
            }
        }
        if let ratio = Report.ratio(reports) {
            print(String(format: "\nThe first answers %.2f times as many requests as the second.", ratio))
        }
    }

    private func printJSON(_ reports: [Report]) throws {
        struct Output: Encodable {
            let operation: String
            let authentication: String
            let connections: Int
            let servers: [Report]
            /// Requests a second of the first over those of the second.
            let ratio: Double?
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let output = Output(
            operation: operation.rawValue, authentication: auth.rawValue, connections: connections, servers: reports,
            ratio: Report.ratio(reports))
        print(String(decoding: try encoder.encode(output), as: UTF8.self))
    }

    /// The figures of one server.
    private struct Report: Encodable {
        /// Share of a core above which the client may be what limits.
        static let busyClient = 0.9

        let url: String
        let requestsPerSecond: Double
        let answers: Int
        /// ms
        let p50, p95, p99, max: Double
        let errors: Int
        let firstError: String?
        /// Cores that the client used.
        let clientCPU: Double
        /// µs a request; nil for a server of somebody else.
        let serverCPU: Double?

        init(_ url: String, _ result: LoadResult, serverCPU: Double?) {
            self.url = url
            requestsPerSecond = result.requestsPerSecond
            answers = result.answers
            func milliseconds(_ share: Double) -> Double { Double(result.latencies.percentile(share)) / 1000 }
            (p50, p95, p99) = (milliseconds(0.5), milliseconds(0.95), milliseconds(0.99))
            max = Double(result.latencies.maximum) / 1000
            errors = result.errors
            firstError = result.firstError
            clientCPU = result.seconds > 0 ? result.clientCPU / result.seconds : 0
            let requests = result.answers + result.errors
            self.serverCPU = requests > 0 ? serverCPU.map { $0 / Double(requests) * 1e6 } : nil
        }

        static func ratio(_ reports: [Report]) -> Double? {
            guard reports.count == 2, reports[1].requestsPerSecond > 0 else { return nil }
            return reports[0].requestsPerSecond / reports[1].requestsPerSecond
        }
    }
}

extension BenchOperation: ExpressibleByArgument {}
extension BenchAuthentication: ExpressibleByArgument {}
