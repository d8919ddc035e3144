import Authentication
import Foundation
import NIOCore
import ONVIF
import XML

/// The control plane of an emulated camera; the only owner of its state.
///
/// It runs on the camera's event loop, on which its connections live too, so that answering needs no hop.
package actor Device {
    /// What the device asks of the camera around it; called on the device's loop.
    struct Surroundings: Sendable {
        /// The host's clock.
        var now: @Sendable () -> Date
        var perform: @Sendable (Effect) -> Void
        /// Sends a notification to a consumer; the device is told of a failure.
        var notify: @Sendable (EventPush) -> Void
        /// The JPEG picture of that media profile that is on air.
        var snapshot: @Sendable (_ profile: String) -> EventLoopFuture<[UInt8]>?
        /// Makes durable what the device keeps, and then is done on the device's loop; nil where nothing is kept.
        var keep: (@Sendable (KeptState) -> EventLoopFuture<Void>)?
    }

    nonisolated let loop: any EventLoop
    nonisolated package var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    private(set) var state: DeviceState
    private var authorization: Authorization
    private let surroundings: Surroundings
    let mutation: Mutation?
    /// Requests that wait for an event or their deadline.
    private var waiting: [Waiting] = []
    private var alarm: Scheduled<Void>?
    /// Nothing is answered while the device reboots.
    private(set) var isDown = false
    /// A change is on its way to the disk; the state is still the one before it.
    private var isKeeping = false
    /// What came meanwhile, in its order; a request a connection at most, which bounds it.
    private var held = CircularBuffer<() -> Void>()

    /// A PullMessages that found nothing yet.
    private struct Waiting {
        let entry: OperationEntry
        let envelope: Envelope
        let call: Call
        let promise: EventLoopPromise<HTTPReply>
        /// When it came and when it is answered at the latest, by the host's clock, which nobody sets.
        let arrived: Date
        let deadline: Date
    }

    init(state: DeviceState, loop: any EventLoop, surroundings: Surroundings, mutation: Mutation? = nil) {
        self.state = state
        self.loop = loop
        self.surroundings = surroundings
        self.mutation = mutation
        authorization = Authorization(model: state.model.access, digest: DigestAuthentication(realm: "glasseye"))
    }

    // MARK: Answering

    func answer(_ request: HTTPRequest) -> HTTPAnswer {
        guard !isDown else { return .none }
        let path = request.path
        if path.hasPrefix(SnapshotPath.prefix) { return snapshot(request) }
        guard path.hasPrefix("/onvif/") else {
            return .now(.text(status: 404, "nothing is served here; the device service is \(Service.device.path)"))
        }
        guard request.method == "POST" else {
            return .now(.text(status: 405, "web services are asked by POST"))
        }
        guard !isKeeping else {
            let promise = loop.makePromise(of: HTTPReply.self)
            held.append { self.answer(request).fulfil(promise) }
            return .later(promise.futureResult)
        }
        return soap(request)
    }

    private func soap(_ request: HTTPRequest) -> HTTPAnswer {
        let envelope: Envelope
        if request.body.isEmpty, request.authorization == nil, state.model.access.httpDigest {
            // How libcurl asks for the challenge before it sends a body.
            return .now(unauthorized(challenges(for: request), Addressing()))
        }
        if let fault = mutation?.refuse(request.body) { return .now(reply(fault, Addressing())) }
        do {
            envelope = try Envelope(request.body.span)
        } catch {
            return .now(reply(error, Addressing()))
        }
        guard let entry = Operations.entry(for: envelope.body), entry.isSupported(by: state.model) else {
            let fault = Fault.receiver(
                "ActionNotSupported",
                reason: "this device has no operation \(envelope.body.name) of \(envelope.body.namespace)")
            return .now(reply(fault, envelope.addressing))
        }
        var call = Call(
            now: state.clock.now(host: surroundings.now()), authority: authority(of: request),
            addressing: envelope.addressing, path: String(request.path))
        let credentials = Authorization.Credentials(
            authorization: request.authorization, method: request.method, target: request.target,
            usernameToken: envelope.usernameToken)
        switch decide(entry.access, credentials, now: call.now) {
        case .allowed(let user): call.user = user
        case .fault(let fault): return .now(reply(fault, envelope.addressing))
        case .challenge(let challenges): return .now(unauthorized(challenges, envelope.addressing))
        }
        return run(entry, envelope, call)
    }

    private func run(_ entry: OperationEntry, _ envelope: Envelope, _ call: Call) -> HTTPAnswer {
        var exchange = Exchange(entry: entry, request: envelope.body, call: call, before: state, after: state)
        if entry.service == .events { exchange.after.advance(to: call.now) }
        do {
            let response = try entry.perform(envelope.body, &exchange.after, call)
            if let deadline = (response as? any DeferrableResponse)?.waitUntil {
                let answer = hold(entry, envelope, call, until: deadline)
                commit(exchange.after) { _, _ in }
                return answer
            }
            exchange.result = .success(response)
        } catch {
            exchange.after = state
            exchange.result = .failure(error)
        }
        if let mutation { mutation.change(&exchange) }
        let reply =
            switch exchange.result {
            case .success(let response):
                HTTPReply.soap(entry.envelope(response, answering: envelope.addressing, action: exchange.action))
            case .failure(let fault): reply(fault, envelope.addressing, action: exchange.action)
            }
        return commit(exchange.after, answering: reply, envelope.addressing)
    }

    private func reply(_ fault: Fault, _ addressing: Addressing, action: String? = nil) -> HTTPReply {
        .soap(status: fault.httpStatus, Reply.fault(fault, answering: addressing, action: action))
    }

    private func unauthorized(_ challenges: [String], _ addressing: Addressing) -> HTTPReply {
        var reply = reply(.notAuthorized, addressing)
        reply.status = 401
        reply.challenges = challenges
        return reply
    }

    private func challenges(for request: HTTPRequest) -> [String] {
        let credentials = Authorization.Credentials(method: request.method, target: request.target)
        guard case .challenge(let challenges) = decide(.writeSystem, credentials, now: surroundings.now()) else {
            return []
        }
        return challenges
    }

    private func authority(of request: HTTPRequest) -> String {
        request.host.isEmpty ? "\(state.identity.address):\(state.identity.httpPort)" : request.host
    }

    private func decide(
        _ access: AccessClass, _ credentials: Authorization.Credentials, now: Date
    ) -> Authorization.Decision {
        let decision = authorization.decide(access, credentials, system: state.system, now: now)
        return mutation?.decide(decision, access, credentials, state.system.users) ?? decision
    }

    // MARK: Streams and pictures

    /// Judges an RTSP request; everybody who may read media may watch.
    func authorizeRTSP(method: String, uri: String, authorization header: String?) -> Authorization.Decision {
        let credentials = Authorization.Credentials(authorization: header, method: method, target: uri)
        return decide(.readMedia, credentials, now: state.clock.now(host: surroundings.now()))
    }

    private func snapshot(_ request: HTTPRequest) -> HTTPAnswer {
        guard request.method == "GET" || request.method == "HEAD" else {
            return .now(.text(status: 405, "a snapshot is fetched by GET"))
        }
        let credentials = Authorization.Credentials(
            authorization: request.authorization, method: request.method, target: request.target)
        switch decide(.readMedia, credentials, now: state.clock.now(host: surroundings.now())) {
        case .allowed: break
        case .challenge(let challenges):
            var reply = HTTPReply.text(status: 401, "a snapshot wants the credentials of a user")
            reply.challenges = challenges
            return .now(reply)
        case .fault: return .now(.text(status: 403, "this user may not see pictures"))
        }
        guard let profile = SnapshotPath.profile(of: String(request.path)),
            let picture = surroundings.snapshot(profile)
        else { return .now(.text(status: 404, "there is no media profile of that name with a picture")) }
        return .later(picture.map { HTTPReply(status: 200, contentType: "image/jpeg", body: $0) })
    }

    // MARK: Change

    /// Takes the new state, on disk first where it is kept; the answer leaves only then.
    private func commit(_ next: DeviceState, answering reply: HTTPReply, _ addressing: Addressing) -> HTTPAnswer {
        guard changesKept(next) else {
            take(next)
            return .now(reply)
        }
        let promise = loop.makePromise(of: HTTPReply.self)
        commit(next) { device, isTaken in
            promise.succeed(isTaken ? reply : device.reply(Self.cannotKeep, addressing))
        }
        return .later(promise.futureResult)
    }

    /// The disk refuses; the state stays as it was.
    private static let cannotKeep = Fault.receiver(
        "Action", reason: "the device cannot store the change; everything is as it was before")

    private func changesKept(_ next: DeviceState) -> Bool {
        surroundings.keep != nil && next.kept != state.kept
    }

    /// Takes the new state, on disk first where it is kept, and says whether it was taken.
    ///
    /// Until then nothing else changes the state: requests and alarms are held.
    private func commit(_ next: DeviceState, then: @escaping @Sendable (isolated Device, Bool) -> Void) {
        guard let keep = surroundings.keep, changesKept(next) else {
            take(next)
            return then(self, true)
        }
        isKeeping = true
        keep(next.kept).whenComplete { result in
            self.assumeIsolated { device in
                device.isKeeping = false
                if case .success = result {
                    device.take(next)
                    then(device, true)
                } else {
                    then(device, false)
                }
                while !device.isKeeping, let first = device.held.popFirst() { first() }
            }
        }
    }

    /// Takes the new state, then tells everybody whom it concerns.
    private func take(_ next: DeviceState) {
        state = next
        let effects = state.effects
        state.effects = []
        for effect in effects { surroundings.perform(effect) }
        if !state.events.subscriptions.isEmpty { state.tellProperties(at: state.clock.now(host: surroundings.now())) }
        for var push in state.events.takePushes() {
            mutation?.change(&push)
            surroundings.notify(push)
        }
        wakeWaiting()
        rearm()
    }

    /// Changes the state from inside the emulator: alarms, expiry, reports of failed notifications.
    func update(_ change: @escaping (inout DeviceState, Date) -> Void) {
        guard !isKeeping else { return held.append { self.update(change) } }
        var next = state
        change(&next, state.clock.now(host: surroundings.now()))
        commit(next) { _, _ in }
    }

    private func hold(_ entry: OperationEntry, _ envelope: Envelope, _ call: Call, until deadline: Date) -> HTTPAnswer {
        guard !waiting.contains(where: { $0.call.path == call.path }) else {
            return .now(reply(EventService.PullMessages.alreadyWaiting(now: call.now), envelope.addressing))
        }
        let (promise, arrived) = (loop.makePromise(of: HTTPReply.self), surroundings.now())
        waiting.append(
            Waiting(
                entry: entry, envelope: envelope, call: call, promise: promise, arrived: arrived,
                deadline: arrived + deadline.timeIntervalSince(call.now)))
        return .later(promise.futureResult)
    }

    /// Performs all waiting requests again for which there is news, or whose time is up.
    private func wakeWaiting() {
        guard !waiting.isEmpty, !isKeeping else { return }
        let host = surroundings.now()
        var ready: [Waiting] = []
        waiting.removeAll { request in
            let hasNews = EventState.token(ofPath: request.call.path).map(state.events.hasMessages) ?? true
            guard hasNews || request.deadline <= host else { return false }
            ready.append(request)
            return true
        }
        for request in ready {
            var call = request.call
            call.arrived = state.clock.now(host: request.arrived)
            call.now = state.clock.now(host: host)
            run(request.entry, request.envelope, call).fulfil(request.promise)
        }
    }

    /// One timer a device, for whatever is due first: an expiry, an alarm, a waiting request.
    private func rearm() {
        alarm?.cancel()
        alarm = nil
        let host = surroundings.now()
        let now = state.clock.now(host: host)
        var delays = waiting.map { $0.deadline.timeIntervalSince(host) }
        if let deadline = state.nextChange(after: now) { delays.append(deadline.timeIntervalSince(now)) }
        guard let delay = delays.min() else { return }
        // Rounded up to the next millisecond, so that the time has come for certain when the timer fires.
        alarm = loop.scheduleTask(in: .milliseconds(Int64(max(0, delay) * 1000) + 1)) { [weak self] in
            self?.assumeIsolated { $0.timeIsUp() }
        }
    }

    private func timeIsUp() {
        alarm = nil
        update { state, now in state.advance(to: now) }
    }

    // MARK: Power

    /// Ends what clients wait for and answers nothing until `comeUp`.
    func goDown() {
        isDown = true
        alarm?.cancel()
        alarm = nil
        for request in waiting { request.promise.fail(HTTPAnswer.Nothing()) }
        waiting = []
    }

    func comeUp() {
        isDown = false
        update { state, now in state.restart(at: now) }
    }
}
