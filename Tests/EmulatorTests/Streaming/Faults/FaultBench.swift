import NIOCore
import RTP
import RTSP

@testable import Emulator

/// A server whose camera has faults, and what a sound one would send in its place.
struct FaultBench {
    /// Video packets as they arrived over TCP, and what else was seen.
    struct Catch {
        var video: [LoosePacket] = []
        var reports: [RTCPPacket] = []
    }

    let faults: FaultSwitch
    let fixture: RTSPServerTests.Fixture
    /// The same stream without faults.
    let sound: LiveStream
    /// The first picture that a viewer gets.
    let first: Int64

    init(_ script: FaultScript) async throws {
        faults = FaultSwitch()
        fixture = try await RTSPServerTests.Fixture(faults: faults)
        sound = LiveStream(fixture.stream.plan, seed: 7, epoch: fixture.stream.epoch)
        first = sound.start(at: fixture.clock.now).cursor.video
        faults.set(script, at: fixture.clock.now)
    }

    init(_ faults: WireFault...) async throws {
        try await self.init(FaultScript(faults))
    }

    /// What a sound camera sends of some pictures, counted from the first that a viewer gets.
    func soundPackets(_ pictures: Range<Int64>) -> [LoosePacket] {
        var batch = PacketBatch(channels: .all, allocator: ByteBufferAllocator())
        for number in pictures { sound.append(.video, frame: first + number, to: &batch) }
        return batch.loose
    }

    /// Runs `body` with a client that has set both tracks up and plays, and shuts the server down.
    func play(
        _ body: (RTSPTestClient, String, NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Void
    ) async throws {
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                let (session, _) = try await client.play(on: out)
                try await body(client, session, out)
            }
        }
    }

    /// Reads until so much sound has come. Each packet of it moves the clock on to its own end, so that the sound, which faults
    /// of video leave alone, beats the time.
    func receive(_ client: RTSPTestClient, sounds: Int) async throws -> Catch {
        var caught = Catch()
        var count = 0
        while count < sounds {
            let (channel, bytes) = try await client.packet()
            switch channel {
            case 0: caught.video.append(LoosePacket(track: .video, bytes: Array(bytes), isKey: false))
            case 2:
                count += 1
                goOn(to: LoosePacket(track: .audio, bytes: Array(bytes), isKey: false).time)
            default: caught.reports += try RTCPPacket.parse(bytes)
            }
        }
        return caught
    }

    private func goOn(to timestamp: UInt32) {
        guard let sound = sound.identities.audio else { return }
        let samples = Int64(timestamp &- sound.timestampBase) + 1024
        // The next one goes out with a picture, or when it has waited for one for long enough.
        let end = fixture.stream.epoch + samples * 1_000_000_000 / sound.clockRate + SendLoop.hold
        if end > fixture.clock.now { fixture.clock.advance(by: .nanoseconds(end - fixture.clock.now)) }
    }

    /// What a viewer gets of the script in so much sound, 64 ms each.
    static func catching(_ script: FaultScript, sounds: Int = 80) async throws -> (bench: FaultBench, caught: Catch) {
        let bench = try await FaultBench(script)
        var caught = Catch()
        try await bench.play { client, _, _ in caught = try await bench.receive(client, sounds: sounds) }
        return (bench, caught)
    }
}

extension [LoosePacket] {
    /// The payloads of each picture, by its timestamp.
    var pictures: [(time: UInt32, payloads: [ArraySlice<UInt8>])] {
        var pictures: [(time: UInt32, payloads: [ArraySlice<UInt8>])] = []
        for packet in self {
            let payload = packet.bytes.dropFirst(RTPHeader.length)
            if pictures.last?.time == packet.time {
                pictures[pictures.count - 1].payloads.append(payload)
            } else {
                pictures.append((packet.time, [payload]))
            }
        }
        return pictures
    }

    var allBytes: [[UInt8]] { map(\.bytes) }
}
