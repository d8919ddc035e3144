/// What an RTSP server asks of the camera that it speaks for. All closures are called on the server's event loop.
package struct StreamingCamera: Sendable {
    /// The stream of a path such as `/stream/1` (no query, no slash at the end); nil answers 404.
    package let stream: @Sendable (_ path: String) -> LiveStream?
    /// Whether a request may go on. OPTIONS is not asked for.
    package let authorize: @Sendable (_ method: String, _ uri: String, _ authorization: String?) -> RTSPAuthorization
    /// What a connection over TLS says of the request, by the client's certificate or a token; nil where `authorize` decides.
    let authorizeByTLS: @Sendable (_ connection: TLSConnection, _ authorization: String?) -> RTSPAuthorization?
    /// Whether somebody at that numeric address may speak with the camera at all.
    let admits: @Sendable (_ address: String?) -> Bool
    /// The multicast group of a track of a stream; nil where it has none.
    let multicastGroup: @Sendable (_ path: String, _ track: Int) -> MulticastGroup?
    /// The way of sound to the loudspeaker that the stream of a path has; nil for none.
    var backchannel: @Sendable (_ path: String) -> BackchannelOffer? = { _ in nil }
    /// Plays what comes that way.
    var loudspeaker = Loudspeaker()
    /// The camera's own time, since 1970-01-01 UTC.
    package let now: @Sendable () -> Duration
    /// What it does otherwise than it should; nil for a sound camera.
    let habit: Habit?
    /// What goes wrong on its wire; nil for a camera on which nothing can be switched.
    var faults: FaultSwitch?

    package init(
        stream: @escaping @Sendable (_ path: String) -> LiveStream?,
        authorize:
            @escaping @Sendable (_ method: String, _ uri: String, _ authorization: String?)
            -> RTSPAuthorization,
        now: @escaping @Sendable () -> Duration,
        habit: Habit? = nil,
        admits: @escaping @Sendable (_ address: String?) -> Bool = { _ in true },
        multicastGroup: @escaping @Sendable (_ path: String, _ track: Int) -> MulticastGroup? = { _, _ in nil }
    ) {
        self.init(
            stream: stream, authorize: authorize, now: now, habit: habit, admits: admits,
            multicastGroup: multicastGroup, authorizeByTLS: { _, _ in nil })
    }

    init(
        stream: @escaping @Sendable (_ path: String) -> LiveStream?,
        authorize:
            @escaping @Sendable (_ method: String, _ uri: String, _ authorization: String?)
            -> RTSPAuthorization,
        now: @escaping @Sendable () -> Duration,
        habit: Habit?,
        admits: @escaping @Sendable (_ address: String?) -> Bool,
        multicastGroup: @escaping @Sendable (_ path: String, _ track: Int) -> MulticastGroup? = { _, _ in nil },
        authorizeByTLS:
            @escaping @Sendable (_ connection: TLSConnection, _ authorization: String?) -> RTSPAuthorization?
    ) {
        self.authorizeByTLS = authorizeByTLS
        self.multicastGroup = multicastGroup
        self.admits = admits
        self.stream = stream
        self.authorize = authorize
        self.now = now
        self.habit = habit
    }
}

/// Answer to the question whether a request may go on.
package enum RTSPAuthorization: Hashable, Sendable {
    case allowed
    /// 401 with one WWW-Authenticate header for each challenge.
    case denied(challenges: [String])
}
