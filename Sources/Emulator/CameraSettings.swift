/// Where and as whom an emulated camera is served.
public struct CameraSettings: Sendable {
    /// The address to listen on; `0.0.0.0` for all of IPv4, `::` for all of both families.
    public var address: String
    /// 0 for any free port.
    public var httpPort: Int
    /// 0 for any free port.
    public var rtspPort: Int
    /// Where HTTPS is served from the start, with a self-signed certificate made then; 0 for any free port, nil for a camera
    /// whose HTTPS is off until a client switches it on.
    public var httpsPort: Int?
    /// Where RTSPS is served while HTTPS is, with the same certificate; 0 for any free port, nil for none.
    public var rtspsPort: Int?
    public var username: String
    public var password: String
    /// Distinguishes cameras that are otherwise set alike; goes into serial number, MAC and UUID.
    public var number: Int
    /// A seeded non-conformity, for tests of tests.
    public var mutant: String?
    /// What goes wrong on the wire from the start; nil for what the profile says.
    public var faults: FaultScript?

    public init(
        address: String = "127.0.0.1", httpPort: Int = 0, rtspPort: Int = 0, username: String = "admin",
        password: String, number: Int = 1, mutant: String? = nil, httpsPort: Int? = nil,
        rtspsPort: Int? = nil, faults: FaultScript? = nil
    ) {
        self.rtspsPort = rtspsPort
        self.faults = faults
        self.httpsPort = httpsPort
        self.address = address
        self.httpPort = httpPort
        self.rtspPort = rtspPort
        self.username = username
        self.password = password
        self.number = number
        self.mutant = mutant
    }
}
