/// Speaks digits: a buzz and a hiss through three resonators, after the formants of English vowels; nobody's voice.
///
/// Formants: Peterson and Barney, Control Methods Used in a Study of the Vowels, 1952, table II (men), rounded.
struct Voice {
    /// A sound of speech.
    private struct Phone {
        /// Hertz of the three resonances.
        var formants: (Double, Double, Double)
        /// 0…1: of the buzz, and of the hiss.
        var voice: Double
        var hiss: Double
        /// Part of the digit's length.
        var length: Double
    }

    private static func vowel(_ a: Double, _ b: Double, _ c: Double, _ length: Double) -> Phone {
        Phone(formants: (a, b, c), voice: 1, hiss: 0, length: length)
    }
    private static func hiss(_ a: Double, _ b: Double, _ c: Double, _ level: Double, _ length: Double) -> Phone {
        Phone(formants: (a, b, c), voice: 0, hiss: level, length: length)
    }
    private static func murmur(_ a: Double, _ b: Double, _ c: Double, _ length: Double) -> Phone {
        Phone(formants: (a, b, c), voice: 0.5, hiss: 0, length: length)
    }
    private static let closure = Phone(formants: (300, 1700, 2600), voice: 0, hiss: 0, length: 0.12)

    private static let digits: [[Phone]] = [
        // z ih r ow
        [
            Phone(formants: (300, 4200, 5600), voice: 0.35, hiss: 0.35, length: 0.22), vowel(390, 1990, 2550, 0.22),
            vowel(420, 1300, 1600, 0.18), vowel(500, 900, 2400, 0.22), vowel(360, 800, 2300, 0.16),
        ],
        // w ah n
        [vowel(300, 650, 2200, 0.22), vowel(640, 1190, 2390, 0.42), murmur(280, 1500, 2500, 0.36)],
        // t uw
        [closure, hiss(2500, 4200, 5500, 0.6, 0.14), vowel(320, 1400, 2300, 0.25), vowel(300, 870, 2240, 0.49)],
        // th r iy
        [hiss(1500, 3500, 5500, 0.14, 0.22), vowel(400, 1300, 1600, 0.22), vowel(270, 2290, 3010, 0.56)],
        // f ao r
        [hiss(1200, 3400, 5800, 0.18, 0.24), vowel(570, 840, 2410, 0.44), vowel(480, 1250, 1650, 0.32)],
        // f ay v
        [
            hiss(1200, 3400, 5800, 0.18, 0.22), vowel(730, 1090, 2440, 0.3), vowel(400, 1900, 2550, 0.28),
            Phone(formants: (280, 1200, 2300), voice: 0.4, hiss: 0.08, length: 0.2),
        ],
        // s ih k s
        [
            hiss(3800, 5200, 6400, 0.6, 0.28), vowel(390, 1990, 2550, 0.24), closure,
            hiss(1700, 2600, 4000, 0.35, 0.06), hiss(3800, 5200, 6400, 0.55, 0.3),
        ],
        // s eh v ah n
        [
            hiss(3800, 5200, 6400, 0.6, 0.22), vowel(530, 1840, 2480, 0.24),
            Phone(formants: (280, 1200, 2300), voice: 0.4, hiss: 0.06, length: 0.12), vowel(600, 1250, 2400, 0.18),
            murmur(280, 1500, 2500, 0.24),
        ],
        // ey t
        [vowel(480, 2000, 2600, 0.32), vowel(330, 2250, 2900, 0.34), closure, hiss(2500, 4200, 5500, 0.55, 0.22)],
        // n ay n
        [
            murmur(280, 1500, 2500, 0.22), vowel(730, 1090, 2440, 0.3), vowel(400, 1900, 2550, 0.24),
            murmur(280, 1500, 2500, 0.24),
        ],
    ]

    /// A digit takes this part of its share of the time; the rest is silence.
    private static let spokenPart = 0.82
    /// Of the loudest moment of each digit.
    private static let loudness = 0.6

