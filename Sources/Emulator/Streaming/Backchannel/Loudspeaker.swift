import Synchronization

/// What a camera's loudspeaker plays: the latest sound that clients sent, and its siren, to be looked at by tests.
public final class Loudspeaker: Sendable {
    /// Sound that is kept, seconds.
    public static let capacity = 60

    /// Sound that was heard.
    public struct Sound: Equatable, Sendable {
        /// Hertz; 0 before the first sound.
        public internal(set) var sampleRate = 0
        /// The latest samples, one channel.
        public internal(set) var samples: [Int16] = []
        /// Samples that were played since the camera was switched on, those that are not kept any more too.
        public internal(set) var played = 0

        /// The kept sound as a WAV file (RIFF, PCM of 16 bits).
        public var wav: [UInt8] {
            func little(_ value: Int, _ bytes: Int) -> [UInt8] {
                (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            }
            let rate = max(1, sampleRate)
            let size = samples.count * 2
            var file = Array("RIFF".utf8) + little(36 + size, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
            file += little(1, 2) + little(1, 2) + little(rate, 4) + little(rate * 2, 4) + little(2, 2) + little(16, 2)
            file += Array("data".utf8) + little(size, 4)
            for sample in samples { file += little(Int(sample), 2) }
            return file
        }
    }

    private let sound = Mutex(Sound())

    /// What was heard up to now.
    public var heard: Sound { sound.withLock { $0 } }

    /// Plays samples; those of another rate begin anew.
    func play(_ samples: [Int16], sampleRate: Int) {
        sound.withLock { sound in
            if sound.sampleRate != sampleRate { (sound.sampleRate, sound.samples) = (sampleRate, []) }
            sound.samples += samples
            sound.played += samples.count
            // A quarter more than is kept is let in, so that old samples leave by the heap.
            let limit = Self.capacity * sampleRate
            if sound.samples.count > limit + limit / 4 { sound.samples.removeFirst(sound.samples.count - limit) }
        }
    }
}
