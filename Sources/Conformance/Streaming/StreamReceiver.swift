import AV
import RTP
import Synchronization

/// Takes the packets of all media of a session and keeps count; called on event loops.
final class StreamReceiver: Sendable {
    fileprivate struct Track {
        let media: RTSPMedia
        var report: StreamReport
        var nextSequenceNumber: UInt16?
        var h264 = H264Depacketizer()
        var decoder: StreamDecoder?
    }

    fileprivate struct Waiter {
        let kind: String
        let frames: Int
        let senderReports: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    fileprivate struct State {
        var tracks: [Int: Track] = [:]
        var waiter: Waiter?
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// `index`: place of the media in the session description.
    func add(_ media: RTSPMedia, index: Int) {
        state.withLock { $0.tracks[index] = Track(media: media, report: StreamReport(media)) }
    }

    /// In the order of the session description.
    var reports: [StreamReport] {
        state.withLock { state in
            state.tracks.keys.sorted().compactMap { index in
                guard let track = state.tracks[index] else { return nil }
                var report = track.report
                if let decoder = track.decoder {
                    report.pictures = decoder.pictures
                    report.decodingErrors = decoder.errors
                    report.pictureSize = decoder.size.map { [$0.width, $0.height] }
                }
                return report
            }
        }
    }

    /// Returns once that many frames and sender reports of the kind are there in all, or the connection has ended, or
    /// the task is cancelled.
    func wait(forFrames frames: Int, senderReports: Int, of kind: String) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone: Bool = state.withLock { state in
                    precondition(state.waiter == nil, "one wait at a time")
                    let waiter = Waiter(
                        kind: kind, frames: frames, senderReports: senderReports, continuation: continuation)
                    if state.hasEnded || state.satisfies(waiter) { return true }
                    state.waiter = waiter
                    return false
                }
                if isDone { continuation.resume() }
                // A cancellation before this line found nobody waiting.
                if Task.isCancelled { stopWaiting() }
            }
        } onCancel: {
            stopWaiting()
        }
    }

    private func stopWaiting() {
        let waiter = state.withLock { $0.takeWaiter() }
        waiter?.continuation.resume()
    }

    /// The connection is gone.
    func end() {
        let waiter = state.withLock { state in
            state.hasEnded = true
            return state.takeWaiter()
        }
        waiter?.continuation.resume()
    }

    /// Takes an RTP packet.
    func receiveRTP(_ bytes: ArraySlice<UInt8>, index: Int) {
        let waiter = state.withLock { state in
            state.tracks[index]?.receiveRTP(bytes)
            return state.takeSatisfiedWaiter()
        }
        waiter?.continuation.resume()
    }

    /// Takes a compound RTCP packet.
    func receiveRTCP(_ bytes: ArraySlice<UInt8>, index: Int) {
        let waiter = state.withLock { state in
            state.tracks[index]?.receiveRTCP(bytes)
            return state.takeSatisfiedWaiter()
        }
        waiter?.continuation.resume()
    }
}

extension StreamReceiver.State {
    fileprivate func satisfies(_ waiter: StreamReceiver.Waiter) -> Bool {
        let reports = tracks.values.lazy.map(\.report).filter { $0.kind == waiter.kind }
        return (reports.map(\.frames).max() ?? 0) >= waiter.frames
            && (reports.map(\.senderReports).max() ?? 0) >= waiter.senderReports
    }

    fileprivate mutating func takeSatisfiedWaiter() -> StreamReceiver.Waiter? {
        guard let waiter, satisfies(waiter) else { return nil }
        return takeWaiter()
    }

    fileprivate mutating func takeWaiter() -> StreamReceiver.Waiter? {
        defer { waiter = nil }
        return waiter
    }
}

extension StreamReceiver.Track {
    fileprivate mutating func receiveRTP(_ bytes: ArraySlice<UInt8>) {
        let packet: RTPPacket
        do throws(RTPPacket.ParseError) {
            packet = try RTPPacket(parsing: bytes)
        } catch {
            note("RTP of \(bytes.count) bytes: \(error)")
            return
        }
        report.packets += 1
        report.sources.insert(packet.header.ssrc)
        guard packet.header.payloadType == media.payloadType else {
            report.strangePayloadTypes.insert(packet.header.payloadType)
            return
        }
        if let expected = nextSequenceNumber, packet.header.sequenceNumber != expected {
            let ahead = packet.header.sequenceNumber &- expected
            // A packet from before is late, not a gap.
            guard ahead < 0x8000 else { return }
            report.lost += Int(ahead)
        }
        nextSequenceNumber = packet.header.sequenceNumber &+ 1
        if report.firstTimestamp == nil { report.firstTimestamp = packet.header.timestamp }
        if media.encoding.uppercased() == "H264" {
            receiveH264(packet)
        } else if packet.header.marker || media.kind == "audio" {
            finishFrame(packet.header.timestamp)
        }
    }

    private mutating func receiveH264(_ packet: RTPPacket) {
        do throws(H264Depacketizer.PacketError) {
            for unit in try h264.receive(packet) {
                finishFrame(unit.timestamp)
                if unit.isKey { report.keyFrames += 1 }
                // Nothing before the first key frame can be decoded.
                guard report.keyFrames > 0 else { continue }
                if decoder == nil { decoder = try? StreamDecoder() }
                decoder?.decode(unit.bytes)
            }
        } catch {
            if case .gap = error { return }
            note("H.264 packet \(packet.header.sequenceNumber): \(error)")
        }
    }

    private mutating func finishFrame(_ timestamp: UInt32) {
        if let last = report.lastTimestamp, timestamp &- last == 0 || timestamp &- last > 0x8000_0000 {
            report.backwardTimestamps += 1
        }
        report.lastTimestamp = timestamp
        report.frames += 1
    }

    fileprivate mutating func receiveRTCP(_ bytes: ArraySlice<UInt8>) {
        do throws(RTCPPacket.ParseError) {
            for packet in try RTCPPacket.parse(bytes) {
                switch packet {
                case .senderReport: report.senderReports += 1
                case .goodbye: report.hasGoodbye = true
                default: break
                }
            }
        } catch {
            note("RTCP of \(bytes.count) bytes: \(error)")
        }
    }

    private mutating func note(_ reason: String) {
        if report.malformed.count < StreamReport.malformedLimit { report.malformed.append(reason) }
    }
}
