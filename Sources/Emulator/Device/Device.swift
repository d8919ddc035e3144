import Analytics
import Authentication
import Certificates
import Foundation
import HeapModule
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
        /// What the loudspeaker played last, as a WAV file.
        var heard: @Sendable () -> [UInt8] = { [] }
        /// Makes durable what the device keeps, and then is done on the device's loop; nil where nothing is kept.
        var keep: (@Sendable (KeptState) -> EventLoopFuture<Void>)?
    }

    nonisolated let loop: any EventLoop
    nonisolated package var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    private(set) var state: DeviceState
    private var authorization: Authorization
    private let surroundings: Surroundings
    let mutation: Mutation?
    private let habits: PersonaHabits
    private var written = WrittenAnswers()
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
    /// What the metadata streams that somebody takes have told, by the token of their media profile.
    var metadataReaders: [String: MetadataReader] = [:]
    /// The rules at work, by the index of their video source.
    var ruleEngines: [Int: RuleEngine] = [:]
    /// The world that the head stands in; nil for one that has nothing to follow.
    var outlook: Outlook?
    /// The connections to event brokers; nil while there are none.
    var brokers: Brokers?
    /// Nothing is answered while the device reboots.
    private(set) var isDown = false
    /// A change on its way to the disk; the state is still the one before it.
    private var keeping: EventLoopFuture<Void>?
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

    /// The host's clock.
    var hostTime: Date { surroundings.now() }

    /// A change is on its way to the disk, and everything else waits.
    var isKeeping: Bool { keeping != nil }

    // MARK: Answering

    func answer(_ request: HTTPRequest) -> HTTPAnswer {
        guard !isDown, state.network.admits(request.remoteAddress, model: state.model) else { return .none }
        let path = request.path
        if path.hasPrefix(SnapshotPath.prefix) { return media(request, picture) }
        if path == LoudspeakerPath.path { return media(request, sound) }
        guard keeping == nil else {
            let promise = loop.makePromise(of: HTTPReply.self)
            held.append { self.answer(request).fulfil(promise) }
            return .later(promise.futureResult)
        }
        if path.hasPrefix(SystemFilePath.prefix) { return whenKept(file(request)) }
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
        if entry.isPureRead, mutation == nil, habits.isEmpty { return read(entry, envelope, call) }
        var exchange = Exchange(entry: entry, request: envelope.body, call: call, before: state, after: state)
        if entry.service == .events {
            exchange.after.catchUp(with: call.now)
            if let brokers { exchange.after.brokers.links = brokers.links }
        }
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
        let reply =
            switch exchange.result {
            case .success(let response):
                HTTPReply.soap(entry.envelope(response, answering: envelope.addressing, action: exchange.action))
            case .failure(let fault): reply(fault, envelope.addressing, action: exchange.action)
            }
        commit(exchange.after, changesDevice: changesDevice)
        return whenKept(reply, orElse: self.reply(Self.cannotKeep, envelope.addressing))
    }

    /// Answers what only looks: nothing is copied, and nobody has to be told.
    private func read(_ entry: OperationEntry, _ envelope: Envelope, _ call: Call) -> HTTPAnswer {
        if let bytes = written.answer(to: entry, envelope, call) { return .now(.soap(bytes)) }
        do {
            let response = try entry.perform(envelope.body, &state, call)
            let bytes = entry.envelope(response, answering: envelope.addressing)
            written.keep(bytes, of: entry, envelope, call)
            return .now(.soap(bytes))
        } catch {
            return .now(reply(error, envelope.addressing))
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
        return "\(state.identity.host):\(request.tls == nil ? state.identity.httpPort : https ?? 443)"
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

    /// - Returns: nil where TLS says nothing of who may watch.
    func authorizeRTSP(
        by connection: TLSConnection, authorization header: String?
    ) -> DeviceState.TLSDecision? {
        state.decideByTLS(
            .readMedia, clientName: connection.clientName, authorization: header,
            functions: ["trt:GetStreamUri", "tr2:GetStreamUri"], now: now)
    }

    /// Serves what everybody may see and hear who may watch the streams.
    private func media(_ request: HTTPRequest, _ serve: (HTTPRequest) -> HTTPAnswer) -> HTTPAnswer {
        guard request.method == "GET" || request.method == "HEAD" else {
            return .now(.text(status: 405, "pictures and sound are fetched by GET"))
        }
        switch decideByTLS(.readMedia, request, Self.snapshotFunctions, now: now) {
        case .allowed: return serve(request)
        case .challenge(let challenge):
            var reply = HTTPReply.text(status: 401, "the token is not accepted")
            reply.challenges = [challenge]
            return .now(reply)
        case .forbidden: return .now(.text(status: 403, "this user may neither see pictures nor hear sound"))
        case nil: break
        }
        let credentials = Authorization.Credentials(
            authorization: request.authorization, method: request.method, target: request.target,
            functions: Self.snapshotFunctions)
        switch decide(.readMedia, credentials, now: now, from: request.remoteAddress) {
        case .allowed: return serve(request)
        case .challenge(let challenges):
            var reply = HTTPReply.text(status: 401, "pictures and sound want the credentials of a user")
            reply.challenges = challenges
            return .now(reply)
        case .fault: return .now(.text(status: 403, "this user may neither see pictures nor hear sound"))
        }
    }

    /// A picture is fetched by whoever may ask for its address.
    private static let snapshotFunctions = ["trt:GetSnapshotUri", "tr2:GetSnapshotUri"]

    private func sound(_ request: HTTPRequest) -> HTTPAnswer {
        guard state.model.loudspeaker != nil else { return .now(.text(status: 404, "this device has no loudspeaker")) }
        return .now(HTTPReply(status: 200, contentType: "audio/wav", body: surroundings.heard()))
    }

    private func picture(_ request: HTTPRequest) -> HTTPAnswer {
        guard let profile = SnapshotPath.profile(of: String(request.path)),
            let picture = surroundings.snapshot(profile)
        else { return .now(.text(status: 404, "there is no media profile of that name with a picture")) }
        return .later(picture.map { HTTPReply(status: 200, contentType: "image/jpeg", body: $0) })
    }

    // MARK: Change

    /// Takes the new state, on disk first where it is kept.
    ///
    /// Until it is there nothing else changes the state, and the state is the one before: requests and alarms are held.
    /// Where the disk refuses, the state stays.
    ///
    /// - Parameters:
    ///   - next: the new state.
    ///   - changesDevice: whether properties can have changed.
    private func commit(_ next: DeviceState, changesDevice: Bool) {
        precondition(keeping == nil, "a change while another is being kept would be lost")
        guard let keep = surroundings.keep else { return take(next, changesDevice: changesDevice) }
        let kept = next.kept
        guard kept != state.kept else { return take(next, changesDevice: changesDevice) }
        let keeping = keep(kept)
        self.keeping = keeping
        keeping.whenComplete { result in
            self.assumeIsolated { device in
                device.keeping = nil
                if case .success = result { device.take(next, changesDevice: changesDevice) }
            }
        }
        // After the answers that wait for the same.
        keeping.whenComplete { _ in
            self.loop.execute { self.assumeIsolated { $0.performHeld() } }
        }
    }

    private func performHeld() {
        while keeping == nil, let first = held.popFirst() { first() }
    }

    /// The answer to what may have changed the state: it leaves once the change is on disk.
    ///
    /// - Parameters:
    ///   - reply: the answer.
    ///   - refusal: the answer where the disk refuses; words for people where nil.
    /// - Returns: the answer, at once where nothing is being kept.
    private func whenKept(_ reply: HTTPReply, orElse refusal: @autoclosure () -> HTTPReply? = nil) -> HTTPAnswer {
        guard let keeping else { return .now(reply) }
        let refusal = refusal() ?? .text(status: 500, Self.cannotKeep.reason)
        return .later(keeping.map { reply }.recover { _ in refusal })
    }

    /// The disk refuses; the state stays as it was.
    private static let cannotKeep = Fault.receiver(
        "Action", reason: "the device cannot store the change; everything is as it was before")

    /// Takes the new state, then tells everybody whom it concerns.
    private func take(_ next: DeviceState, changesDevice: Bool) {
        state = next
        written.forget()
        let effects = state.effects
        state.effects = []
        for effect in effects { surroundings.perform(effect) }
        if changesDevice { state.tellProperties(at: state.clock.now(host: surroundings.now())) }
        for var push in state.events.takePushes() {
            mutation?.change(&push)
            surroundings.notify(push)
        }
        if let brokers {
            for (address, messages) in state.takeBrokerMessages() { brokers.publish(messages, to: address) }
        }
        wake(state.events.takeNews())
        rearm()
    }

    /// Changes the state from inside the emulator, after the change that is being kept, if there is one.
    ///
    /// - Parameters:
    ///   - changesDevice: whether properties can change by it.
    ///   - change: gets the state and the device's time.
    func update(changesDevice: Bool = true, _ change: @escaping (inout DeviceState, Date) -> Void) {
        guard keeping == nil else { return held.append { self.update(changesDevice: changesDevice, change) } }
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
        guard keeping == nil else { return held.append { self.answerReady() } }
        let host = surroundings.now()
        // Those that are woken by an answer come after those that are being answered.
        let batch = ready.prefix(Self.answersAtOnce)
        for request in batch {
            var call = request.call
            call.arrived = state.clock.now(host: request.arrived)
            call.now = state.clock.now(host: host)
            run(request.entry, request.envelope, call).fulfil(request.promise)
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

    /// Sets a timer for whatever is due first: an expiry, an alarm, a waiting request.
    private func rearm() {
        let host = surroundings.now()
        let now = state.clock.now(host: host)
        let changes = [state.nextChange(after: now), trackingDue].compactMap { $0 }
        let change = changes.min().map { host + $0.timeIntervalSince(now) }
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
        catchUp()
    }

    /// Does what the clock alone brings.
    private func catchUp() {
        guard keeping == nil else { return held.append { self.catchUp() } }
        let host = surroundings.now()
        var over: [String] = []
        while let first = deadlines.min, first.time <= host {
            deadlines.removeMin()
            if waiting[first.token]?.deadline == first.time { over.append(first.token) }
        }
        wake(over)
        var next = state
        next.catchUp(with: state.clock.now(host: host))
        planTracking(&next, now: state.clock.now(host: host))
        commit(next, changesDevice: false)
    }

    // MARK: Power

    /// Begins to watch the clock, and asks for what was under way before a restart.
    func switchOn() {
        let effects = state.effects
        state.effects = []
        for effect in effects { surroundings.perform(effect) }
        followBrokers()
        update(changesDevice: false) { _, _ in }
        rearm()
    }

    /// Ends what clients wait for and answers nothing until `comeUp`.
    func goDown() {
        isDown = true
        leaveBrokers()
        ruleEngines = [:]
        for alarm in alarms { alarm.timer.cancel() }
        alarms = []
        for request in Array(waiting.values) + ready { request.promise.fail(HTTPAnswer.Nothing()) }
        waiting = [:]
        ready = []
        deadlines = Heap()
    }

    func comeUp() {
        isDown = false
        followBrokers()
        update { state, now in state.restart(at: now) }
    }
}
