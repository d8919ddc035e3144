import Authentication
import Certificates
import Foundation
import HeapModule
import NIOCore
package import ONVIF
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
    }

    nonisolated let loop: any EventLoop
    nonisolated package var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    private(set) var state: DeviceState
    private var authorization: Authorization
    private let surroundings: Surroundings
    let mutation: Mutation?
    private let habits: PersonaHabits
    /// Requests that wait for an event or their deadline, by the token of their subscription.
    private var waiting: [String: Waiting] = [:]
    /// When to look after the waiting requests; those that were answered before leave their entries behind for a while.
    private var deadlines = Heap<Deadline>()
    /// Requests whose waiting is over, in the order in which they are answered.
    private var ready: ArraySlice<Waiting> = []
    /// Timers, the next one last; one that is not needed any more goes off in vain.
    private var alarms: [(time: Date, timer: Scheduled<Void>)] = []

    /// The most requests that are answered before the loop sees to its other work.
    private static let answersAtOnce = 32
    /// The most timers of a device at a time.
    private static let alarmLimit = 4
    /// Nothing is answered while the device reboots.
    private(set) var isDown = false

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

    /// When a waiting request is to be answered at the latest, by the host's clock.
    private struct Deadline: Comparable {
        let time: Date
        let token: String

        static func < (left: Deadline, right: Deadline) -> Bool { left.time < right.time }
    }

    init(
        state: DeviceState, loop: any EventLoop, surroundings: Surroundings, mutation: Mutation? = nil,
        habits: [PersonaHabit] = []
    ) {
        self.habits = PersonaHabits(habits)
        var state = state
        self.habits.change(&state)
        self.state = state
        self.loop = loop
        self.surroundings = surroundings
        self.mutation = mutation
        authorization = Authorization(model: state.model.access, digest: DigestAuthentication(realm: "glasseye"))
    }

    /// Applies the operation whole or, on a fault, not at all.
    package func perform<O: ServiceOperation>(_ operation: O, _ call: Call) throws(Fault) -> O.Response {
        var next = state
        let response = try operation.apply(to: &next, call)
        commit(next, changesDevice: O.access.changesDevice)
        return response
    }

    // MARK: Answering

    func answer(_ request: HTTPRequest) -> HTTPAnswer {
        guard !isDown, state.network.admits(request.remoteAddress, model: state.model) else { return .none }
        let path = request.path
        if path.hasPrefix(SnapshotPath.prefix) { return snapshot(request) }
        if path.hasPrefix(SystemFilePath.prefix) { return .now(file(request)) }
        guard path.hasPrefix("/onvif/") else {
            return .now(.text(status: 404, "nothing is served here; the device service is \(Service.device.path)"))
        }
        guard request.method == "POST" else {
            return .now(.text(status: 405, "web services are asked by POST"))
        }
        return soap(request)
    }

    private func soap(_ request: HTTPRequest) -> HTTPAnswer {
        var envelope: Envelope
        if request.body.isEmpty, request.authorization == nil, state.model.access.httpDigest {
            // How libcurl asks for the challenge before it sends a body.
            return .now(unauthorized(challenges(for: request), Addressing()))
        }
        if let fault = mutation?.refuse(request.body) { return .now(reply(fault, Addressing())) }
        do {
            envelope = try Envelope(request.body.span)
            try habits.read(request.body, &envelope)
        } catch {
            return .now(reply(error, Addressing()))
        }
        let known = Operations.entry(for: envelope.body, path: String(request.path))
        guard let entry = known, entry.isSupported(by: state.model), !habits.lacks(entry) else {
            if let reply = habits.replyToUnknown { return .now(reply) }
            let fault =
                known?.refusal(by: state.model)
                ?? Fault.receiver(
                    "ActionNotSupported",
                    reason: "this device has no operation \(envelope.body.name) of \(envelope.body.namespace)")
            return .now(reply(fault, envelope.addressing))
        }
        var call = Call(
            now: state.clock.now(host: surroundings.now()), scheme: request.tls == nil ? "http" : "https",
            authority: authority(of: request), addressing: envelope.addressing, path: String(request.path))
        let credentials = Authorization.Credentials(
            authorization: request.authorization, method: request.method, target: request.target,
            usernameToken: envelope.usernameToken, functions: [entry.function])
        if let decision = decideByTLS(habits.access(entry), request, [entry.function], now: call.now) {
            switch decision {
            case .allowed(let user): call.user = user
            case .challenge(let challenge): return .now(unauthorized([challenge], envelope.addressing))
            case .forbidden:
                var reply = reply(.notAuthorized, envelope.addressing)
                reply.status = 403
                return .now(reply)
            }
            return run(entry, envelope, call)
        }
        switch decide(habits.access(entry), credentials, now: call.now, from: request.remoteAddress) {
        case .allowed(let user): call.user = user
        case .fault(let fault): return .now(reply(fault, envelope.addressing))
        case .challenge(let challenges): return .now(unauthorized(challenges, envelope.addressing))
        }
        habits.change(&call, of: entry)
        return run(entry, envelope, call, from: request.remoteAddress)
    }

    private func run(
        _ entry: OperationEntry, _ envelope: Envelope, _ call: Call, from address: String? = nil
    ) -> HTTPAnswer {
        var exchange = Exchange(entry: entry, request: envelope.body, call: call, before: state, after: state)
        if entry.service == .events { exchange.after.catchUp(with: call.now) }
        let changesDevice = mutation != nil || entry.access.changesDevice
        do {
            let response = try entry.perform(envelope.body, &exchange.after, call)
            if let deadline = (response as? any DeferrableResponse)?.waitUntil {
                let answer = hold(entry, envelope, call, until: deadline)
                commit(exchange.after, changesDevice: changesDevice)
                return answer
            }
            exchange.result = .success(response)
        } catch {
            exchange.after = state
            exchange.result = .failure(error)
        }
        habits.change(&exchange)
        if let mutation { mutation.change(&exchange) }
        if case .success = exchange.result { exchange.after.noteChange(by: entry, call, from: address) }
        commit(exchange.after, changesDevice: changesDevice)
        switch exchange.result {
        case .success(let response):
            return .now(
                .soap(entry.envelope(response, answering: envelope.addressing, action: exchange.action)))
        case .failure(let fault): return .now(reply(fault, envelope.addressing, action: exchange.action))
        }
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
        guard request.host.isEmpty else { return request.host }
        let https = state.network.protocols.first { $0.name == .https }?.ports.first
        return "\(state.identity.address):\(request.tls == nil ? state.identity.httpPort : https ?? 443)"
    }

    private func decideByTLS(
        _ access: AccessClass, _ request: HTTPRequest, _ functions: [String], now: Date
    ) -> DeviceState.TLSDecision? {
        guard let tls = request.tls else { return nil }
        return state.decideByTLS(
            access, clientName: tls.clientName, authorization: request.authorization, functions: functions, now: now)
    }

    /// Whom a client's certificate must satisfy now.
    var clientValidation: (validators: [PathValidator], now: Date) {
        (state.clientValidators, state.clock.now(host: surroundings.now()))
    }

    /// `address`: where the request came from, for the log of what was refused.
    func decide(
        _ access: AccessClass, _ credentials: Authorization.Credentials, now: Date, from address: String? = nil
    ) -> Authorization.Decision {
        let decision = authorization.decide(access, credentials, system: state.system, now: now)
        let final = mutation?.decide(decision, access, credentials, state.system.users) ?? decision
        if let refusal = authorization.refusal, !final.isAllowed {
            update { state, now in state.noteRefusal(refusal, from: address, at: now) }
        }
        return final
    }

    /// The device's clock.
    var now: Date { state.clock.now(host: surroundings.now()) }

    // MARK: Streams and pictures

    /// Judges an RTSP request; everybody who may read media may watch.
    func authorizeRTSP(method: String, uri: String, authorization header: String?) -> Authorization.Decision {
        let credentials = Authorization.Credentials(
            authorization: header, method: method, target: uri, functions: ["trt:GetStreamUri", "tr2:GetStreamUri"])
        return decide(.readMedia, credentials, now: state.clock.now(host: surroundings.now()))
    }

    private func snapshot(_ request: HTTPRequest) -> HTTPAnswer {
        guard request.method == "GET" || request.method == "HEAD" else {
            return .now(.text(status: 405, "a snapshot is fetched by GET"))
        }
        switch decideByTLS(.readMedia, request, Self.snapshotFunctions, now: now) {
        case .allowed: return picture(request)
        case .challenge(let challenge):
            var reply = HTTPReply.text(status: 401, "the token is not accepted")
            reply.challenges = [challenge]
            return .now(reply)
        case .forbidden: return .now(.text(status: 403, "this user may not see pictures"))
        case nil: break
        }
        let credentials = Authorization.Credentials(
            authorization: request.authorization, method: request.method, target: request.target,
            functions: Self.snapshotFunctions)
        switch decide(.readMedia, credentials, now: now, from: request.remoteAddress) {
        case .allowed: return picture(request)
        case .challenge(let challenges):
            var reply = HTTPReply.text(status: 401, "a snapshot wants the credentials of a user")
            reply.challenges = challenges
            return .now(reply)
        case .fault: return .now(.text(status: 403, "this user may not see pictures"))
        }
    }

    /// A picture is fetched by whoever may ask for its address.
    private static let snapshotFunctions = ["trt:GetSnapshotUri", "tr2:GetSnapshotUri"]

    private func picture(_ request: HTTPRequest) -> HTTPAnswer {
        guard let profile = SnapshotPath.profile(of: String(request.path)),
            let picture = surroundings.snapshot(profile)
        else { return .now(.text(status: 404, "there is no media profile of that name with a picture")) }
        return .later(picture.map { HTTPReply(status: 200, contentType: "image/jpeg", body: $0) })
    }

    // MARK: Change

    /// Takes the new state, then tells everybody whom it concerns.
    ///
    /// - Parameters:
    ///   - next: the new state.
    ///   - changesDevice: whether properties can have changed.
    private func commit(_ next: DeviceState, changesDevice: Bool) {
        state = next
        let effects = state.effects
        state.effects = []
        for effect in effects { surroundings.perform(effect) }
        if changesDevice { state.tellProperties(at: state.clock.now(host: surroundings.now())) }
        for var push in state.events.takePushes() {
            mutation?.change(&push)
            surroundings.notify(push)
        }
        wake(state.events.takeNews())
        rearm()
    }

    /// Changes the state from inside the emulator.
    ///
    /// - Parameters:
    ///   - changesDevice: whether properties can change by it.
    ///   - change: gets the state and the device's time.
    func update(changesDevice: Bool = true, _ change: (inout DeviceState, Date) -> Void) {
        var next = state
        change(&next, state.clock.now(host: surroundings.now()))
        commit(next, changesDevice: changesDevice)
    }

    private func hold(_ entry: OperationEntry, _ envelope: Envelope, _ call: Call, until deadline: Date) -> HTTPAnswer {
        guard let token = EventState.token(ofPath: call.path), waiting[token] == nil else {
            return .now(reply(EventService.PullMessages.alreadyWaiting(now: call.now), envelope.addressing))
        }
        let (promise, arrived) = (loop.makePromise(of: HTTPReply.self), surroundings.now())
        let request = Waiting(
            entry: entry, envelope: envelope, call: call, promise: promise, arrived: arrived,
            deadline: arrived + deadline.timeIntervalSince(call.now))
        waiting[token] = request
        if deadlines.count > 2 * waiting.count {
            deadlines = Heap(waiting.map { Deadline(time: $1.deadline, token: $0) })
        } else {
            deadlines.insert(Deadline(time: request.deadline, token: token))
        }
        return .later(promise.futureResult)
    }

    /// Has the requests that wait for these subscriptions answered.
    private func wake(_ tokens: [String]) {
        let isIdle = ready.isEmpty
        for token in tokens {
            if let request = waiting.removeValue(forKey: token) { ready.append(request) }
        }
        if isIdle, !ready.isEmpty { answerReady() }
    }

    /// Performs waiting requests again, some now, the others after what else the loop has to do.
    private func answerReady() {
        let host = surroundings.now()
        // Those that are woken by an answer come after those that are being answered.
        let batch = ready.prefix(Self.answersAtOnce)
        for request in batch {
            var call = request.call
            call.arrived = state.clock.now(host: request.arrived)
            call.now = state.clock.now(host: host)
            switch run(request.entry, request.envelope, call) {
            case .now(let reply): request.promise.succeed(reply)
            case .later(let future): future.cascade(to: request.promise)
            case .none: request.promise.fail(DeviceIsDown())
            }
        }
        ready = ready.dropFirst(batch.count)
        if ready.isEmpty {
            ready = []
        } else {
            loop.execute { [weak self] in self?.assumeIsolated { $0.answerReady() } }
        }
    }

    /// Requests that wait.
    var waitingCount: Int { waiting.count }

    private struct DeviceIsDown: Error {}

    /// Sets a timer for whatever is due first: an expiry, an alarm, a waiting request.
    private func rearm() {
        let host = surroundings.now()
        let now = state.clock.now(host: host)
        let change = state.nextChange(after: now).map { host + $0.timeIntervalSince(now) }
        guard let due = [deadlines.min?.time, change].compactMap({ $0 }).min() else { return }
        if let next = alarms.last {
            guard due < next.time else { return }
            if alarms.count == Self.alarmLimit { alarms.removeLast().timer.cancel() }
        }
        // Rounded up to the next millisecond, so that the time has come for certain when the timer fires.
        let delay = TimeAmount.milliseconds(Int64(max(0, due.timeIntervalSince(host)) * 1000) + 1)
        let timer = loop.scheduleTask(in: delay) { [weak self] in
            guard let self else { return }
            assumeIsolated { $0.timeIsUp() }
        }
        alarms.append((due, timer))
    }

    private func timeIsUp() {
        if !alarms.isEmpty { alarms.removeLast() }
        let host = surroundings.now()
        var over: [String] = []
        while let first = deadlines.min, first.time <= host {
            deadlines.removeMin()
            if waiting[first.token]?.deadline == first.time { over.append(first.token) }
        }
        wake(over)
        var next = state
        next.catchUp(with: state.clock.now(host: host))
        commit(next, changesDevice: false)
    }

    // MARK: Power

    /// Begins to watch the clock.
    func switchOn() {
        rearm()
    }

    /// Ends what clients wait for and answers nothing until `comeUp`.
    func goDown() {
        isDown = true
        for alarm in alarms { alarm.timer.cancel() }
        alarms = []
        for request in Array(waiting.values) + ready { request.promise.fail(DeviceIsDown()) }
        waiting = [:]
        ready = []
        deadlines = Heap()
    }

    func comeUp() {
        isDown = false
        update { state, now in state.restart(at: now) }
    }
}
