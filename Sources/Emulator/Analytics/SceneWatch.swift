import AV
import Analytics
import Foundation
import Metadata
import NIOCore
import NIOPosix
import ONVIF
import Synchronization

/// The analytics of one video source: pictures that somebody wants described are, once each, one after the other, on threads
/// of their own; nothing waits for them.
///
/// Entered on the camera's event loop, on which answers come, too.
final class SceneWatch: Sendable {
    /// Descriptions that are remembered for further askers.
    static let frameLimit = 64
    /// Pictures that wait; the oldest is left out for a further one.
    static let orderLimit = 8
    /// By how much a picture may come before its place in the raster of the analytics, nanoseconds.
    private static let tolerance: Int64 = 1_000_000

    typealias Taker = @Sendable (MetadataFrame) -> Void

    private struct State {
        var orders: [SceneOrder] = []
        var takers: [Int64: [Taker]] = [:]
        /// Answers by their picture's instant, the latest last; nil for pictures of which there is nothing to say.
        var known: [(utc: Int64, frame: MetadataFrame?)] = []
        var isBusy = false
    }

    /// Pictures a second that are looked at.
    let rate: Double
    private let epoch: Int64
    private let loop: any EventLoop
    private let makeEye: @Sendable () -> (any SceneEye)?
    /// Told every description.
    private let observe: Taker
    private let state = Mutex(State())
    /// Made and used by one job at a time.
    private let eye = Mutex<(any SceneEye)?>(nil)

    /// - Parameters:
    ///   - rate: pictures a second that are looked at.
    ///   - epoch: when the camera was switched on, nanoseconds of the stream clock.
    ///   - loop: of the camera.
    ///   - eye: made off the loop when the first picture is described; nil where it cannot be made.
    ///   - observe: told every description, on the loop.
    init(
        rate: Double, epoch: Int64, loop: any EventLoop,
        eye: @escaping @Sendable () -> (any SceneEye)?, observe: @escaping Taker
    ) {
        self.rate = rate
        self.epoch = epoch
        self.loop = loop
        makeEye = eye
        self.observe = observe
    }

    /// The number of an instant in the raster of the analytics.
    func index(of instant: Int64) -> Int {
        Int((Double(max(0, instant - epoch + Self.tolerance)) * rate / 1e9).rounded(.down))
    }

    /// Nanoseconds of the stream clock from picture to picture.
    var interval: Int64 { Int64(1e9 / rate) }

    /// Has a picture described.
    ///
    /// - Parameters:
    ///   - moment: the picture.
    ///   - utc: when it was taken, nanoseconds since 1970.
    ///   - standpoint: of the camera.
    ///   - taker: gets the description on the loop, where there is one.
    func describe(
        _ moment: PictureMoment, utc: Int64, standpoint: TruthSource.Standpoint?, taker: Taker? = nil
    ) {
        let answer = state.withLock { state -> MetadataFrame? in
            // Two readings of the clock differ by less than two pictures do.
            if let known = state.known.last(where: { abs($0.utc - utc) < Self.tolerance }) { return known.frame }
            if let waiting = state.takers.keys.first(where: { abs($0 - utc) < Self.tolerance }) {
                if let taker { state.takers[waiting, default: []].append(taker) }
                return nil
            }
            state.takers[utc] = taker.map { [$0] } ?? []
            state.orders.append(
                SceneOrder(
                    index: index(of: moment.instant), utc: utc, time: Double(moment.instant - epoch) / 1e9,
                    subject: moment.subject, retouch: moment.retouch, standpoint: standpoint))
            if state.orders.count > Self.orderLimit { state.takers[state.orders.removeFirst().utc] = nil }
            return nil
        }
        if let answer, let taker { taker(answer) }
        work()
    }

    private func work() {
        let order = state.withLock { state -> SceneOrder? in
            guard !state.isBusy, !state.orders.isEmpty else { return nil }
            state.isBusy = true
            return state.orders.removeFirst()
        }
        guard let order else { return }
        NIOThreadPool.singleton.submit { status in
            guard case .active = status else { return }
            let frame = self.eye.withLock { eye in
                if eye == nil { eye = self.makeEye() }
                return eye?.frame(of: order)
            }
            self.loop.execute { self.finish(order, frame) }
        }
    }

    private func finish(_ order: SceneOrder, _ frame: MetadataFrame?) {
        let takers = state.withLock { state in
            state.isBusy = false
            state.known.append((order.utc, frame))
            if state.known.count > Self.frameLimit { state.known.removeFirst() }
            return state.takers.removeValue(forKey: order.utc) ?? []
        }
        if let frame {
            for taker in takers { taker(frame) }
            observe(frame)
        }
        work()
    }

    /// Nobody asks any more: what the eye keeps is let go.
    func rest() {
        NIOThreadPool.singleton.submit { _ in self.eye.withLock { $0 = nil } }
    }
}
