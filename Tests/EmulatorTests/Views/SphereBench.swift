import AV
import Emulator
import Foundation
import Pictures
import Worlds

/// A profile of a small PTZ camera in a sphere whose every direction can be told by its light, with a recording of what it
/// sees at first.
enum SphereBench {
    static let size = (width: 160, height: 96)
    static let fieldOfView = 60.0
    static let rate: Int64 = 10
    /// Pictures of the recordings.
    static let count = 20
    private static let sphere = (width: 1440, height: 720)

    /// Light of a direction, degrees: brightness tells longitudes, the blue of chroma latitudes, the red left and right.
    static func light(longitude: Double, latitude: Double) -> (luma: Double, blue: Double, red: Double) {
        let (x, y) = (longitude * .pi / 180, latitude * .pi / 180)
        return (
            126 + cos(y) * (45 * sin(9 * x) + 40 * sin(25 * x + 1)) + 20 * sin(14 * y), 128 + 90 * y / (.pi / 2),
            128 + 90 * sin(x) * cos(y)
        )
    }

    static func panorama() -> YUVPicture {
        func plane(_ scale: Int, _ value: ((luma: Double, blue: Double, red: Double)) -> Double) -> [UInt8] {
            let (width, height) = (sphere.width / scale, sphere.height / scale)
            return (0..<width * height).map { index in
                let (x, y) = (Double(index % width) + 0.5, Double(index / width) + 0.5)
                let light = light(
                    longitude: x / Double(width) * 360 - 180, latitude: 90 - y / Double(height) * 180)
                return UInt8(min(max(value(light).rounded(), 16), 235))
            }
        }
        return YUVPicture(
            width: sphere.width, height: sphere.height, luma: plane(1) { $0.luma }, blue: plane(2) { $0.blue },
            red: plane(2) { $0.red })
    }

    /// Where the middle of a picture looks, degrees to the right, by the brightness of its middle rows; near `guess`.
    static func pan(of picture: YUVPicture, near guess: Double) -> Double {
        let (width, height) = (picture.width, picture.height)
        let focal = Double(width) / 2 / tan(fieldOfView * .pi / 360)
        let rows = height / 2 - 4..<height / 2 + 4
        let seen = (0..<width).map { column in
            rows.reduce(0.0) { $0 + Double(picture.luma[$1 * width + column]) } / Double(rows.count)
        }
        func difference(_ pan: Double) -> Double {
            (0..<width).reduce(0.0) { sum, column in
                let angle = atan((Double(column) + 0.5 - Double(width) / 2) / focal) * 180 / .pi
                let light = light(longitude: pan + angle, latitude: 0).luma
                return sum + (light - seen[column]) * (light - seen[column])
            }
        }
        let coarse = stride(from: guess - 15, through: guess + 15, by: 0.25).min { difference($0) < difference($1) }
        let fine = stride(from: -0.25, through: 0.25, by: 0.01).map { (coarse ?? guess) + $0 }
        return fine.min { difference($0) < difference($1) } ?? guess
    }

    private static let settings = VideoEncoder.Settings(
        width: size.width, height: size.height, frameRate: .init(numerator: rate, denominator: 1),
        groupLength: count / 2,
        bitRate: 2000, rateFactor: 20)

    /// Runs `body` with the profile in a folder of its own.
    static func withProfile<Result>(
        hasRecording: Bool = false, _ body: (CameraProfile) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var wide = settings
        (wide.width, wide.height, wide.rateFactor, wide.bitRate) = (sphere.width, sphere.height, 12, 50_000)
        let clip = folder.appending(path: "sphere.mp4").path
        let sphere = panorama()
        try write(Array(repeating: sphere, count: count), to: clip, wide)
        if hasRecording {
            let cut = PanoramaCut(
                PanoramaCoverage(horizontal: 360, top: 90, bottom: -90),
                view: .init(
                    position: .zero, pan: 0, tilt: 0, fieldOfView: fieldOfView, width: size.width, height: size.height))
            var pictures = Array(repeating: cut.picture(of: sphere), count: count)
            // Something by which the recording is known.
            for index in pictures.indices { pictures[index].luma[index] = 16 }
            try write(pictures, to: folder.appending(path: "home.mp4").path, settings)
        }
        let profile = """
            manufacturer: Glasseye
            model: Sphere
            firmware: "1"
            hardware: GE
            name: Sphere
            location: lab
            claims: [S, T]
            \(hasRecording ? "recordings: [home.mp4]" : "")
            panorama:
              { clip: sphere.mp4, horizontal: 360, top: 90, bottom: -90, width: \(size.width), height: \(size.height),
                presets: [{ name: East, pan: 90, tilt: 0 }] }
            ptz:
              pan: { from: -180, to: 180, speed: 360 }
              tilt: { from: -90, to: 90, speed: 360 }
              zoom: { from: 1, to: 10, speed: 10 }
              field-of-view: \(fieldOfView)
            """
        let file = folder.appending(path: "sphere.yaml")
        try profile.write(to: file, atomically: true, encoding: .utf8)
        return try await body(try CameraProfile(path: file.path))
    }

    private static func write(_ pictures: [YUVPicture], to file: String, _ settings: VideoEncoder.Settings) throws {
        let writer = try ClipWriter(file: file, settings, hasSound: false)
        for picture in pictures { try writer.add(picture) }
        try writer.finish()
    }
}
