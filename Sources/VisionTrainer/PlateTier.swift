/// How hard a drawn plate is to read.
struct PlateTier: Sendable {
    var name: String
    /// Of the plate in the picture, pixels.
    var width: ClosedRange<Double>
    /// Degrees at most that the vehicle is turned from the line of sight.
    var yaw: Double
    /// Metres above the ground of the lens.
    var height: ClosedRange<Double>
    /// Degrees at most that the lens is rolled.
    var roll: Double
    var dirt: ClosedRange<Double>
    /// Steps of luma, standard deviation.
    var noise: ClosedRange<Double>
    /// Pixels that the picture is smeared while it is exposed.
    var blur: ClosedRange<Double>
    /// Of x264.
    var rateFactor: ClosedRange<Int>
    /// How bright the world is.
    var level: ClosedRange<Double>

    static let easy = PlateTier(
        name: "easy", width: 110...180, yaw: 15, height: 1.2...3, roll: 1, dirt: 0...0, noise: 2...2, blur: 0...0,
        rateFactor: 23...23, level: 0.8...1)
    static let medium = PlateTier(
        name: "medium", width: 70...110, yaw: 30, height: 1.2...4, roll: 2, dirt: 0...0.3, noise: 4...4, blur: 0...1,
        rateFactor: 28...28, level: 0.6...1)
    static let hard = PlateTier(
        name: "hard", width: 45...70, yaw: 40, height: 1.2...5, roll: 3, dirt: 0.3...0.6, noise: 7...7, blur: 0...2,
        rateFactor: 32...32, level: 0.4...1)
    static let all = [easy, medium, hard]

    /// What is learnt from: all that the tiers are, but less dirt than the hardest.
    static let training = PlateTier(
        name: "training", width: 40...190, yaw: 43, height: 1.2...5.5, roll: 4, dirt: 0...0.45, noise: 0...7.5,
        blur: 0...2.2, rateFactor: 21...33, level: 0.35...1)
}

/// What drawn plates are used for; no seed has two uses.
enum PlateUse: UInt64 {
    case training = 2_000_000
    case calibration = 2_100_000
    case test = 2_200_000
}
