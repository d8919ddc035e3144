import AV
import Emulator
import Pictures
import Testing

/// Faults of a whole camera, switched while it runs.
@Suite(.timeLimit(.minutes(5))) struct FaultyCameraTests {
    private static func isBlack(_ picture: YUVPicture) -> Bool { picture.luma.allSatisfy { $0 <= 20 } }

    /// Mean difference of luma.
    private static func difference(_ one: YUVPicture, _ other: YUVPicture) -> Double {
        zip(one.luma, other.luma).reduce(0.0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(one.luma.count)
    }

    /// Streams go out as they are recorded, or encoded where a text is to be written into them.
    @Test(arguments: [false, true]) func streamAndSnapshotGoBlackAndComeBack(_ isEncoded: Bool) async throws {
        try await PictureBench.with { bench in
            if isEncoded { _ = try await bench.write("<tt:Type>Plain</tt:Type><tt:PlainText>Gate</tt:PlainText>") }
            #expect(try await !Self.isBlack(bench.snapshot()))
            try await bench.camera.setFaults(FaultScript([WireFault(.picture(.black))]))
            // With the next picture.
            while try await !Self.isBlack(bench.snapshot()) {}
            var black = 0
            try await bench.watch { frame in
                guard Self.isBlack(frame.picture) else { return black == 0 }
                black += 1
                if black == 5 { try await bench.camera.setFaults(FaultScript()) }
                return true
            }
            #expect(black >= 5)
            while try await Self.isBlack(bench.snapshot()) {}
        }
    }

    @Test(arguments: [false, true]) func streamAndSnapshotFreeze(_ isEncoded: Bool) async throws {
        try await PictureBench.with { bench in
            if isEncoded { _ = try await bench.write("<tt:Type>Plain</tt:Type><tt:PlainText>Gate</tt:PlainText>") }
            try await bench.camera.setFaults(FaultScript([WireFault(.picture(.frozen))]))
            let frames = try await bench.frames(60)
            let snapshot = try await bench.jpeg()
            _ = try await bench.frames(20)
            #expect(try await bench.jpeg() == snapshot)
            // What was on its way when the fault came is left aside; encoded anew, a still picture gets finer for a while.
            let changes = frames[20...].map { Self.difference($0.picture, frames[20].picture) }
            let finest = isEncoded ? 2.0 : 1.0
            #expect((changes.max() ?? 9) < finest)
            try await bench.camera.setFaults(FaultScript())
            let live = try await bench.frames(60)
            let differences = live.map { Self.difference($0.picture, frames[20].picture) }
            #expect((differences.max() ?? 0) > (changes.max() ?? 9))
        }
    }
}
