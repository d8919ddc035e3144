import Foundation
import ONVIF
import Pictures
import Testing
import XML

@testable import Emulator

/// What a PTZ camera shows over its sockets is what its head says.
@Suite(.timeLimit(.minutes(5)), .serialized) struct ViewStreamTests {
    private static let degrees = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/SphericalPositionSpaceDegrees"

    private static func move(_ bench: PictureBench, pan: Double, tilt: Double = 0, zoom: Double = 0) async throws {
        try await bench.call(
            """
            <tptz:AbsoluteMove><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Position><tt:PanTilt x="\(pan)" \
            y="\(tilt)" space="\(degrees)"/><tt:Zoom x="\(zoom)"/></tptz:Position></tptz:AbsoluteMove>
            """)
        while try await isMoving(bench) {}
    }

    private static func status(_ bench: PictureBench) async throws -> XMLElement {
        try #require(
            try await bench.call(
                "<tptz:GetStatus><tptz:ProfileToken>MainStream</tptz:ProfileToken></tptz:GetStatus>"
            ).child("PTZStatus"))
    }

    private static func isMoving(_ bench: PictureBench) async throws -> Bool {
        let status = try await status(bench).child("MoveStatus")
        return status?.children.contains { $0.trimmedText == "MOVING" } == true
    }

    /// Mean difference of brightness.
    private static func difference(_ one: YUVPicture, _ other: YUVPicture) -> Double {
        Double(zip(one.luma, other.luma).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(one.luma.count)
    }

    @Test(arguments: [0.0, 37.5, -120, 180])
    func streamAndSnapshotOfAllProfilesShowWhereTheHeadIs(pan: Double) async throws {
        try await SphereBench.withProfile { profile in
            try await PictureBench.with(profile) { bench in
                try await Self.move(bench, pan: pan)
                let main = try await bench.frames(2)[1].picture
                let still = try await bench.snapshot()
                #expect(main.width == SphereBench.size.width && still.width == main.width)
                for picture in [main, still] {
                    #expect(abs(SphereBench.pan(of: picture, near: pan + 3) - pan) < 0.15)
                }
                #expect(Self.difference(main, still) < 6)
                let sub = try await bench.frames(1, of: "SubStream")[0].picture
                #expect(sub.width == main.width / 2)
                #expect(abs(SphereBench.pan(of: sub, near: pan + 3) - pan) < 0.3)
            }
        }
    }

    /// Brighter red lies to the right at pan 0, more blue above; a mirrored or turned picture has them elsewhere.
    @Test func rightIsRightUpIsUpAndZoomIsTheFactorThatItSays() async throws {
        try await SphereBench.withProfile { profile in
            try await PictureBench.with(profile) { bench in
                let (width, height) = SphereBench.size
                let wide = try await bench.frames(1)[0].picture
                func red(_ picture: YUVPicture, _ x: Double) -> Double {
                    Double(picture.pixel(x: Int(Double(width) * x), y: height / 2).red)
                }
                func blue(_ picture: YUVPicture, _ y: Double) -> Double {
                    Double(picture.pixel(x: width / 2, y: Int(Double(height) * y)).blue)
                }
                #expect(red(wide, 0.9) > red(wide, 0.1) + 40)
                #expect(blue(wide, 0.1) > blue(wide, 0.9) + 20)
                // What lay on the right at 1x lies further out, as the tangents grow by the factor.
                try await Self.move(bench, pan: 0, zoom: 1.0 / 9)
                let near = try await bench.frames(1)[0].picture
                let edge = tan(SphereBench.fieldOfView * .pi / 360)
                for x in [0.15, 0.3, 0.7, 0.85] {
                    let angle = atan((2 * x - 1) * edge / 2) * 180 / .pi
                    let expected = SphereBench.light(longitude: angle, latitude: 0).red
                    #expect(abs(red(near, x) - expected) < 4, "\(x)")
                }
            }
        }
    }

    @Test func aPresetReturnsToTheSamePicture() async throws {
        try await SphereBench.withProfile { profile in
            try await PictureBench.with(profile) { bench in
                try await Self.move(bench, pan: 33.3, tilt: 12)
                let created = try await bench.call(
                    "<tptz:SetPreset><tptz:ProfileToken>MainStream</tptz:ProfileToken></tptz:SetPreset>")
                let token = try #require(created.child("PresetToken")?.trimmedText)
                let before = try await bench.snapshot()
                func go(to preset: String) async throws {
                    try await bench.call(
                        """
                        <tptz:GotoPreset><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:PresetToken>\(preset)\
                        </tptz:PresetToken></tptz:GotoPreset>
                        """)
                    while try await Self.isMoving(bench) {}
                }
                // That of the factory.
                try await go(to: "Preset_1")
                let east = try await bench.snapshot()
                #expect(abs(SphereBench.pan(of: east, near: 92) - 90) < 0.15)
                #expect(Self.difference(before, east) > 10)
                try await go(to: token)
                #expect(Self.difference(before, try await bench.snapshot()) < 1)
            }
        }
    }

    /// Pictures of a head that turns, by their own times, lie on the line that GetStatus tells by its own.
    @Test func whileItMovesPicturesAndStatusAgree() async throws {
        try await SphereBench.withProfile { profile in
            try await PictureBench.with(profile) { bench in
                var told: [(time: Date, pan: Double)] = []
                var seen: [(time: Date, pan: Double)] = []
                let speed = 40.0 / 360
                try await bench.call(
                    """
                    <tptz:ContinuousMove><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Velocity><tt:PanTilt \
                    x="\(speed)" y="0"/></tptz:Velocity><tptz:Timeout>PT60S</tptz:Timeout></tptz:ContinuousMove>
                    """)
                try await bench.watchTimed { frame, time in
                    let status = try await Self.status(bench)
                    let utc = try #require(status.child("UtcTime").flatMap { XSDateTime.parse($0.trimmedText) })
                    let generic = try #require(
                        status.child("Position")?.child("PanTilt")?.attribute("x").flatMap(Double.init))
                    told.append((utc, generic * 180))
                    seen.append((try #require(time), SphereBench.pan(of: frame.picture, near: generic * 180)))
                    return seen.count < 12
                }
                let rate = 40.0
                for (time, pan) in seen {
                    let nearest = try #require(
                        told.min { abs($0.time.distance(to: time)) < abs($1.time.distance(to: time)) })
                    let expected = nearest.pan + rate * nearest.time.distance(to: time)
                    let error = (pan - expected).remainder(dividingBy: 360)
                    #expect(abs(error) < 0.4, "\(pan) where the head says \(expected)")
                }
            }
        }
    }

    @Test func twoViewersSeeTheSame() async throws {
        try await SphereBench.withProfile { profile in
            try await PictureBench.with(profile) { bench in
                var first: [UInt32: YUVPicture] = [:]
                var second: [PictureBench.Frame] = []
                try await bench.watch { frame in
                    first[frame.timestamp] = frame.picture
                    if first.count == 2 {
                        try await bench.call(
                            """
                            <tptz:ContinuousMove><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Velocity>\
                            <tt:PanTilt x="0.1" y="0"/></tptz:Velocity></tptz:ContinuousMove>
                            """)
                    }
                    if first.count == 4 { second = try await bench.frames(5) }
                    return first.count < 4 || !second.allSatisfy { first[$0.timestamp] != nil }
                }
                #expect(second.first?.isKey == true)
                for frame in second { #expect(first[frame.timestamp] == frame.picture) }
                #expect(Set(second.map { Int(SphereBench.pan(of: $0.picture, near: 10) * 2) }).count > 1)
            }
        }
    }
}