    /// The samples of a number.
    ///
    /// - Parameters:
    ///   - text: digits.
    ///   - count: samples in all; each digit has the same share.
    ///   - rate: samples a second.
    /// - Returns: `count` values, -1…1.
    static func samples(of text: String, count: Int, rate: Int) -> [Double] {
        let words = text.compactMap { $0.wholeNumberValue }.filter { (0...9).contains($0) }
        var samples = [Double](repeating: 0, count: count)
        for (index, digit) in words.enumerated() {
            let from = count * index / words.count
            let length = Int(Double(count * (index + 1) / words.count - from) * spokenPart)
            let fall = words.count > 1 ? Double(index) / Double(words.count - 1) : 0
            let word = speak(digits[digit], count: length, rate: Double(rate), pitch: 128 - 22 * fall)
            samples.replaceSubrange(from..<(from + word.count), with: word)
        }
        return samples
    }

    private static func speak(_ phones: [Phone], count: Int, rate: Double, pitch: Double) -> [Double] {
        let total = phones.reduce(0) { $0 + $1.length }
        var ends: [Double] = []
        for phone in phones { ends.append((ends.last ?? 0) + phone.length / total) }
        var resonators = [Resonator(width: 70), Resonator(width: 100), Resonator(width: 160)]
        var (phase, tilt) = (0.0, 0.0)
        var samples: [Double] = []
        samples.reserveCapacity(count)
        for number in 0..<count {
            let part = Double(number) / Double(max(count, 1))
            let index = ends.firstIndex { part < $0 } ?? phones.count - 1
            let phone = phones[index]
            // Glides into the next sound over the last third.
            let begin = index > 0 ? ends[index - 1] : 0
            let near = ((part - begin) / max(ends[index] - begin, 1e-9) - 0.66) / 0.34
            let next = phones[min(index + 1, phones.count - 1)]
            let glide = near > 0 ? near.soft : 0
            func blend(_ a: Double, _ b: Double) -> Double { a + (b - a) * glide }
            phase += pitch * (1 - 0.12 * part) / rate
            if phase >= 1 { phase -= 1 }
            // The glottis: a tooth, softened.
            tilt += (1 - 2 * phase - tilt) * 0.45
            let breath = SoundSource.value(UInt64(number), 0x5EED)
            let buzz = tilt * blend(phone.voice, next.voice)
            let source = buzz + breath * blend(phone.hiss, next.hiss) * 1.6
            let formants = [
                blend(phone.formants.0, next.formants.0), blend(phone.formants.1, next.formants.1),
                blend(phone.formants.2, next.formants.2),
            ]
            var sum = 0.0
            for band in 0..<3 {
                sum += resonators[band].pass(source, at: formants[band], rate: rate) * [1.0, 0.7, 0.45][band]
            }
            let edge = SoundSource.gate(Double(number), length: Double(count), edge: rate * 0.02)
            samples.append(sum * edge)
        }
        let peak = samples.reduce(0) { max($0, abs($1)) }
        return peak > 0 ? samples.map { $0 * loudness / peak } : samples
    }

    /// Two poles.
    private struct Resonator {
        /// Hertz.
        let width: Double
        private var (last, before) = (0.0, 0.0)

        init(width: Double) { self.width = width }

        mutating func pass(_ input: Double, at frequency: Double, rate: Double) -> Double {
            // e to the power of -π·width/rate by its series: the exponent is small.
            let x = Double.pi * width / rate
            let radius = 1 - x * (1 - x / 2 * (1 - x / 3 * (1 - x / 4)))
            let bounded = min(frequency, rate * 0.45)
            let output =
                input * (1 - radius) * 4 + 2 * radius * Trigonometry.cosine(360 * bounded / rate) * last
                - radius * radius * before
            (before, last) = (last, output)
            return output
        }
    }
}
