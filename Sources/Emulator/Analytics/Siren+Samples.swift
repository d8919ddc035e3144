import Foundation
import ONVIF

/// The sound of an alarm, made of sines.
extension Siren {
    /// Hertz.
    static let sampleRate = 16_000
    /// Half of what a loudspeaker can do: sine tones are loud.
    private static let level = 0.5
    /// Hertz, of the two tones and the ends of a sweep.
    private static let pitches = (low: 800.0, high: 1000.0, top: 1600.0)
    /// Seconds of a tone, a sweep or a pause.
    private static let turn = 0.5

    /// One channel.
    var samples: [Int16] {
        var phase = 0.0
        return (0..<Int(duration * Double(Self.sampleRate))).map { index in
            let time = Double(index) / Double(Self.sampleRate)
            let part = time.truncatingRemainder(dividingBy: 2 * Self.turn) / Self.turn
            let (pitch, gain) =
                switch tone {
                case .twoTone: (part < 1 ? Self.pitches.high : Self.pitches.low, 1.0)
                case .sweep: (Self.pitches.low + (Self.pitches.top - Self.pitches.low) * part / 2, 1.0)
                case .beep: (Self.pitches.high, part < 1 ? 1.0 : 0.0)
                }
            phase += 2 * Double.pi * pitch / Double(Self.sampleRate)
            return Int16((Double(Int16.max) * Self.level * gain * sin(phase)).rounded())
        }
    }
}
