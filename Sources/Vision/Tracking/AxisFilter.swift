/// A Kalman filter of a place on one axis that moves with nearly constant speed.
struct AxisFilter: Hashable {
    /// Pixels.
    private(set) var place: Double
    /// Pixels a second.
    private(set) var speed: Double = 0
    private var placeVariance: Double
    private var covariance = 0.0
    private var speedVariance: Double

    /// - Parameters:
    ///   - place: the first measurement, pixels.
    ///   - error: its standard deviation, pixels.
    ///   - speedError: how fast it may be, pixels a second.
    init(place: Double, error: Double, speedError: Double) {
        self.place = place
        placeVariance = error * error
        speedVariance = speedError * speedError
    }

    /// Goes on by some seconds, with unknown accelerations of a standard deviation (pixels a second, each second).
    mutating func predict(_ seconds: Double, acceleration: Double) {
        let noise = acceleration * acceleration
        place += speed * seconds
        placeVariance +=
            seconds * (2 * covariance + seconds * speedVariance) + noise * seconds * seconds * seconds * seconds / 4
        covariance += seconds * speedVariance + noise * seconds * seconds * seconds / 2
        speedVariance += noise * seconds * seconds
    }

    /// Takes a measurement of a standard deviation, pixels.
    mutating func take(_ measured: Double, error: Double) {
        let total = placeVariance + error * error
        let (gain, speedGain) = (placeVariance / total, covariance / total)
        let surprise = measured - place
        place += gain * surprise
        speed += speedGain * surprise
        speedVariance -= speedGain * covariance
        covariance *= 1 - gain
        placeVariance *= 1 - gain
    }

    /// Loses speed while nothing is measured: who cannot be seen may have stopped.
    mutating func slow(_ part: Double) { speed *= part }

    /// Standard deviation, pixels.
    var error: Double { max(placeVariance, 0).squareRoot() }
}
