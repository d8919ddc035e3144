import AV
import ArgumentParser
import Emulator
import Foundation

struct BenchViews: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "views",
        abstract: "Measure how many live views a core draws and encodes.",
        discussion: """
            Views of cameras whose profile has a world or a panorama pan and zoom, some of them rest. First their pictures \
            are made as fast as one core can, then as many views as that promises for a while in real time.
            """)

    @Argument(help: "The device profile.", completion: .file(extensions: ["yaml"]))
    var profile = "Profiles/ptz-dome.yaml"

    @Option(help: "Views in real time; as many as the core should hold where it is not given.")
    var views: Int?

    @Option(help: "Share of the views that stand still, 0 to 1.")
    var resting = 0.2

    @Option(help: "Width of the pictures.")
    var width = 1280

    @Option(help: "Height of the pictures.")
    var height = 720

    @Option(help: "Pictures a second.")
    var rate = 25

    @Option(help: "H.264 profile: baseline, main (with CABAC) or high.")
    var coding = VideoEncoder.Profile.main

    @Option(help: "Seconds of each view.")
    var seconds = 6.0

    @Flag(help: "Print the result as JSON.")
    var json = false

    /// Views whose pictures are made as fast as possible.
    private static let probes = 10
    private static let bounds = (views: 1...1000, pixels: 64...7680, rate: 1...120, seconds: 0.1...3600.0)

    func validate() throws {
        func check<Value: Comparable>(_ name: String, _ value: Value, _ bounds: ClosedRange<Value>) throws {
            guard bounds.contains(value) else {
                throw ValidationError("--\(name) is \(value); give \(bounds.lowerBound) to \(bounds.upperBound)")
            }
        }
        try check("views", views ?? 1, Self.bounds.views)
        try check("resting", resting, 0...1)
        try check("width", width, Self.bounds.pixels)
        try check("height", height, Self.bounds.pixels)
        try check("rate", rate, Self.bounds.rate)
        try check("seconds", seconds, Self.bounds.seconds)
        guard width % 2 == 0, height % 2 == 0 else {
            throw ValidationError("--width and --height are \(width) and \(height); give even numbers")
        }
    }

    func run() async throws {
        let fast: ViewLoad.Result
        let live: ViewLoad.Result
        do {
            let load = try ViewLoad(
                try CameraProfile(path: profile), width: width, height: height, rate: rate, resting: resting,
                coding: coding)
            Self.progress("\(Self.probes) views as fast as possible …")
            fast = try load.run(views: Self.probes, seconds: seconds, isLive: false)
            let count = views ?? max(1, Report.held(fast, rate: rate))
            Self.progress("\(count) views in real time …")
            live = try load.run(views: count, seconds: seconds, isLive: true)
        } catch {
            Self.progress("")
            throw failure("\(error)")
        }
        Self.progress("")
        let report = Report(self, fast, live)
        json ? try printJSON(report) : show(report)
    }

    private static func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[2K\(text)".utf8))
    }

    private func show(_ report: Report) {
        func ms(_ value: Double) -> String { String(format: "%.2f ms", value) }
        print("\(profile): \(width)×\(height), \(rate) pictures a second, \(Int(resting * 100)) % of the views rest\n")
        let table = Table(columns: [
            "views a core", "a picture", "drawing", "encoding", "drawing's share", "slowest", "bit rate",
        ])
        print(
            table.text([
                [
                    String(format: "%.1f", report.viewsPerCore), ms(report.drawing + report.encoding),
                    ms(report.drawing), ms(report.encoding), String(format: "%.0f %%", report.drawingShare * 100),
                    ms(report.slowest), String(format: "%.0f kbit/s", report.kilobits),
                ]
            ]))
        print(
            String(
                format: "\nIn real time: %d views for %.1f s, %d of %d pictures later than the next was due.",
                report.liveViews, report.liveSeconds, report.latePictures, report.livePictures))
    }

    private func printJSON(_ report: Report) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
    }

    private struct Report: Encodable {
        let profile: String
        let width, height, rate: Int
        let resting: Double
        let viewsPerCore: Double
        /// ms of processor time for a picture
        let drawing, encoding, slowest: Double
        let drawingShare: Double
        /// kbit/s of a view
        let kilobits: Double
        let liveViews, livePictures, latePictures: Int
        let liveSeconds: Double

        init(_ command: BenchViews, _ fast: ViewLoad.Result, _ live: ViewLoad.Result) {
            (profile, width, height) = (command.profile, command.width, command.height)
            (rate, resting) = (command.rate, command.resting)
            viewsPerCore = Self.viewsPerCore(fast, rate: command.rate)
            (drawing, encoding, slowest) = (fast.drawingPerPicture, fast.encodingPerPicture, fast.slowest * 1000)
            drawingShare = drawing + encoding > 0 ? drawing / (drawing + encoding) : 0
            kilobits = fast.bitRate(Double(command.rate))
            (liveViews, livePictures, latePictures) = (live.views, live.pictures, live.late)
            liveSeconds = live.elapsed
        }

        static func viewsPerCore(_ result: ViewLoad.Result, rate: Int) -> Double {
            let time = result.drawingPerPicture + result.encodingPerPicture
            return time > 0 ? 1000 / time / Double(rate) : 0
        }

        static func held(_ result: ViewLoad.Result, rate: Int) -> Int { Int(viewsPerCore(result, rate: rate)) }
    }
}

extension VideoEncoder.Profile: ExpressibleByArgument {}
