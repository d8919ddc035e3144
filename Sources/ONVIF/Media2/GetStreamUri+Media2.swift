package import XML

extension Media2Service {
    /// RTP over UDP, to the client or to groups, and RTP over RTSP have the same address; RTSP over HTTP is on the web
    /// service's port.
    ///
    /// Source: ONVIF Media2 26.06 §5.4.1 GetStreamUri.
    package struct GetStreamUri: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        /// `tr2:TransportProtocol`.
        package var transport: String
        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            transport = try request.string("Protocol")
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/InvalidStreamSetup`,
        ///   `InvalidArgVal/InvalidMulticastSettings`, `Action/IncompleteConfiguration`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> MediaURIResponse {
            _ = try device.media.profile(profile)
            if transport == "RtspMulticast", device.media.hasMulticast {
                return MediaURIResponse(uri: try device.multicastURI(ofProfile: profile, call), service: .media2)
            }
            if transport.hasPrefix("Rtsps"), let uri = try device.secureURI(ofProfile: profile, call) {
                if transport == "RtspsUnicast" { return MediaURIResponse(uri: uri, service: .media2) }
                if transport == "RtspsMulticast", device.media.hasMulticast {
                    return MediaURIResponse(uri: try device.grouped(uri, ofProfile: profile), service: .media2)
                }
            }
            guard ["RtspUnicast", "RTSP", "RtspOverHttp"].contains(transport) else {
                throw .sender(
                    "InvalidArgVal", "InvalidStreamSetup",
                    reason: "the protocol \"\(transport)\" is not supported; use RtspUnicast, RTSP or RtspOverHttp")
            }
            let uri =
                transport == "RtspOverHttp"
                ? try device.tunnelURI(ofProfile: profile, call) : try device.streamURI(ofProfile: profile, call)
            return MediaURIResponse(uri: uri, service: .media2)
        }
    }
}
