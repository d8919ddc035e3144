import Dispatch
import Foundation
import NIOCore
import NIOPosix

/// What the load is: whom it asks for what, how, and for how long.
public struct LoadPlan: Sendable {
    public var host: String
    public var port: Int
    /// The path of the service.
    public var path: String
    public var operation: BenchOperation
    public var authentication: BenchAuthentication
    public var user: String
    public var password: String
    /// Connections that ask at the same time, each one request at a time.
    public var connections: Int
    public var seconds: Double

    public init(
        host: String, port: Int, path: String, operation: BenchOperation, authentication: BenchAuthentication = .none,
        user: String = "admin", password: String = "", connections: Int = 32, seconds: Double = 5
    ) {
        self.host = host
        self.port = port
        self.path = path
        self.operation = operation
        self.authentication = authentication
        self.user = user
        self.password = password
        self.connections = connections
        self.seconds = seconds
    }
}

/// What came of a load.
public struct LoadResult: Equatable, Sendable {
    public internal(set) var latencies = Latencies()
    /// Answers with the status 200.
    public internal(set) var answers = 0
    public internal(set) var errors = 0
    /// The words of the first error.
    public internal(set) var firstError: String?
    /// Bytes of the answers, heads included.
    public internal(set) var bytes = 0
    /// From the first request to the last answer, seconds.
    public internal(set) var seconds = 0.0
    /// CPU time of this process in that time, seconds.
    public internal(set) var clientCPU = 0.0

    public init() {}

    public var requestsPerSecond: Double { seconds > 0 ? Double(answers) / seconds : 0 }

    /// Takes a further run of the same load into this one.
    public mutating func add(_ other: LoadResult) {
        latencies.add(other.latencies)
        answers += other.answers
        errors += other.errors
        firstError = firstError ?? other.firstError
        bytes += other.bytes
        seconds += other.seconds
        clientCPU += other.clientCPU
    }
}

/// Nothing listens there.
public struct LoadError: Error, Equatable, CustomStringConvertible {
    public let description: String
}

extension LoadPlan {
    /// Opens the connections, asks until the time is over, and closes them.
    ///
    /// - Returns: the result; errors of single requests are counted in it.
    /// - Throws: `LoadError` where no connection can be opened.
    public func run() async throws -> LoadResult {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let load = try await loop.submit { NIOLoopBound(Load(self), eventLoop: loop) }.get()
        let (begin, cpu) = (DispatchTime.now().uptimeNanoseconds, ProcessFigures.ownCPU)
        let channels = try await withThrowingTaskGroup(of: (any Channel).self) { group in
            for _ in 0..<connections { group.addTask { try await connect(load, loop) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        // A server that never answers must not hold us.
        // The time runs from the moment when everybody is there.
        try await loop.submit { load.value.startTime() }.get()
        let patience = loop.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9)) + .seconds(Self.patience)) {
            for channel in channels { channel.close(promise: nil) }
        }
        for channel in channels { try? await channel.closeFuture.get() }
        patience.cancel()
        return try await loop.submit {
            var result = load.value.result
            result.seconds = Double(max(load.value.last, begin + 1) - begin) / 1e9
            result.clientCPU = ProcessFigures.ownCPU - cpu
            return result
        }.get()
    }

    private func connect(_ load: NIOLoopBound<Load>, _ loop: any EventLoop) async throws -> any Channel {
        do {
            return try await ClientBootstrap(group: loop)
                .connectTimeout(.seconds(Self.connectTimeout))
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(LoadConnection(load.value))
                    }
                }
                .connect(host: host, port: port).get()
        } catch {
            throw LoadError(description: "\(host):\(port): no connection: \(error)")
        }
    }

    /// Seconds that opening a connection may take.
    private static let connectTimeout: Int64 = 10
    /// Seconds beyond the end that the last answers may take.
    private static let patience: Int64 = 10
}

/// What the connections of one load share; on one event loop.
final class Load {
    var request: SOAPRequest
    private(set) var result = LoadResult()
    /// When no further request is made, nanoseconds of the uptime.
    private(set) var end = UInt64.max
    /// When the last answer came.
    private(set) var last: UInt64 = 0
    private let plan: LoadPlan
    private let begin = DispatchTime.now().uptimeNanoseconds
    private let beginSeconds = Date().timeIntervalSince1970
    /// Challenges that were taken up; a server that has nothing but challenges refuses the credentials.
    private var challenges = 0

    init(_ plan: LoadPlan) {
        self.plan = plan
        request = Self.request(plan, nil)
    }

    func startTime() {
        end = DispatchTime.now().uptimeNanoseconds + UInt64(plan.seconds * 1e9)
    }

    private static func request(_ plan: LoadPlan, _ challenge: DigestChallenge?) -> SOAPRequest {
        SOAPRequest(
            plan.operation, target: plan.path, host: "\(plan.host):\(plan.port)", authentication: plan.authentication,
            user: plan.user, password: plan.password, challenge: challenge)
    }

    /// Seconds since 1970, for tokens.
    func seconds(at uptime: UInt64) -> Int64 {
        Int64(beginSeconds + Double(uptime - begin) / 1e9)
    }

    func answered(after nanoseconds: UInt64, bytes: Int, at time: UInt64) {
        result.answers += 1
        result.bytes += bytes
        result.latencies.record(microseconds: nanoseconds / 1000)
        last = time
    }

    func failed(_ reason: String) {
        result.errors += 1
        result.firstError = result.firstError ?? reason
        last = DispatchTime.now().uptimeNanoseconds
    }

    /// Takes up the challenge in an answer with the status 401.
    ///
    /// - Returns: whether the request is worth another try.
    func renew(_ answer: String) -> Bool {
        // Every connection may meet the first challenge, and each nonce may grow old.
        guard plan.authentication == .digest, challenges < plan.connections + result.answers / 8 else { return false }
        let values = answer.split(separator: "\r\n").compactMap { line -> DigestChallenge? in
            guard line.lowercased().hasPrefix("www-authenticate:") else { return nil }
            return DigestChallenge(line.dropFirst(17).trimmingCharacters(in: .whitespaces))
        }
        guard let challenge = values.first else { return false }
        challenges += 1
        request = Self.request(plan, challenge)
        return true
    }
}
