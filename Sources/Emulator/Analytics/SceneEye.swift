import Analytics
import Metadata
import Pictures
import Truth

/// A picture to be described.
struct SceneOrder: Sendable {
    /// Counted at the rate of the analytics since the camera was switched on.
    var index: Int
    /// When it was taken, nanoseconds since 1970.
    var utc: Int64
    /// The same, seconds since the camera was switched on.
    var time: Double
    var subject: PictureSubject
    var retouch: Retouch
    var standpoint: TruthSource.Standpoint?
}

/// Describes pictures; for one job at a time, in the order in which they were taken.
protocol SceneEye: AnyObject {
    /// - Returns: nil where there is nothing to be said of it.
    func frame(of order: SceneOrder) -> MetadataFrame?
}

/// Tells the truth of pictures; for one job at a time.
protocol TruthTeller: AnyObject {
    /// Pixels of the pictures that it tells of.
    var size: (width: Int, height: Int) { get }

    /// - Returns: nil for what it knows nothing of.
    func truth(of subject: PictureSubject) -> TruthFrame?
}

/// Describes pictures by their truth, with errors where they are wanted.
final class TruthEye: SceneEye {
    private let teller: any TruthTeller
    private let errors: ErrorModel
    /// What was told before errors, by its number: as many as a delay needs.
    private var sound: [Int: MetadataFrame] = [:]
    private var latest: TruthFrame?

    init(_ teller: any TruthTeller, errors: ErrorModel) {
        self.teller = teller
        self.errors = errors
    }

    func frame(of order: SceneOrder) -> MetadataFrame? {
        guard let truth = teller.truth(of: order.subject) else { return nil }
        let turn = order.retouch.turn
        let source = TruthSource(
            width: teller.size.width, height: teller.size.height, standpoint: order.standpoint,
            turn: TruthSource.Turn(isUpsideDown: turn.isUpsideDown, isMirrored: turn.isMirrored))
        let frame = source.frame(of: truth, after: latest, utc: order.utc)
        latest = truth
        guard !errors.isSound else { return frame }
        sound[order.index] = frame
        sound[order.index - errors.delay - 1] = nil
        // Pictures that were left out leave holes behind.
        if sound.count > 2 * (errors.delay + 1) { sound = sound.filter { $0.key >= order.index - errors.delay } }
        return errors.frame(order.index, utc: order.utc) { sound[$0] }
    }
}
