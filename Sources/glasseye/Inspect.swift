public import ArgumentParser
import Conformance
import Foundation
public import StreamClient

struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at what a device sends, without changing anything.",
        discussion: """
            With --stream it plays a stream and measures it: loss, jitter, time stamps, frame rate, key frames, bit rate, \
            reports, decoding. Of a device's address it asks for the streams of the media profiles and compares them with \
            their configuration; an rtsp, rtsps, ws or wss address is played as it is. Certificates of TLS are not verified \
            unless --verify is given.

            Exit codes: 0 nothing is wrong, 1 a finding of severity error, 2 nothing could be inspected, 64 wrong usage.
            """)

    @Argument(help: "A stream (rtsp://…), or a device: its device service or just its host.")
    var url: String

    @Flag(help: "Inspect streams.")
    var stream = false

    @Option(help: "Only the stream of the media profile with this token.")
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "How the stream comes: \(StreamTransport.allCases.map(\.rawValue).joined(separator: ", ")); tcp, or what the "
                + "address says, without it.", valueName: "transport"))
    var transport: StreamTransport?

    @Option(name: .customLong("for"), help: "How long each stream is watched, such as 10s, 500ms, 5m or 24h.")
    var duration = WatchTime(duration: StreamInspection.defaultDuration)

    @OptionGroup var credentials: Credentials

    @Option(help: "Address of this machine whose network multicast groups are joined on.")
    var interface: String?

    @Flag(help: "Refuse TLS certificates that no authority of this system vouches for.")
    var verify = false

    @Flag(help: "Send the password in the clear where the server asks for it (Basic).")
    var allowBasic = false

    @Flag(help: "Print JSON; docs/inspect.md has the keys.")
    var json = false

    func validate() throws {
        guard stream else {
            throw ValidationError("say what to inspect: --stream is what there is so far")
        }
        guard !url.isEmpty else { throw ValidationError("give the address of a stream or a device") }
        if profile != nil, isStream {
            throw ValidationError("--profile goes with a device's address; \(Self.shown(url)) is a stream already")
        }
    }

    func run() async throws {
        let wanted: [ClaimedStream]
        do {
            wanted = try await streams()
        } catch let end as CaseEnd {
            throw failure("\(Self.shown(url)): \(end.words)")
        }
        var sheets: [InspectionSheet] = []
        let progress = StandardErrorLine()
        for one in wanted {
            let name = one.profile.isEmpty ? Self.shown(one.url) : one.profile
            var sheet = InspectionSheet(one, transport: chosenTransport)
            do {
                sheet.result = try await inspection(of: one).run { passed, figures in
                    let frames = figures.map { "\($0.frames) \($0.kind) frames" }.joined(separator: ", ")
                    progress.show("\(name): \(Int(passed / .seconds(1))) s, \(frames)")
                }
            } catch {
                sheet.failure = "\(error)"
            }
            progress.clear()
            if !json { print((sheets.isEmpty ? "" : "\n") + sheet.text(Style())) }
            sheets.append(sheet)
        }
        if json { try printJSON(sheets) }
        if sheets.contains(where: { $0.count(.error) > 0 }) { throw ExitCode.negative }
        let failures = sheets.compactMap(\.failure)
        if !failures.isEmpty { throw json ? failure(failures[0]) : ExitCode.couldNotRun }
    }

    private var isStream: Bool {
        let schemes = ["rtsp://", "rtsps://", "rtspu://", "ws://", "wss://"]
        return schemes.contains { url.lowercased().hasPrefix($0) }
    }

    private var chosenTransport: StreamTransport {
        if let transport { return transport }
        let scheme = url.prefix { $0 != ":" }.lowercased()
        return ["rtsps", "ws", "wss"].contains(scheme) ? StreamTransport(rawValue: scheme) ?? .tcp : .tcp
    }

    private func streams() async throws -> [ClaimedStream] {
        guard !isStream else { return [ClaimedStream(profile: "", name: "", url: url, claims: [:])] }
        let target = Target(
            url: url, credentials: credentials.secret.map { DeviceCredentials(user: credentials.user, password: $0) })
        return try await ClaimedStream.all(of: target, profile: profile, transport: chosenTransport)
    }

    private func inspection(of stream: ClaimedStream) -> StreamInspection {
        var options = StreamOptions(
            transport: chosenTransport,
            credentials: credentials.secret.map { StreamCredentials(user: credentials.user, password: $0) })
        options.allowsBasic = allowBasic
        options.verifiesCertificate = verify
        options.interface = interface
        options.webSocketURI = stream.webSocketURI
        var inspection = StreamInspection(url: stream.url, options: options)
        inspection.duration = duration.duration
        inspection.claims = stream.claims
        return inspection
    }

    private func printJSON(_ sheets: [InspectionSheet]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(InspectionDocument(sheets)), as: UTF8.self))
    }

    /// Without user and password.
    static func shown(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return url }
        return String(url[..<scheme.upperBound] + url[url.index(after: at)...])
    }
}

/// A time with its unit, such as `10s`.
struct WatchTime: ExpressibleByArgument {
    /// A leap year; longer is a mistake of the unit.
    static let limit = Duration.seconds(366 * 86_400)

    let duration: Duration

    init(duration: Duration) { self.duration = duration }

    init?(argument: String) {
        let digits = argument.prefix { $0.isNumber || $0 == "." }
        let units = ["ms": 0.001, "": 1, "s": 1, "m": 60, "h": 3600]
        guard let number = Double(digits), let unit = units[String(argument.dropFirst(digits.count))] else {
            return nil
        }
        duration = .seconds(number * unit)
        guard duration > .zero, duration <= Self.limit else { return nil }
    }

    var defaultValueDescription: String { "\(Int(duration / .seconds(1)))s" }
}

extension StreamTransport: ExpressibleByArgument {}

extension CaseEnd {
    /// Why a device could not be asked, for people.
    fileprivate var words: String {
        switch self {
        case .unreachable(let reason), .notTestable(let reason): reason
        case .badAnswer(let operation, let reason, _): "\(operation): \(reason)"
        case .unexpectedFault(let operation, let fault, _): "\(operation): \(fault)"
        case .missing(let path, let operation, _): "\(operation): no \(path) in the answer"
        case .nothingMoreToTest: "nothing more to ask"
        }
    }
}

/// A line that the next one replaces, on standard error and only where that is a terminal.
struct StandardErrorLine: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    /// Columns that a line may have.
    private static let width = 99

    func show(_ text: String) {
        guard isTerminal else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[2K\(text.prefix(Self.width))".utf8))
    }

    func clear() { show("") }
}
