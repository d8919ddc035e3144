package import XML

extension MediaService {
    /// RTP over UDP, to the client or to groups, and RTP over RTSP have the same address; RTSP over HTTP is on the web
    /// service's port.
    ///
    /// Source: ONVIF Media 26.06 §5.15.1 GetStreamUri.
    package struct GetStreamUri: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        /// `tt:StreamType`.
        package var stream: String
        /// `tt:TransportProtocol`.
        package var transport: String
        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            let setup = try request.required("StreamSetup")
            stream = try setup.string("Stream")
            transport = try setup.required("Transport").string("Protocol")
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/InvalidStreamSetup`,
        ///   `InvalidArgVal/InvalidMulticastSettings`, `Action/IncompleteConfiguration`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> MediaURIResponse {
            _ = try device.media.profile(profile)
            if stream == "RTP-Multicast", transport == "UDP", device.media.hasMulticast {
                return MediaURIResponse(uri: try device.multicastURI(ofProfile: profile, call), service: .media)
            }
            guard stream == "RTP-Unicast", ["UDP", "RTSP", "HTTP"].contains(transport) else {
                throw .sender(
                    "InvalidArgVal", "InvalidStreamSetup",
                    reason: "\(stream) over \(transport) is not supported; use RTP-Unicast over UDP, RTSP or HTTP")
            }
            let uri =
                transport == "HTTP"
                ? try device.tunnelURI(ofProfile: profile, call) : try device.streamURI(ofProfile: profile, call)
            return MediaURIResponse(uri: uri, service: .media)
        }
    }
}
