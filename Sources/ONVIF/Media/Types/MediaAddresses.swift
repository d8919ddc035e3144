import Foundation

extension DeviceState {
    /// Octets; ONVIF Media2 26.06 §5.4.1 GetStreamUri.
    package static let streamURILimit = 128

    /// The RTSP address of a profile, under the host by which the client reached us.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `Action/IncompleteConfiguration` where the profile has nothing to stream.
    func streamURI(ofProfile token: String, _ call: Call) throws(Fault) -> String {
        try checkStream(ofProfile: token)
        return shortURI("rtsp", ":\(network.rtspPort)/\(token.escapedForPath)", call)
    }

    /// The address of a profile for RTSP over TLS and SRTP; nil where it is not served.
    ///
    /// - Throws: as `streamURI` does.
    func secureURI(ofProfile token: String, _ call: Call) throws(Fault) -> String? {
        try checkStream(ofProfile: token)
        return media.securePort.map { shortURI("rtsps", ":\($0)/\(token.escapedForPath)", call) }
    }

    private func shortURI(_ scheme: String, _ tail: String, _ call: Call) -> String {
        let uri = "\(scheme)://\(call.host)\(tail)"
        return uri.utf8.count <= Self.streamURILimit ? uri : "\(scheme)://\(identity.host)\(tail)"
    }

    /// The address of a profile for RTSP tunnelled through the web service's own port, be that of HTTP or of HTTPS.
    ///
    /// - Throws: as `streamURI` does.
    func tunnelURI(ofProfile token: String, _ call: Call) throws(Fault) -> String {
        try checkStream(ofProfile: token)
        let path = "/\(token.escapedForPath)"
        let uri = call.address(path)
        guard uri.utf8.count > Self.streamURILimit else { return uri }
        let port = network.protocols.first { $0.name.rawValue.lowercased() == call.scheme }?.ports.first
        return "\(call.scheme)://\(identity.host):\(port ?? identity.httpPort)\(path)"
    }

    /// The address of a profile whose SETUP may ask for multicast and whose description names the groups.
    ///
    /// - Throws: as `streamURI` does, and `InvalidArgVal/InvalidMulticastSettings` where no configuration has a group.
    func multicastURI(ofProfile token: String, _ call: Call) throws(Fault) -> String {
        try grouped(try streamURI(ofProfile: token, call), ofProfile: token)
    }

    /// - Parameters:
    ///   - uri: of the profile.
    ///   - token: of the profile.
    /// - Returns: the address whose description names the groups.
    /// - Throws: `InvalidArgVal/InvalidMulticastSettings` where no configuration has one.
    func grouped(_ uri: String, ofProfile token: String) throws(Fault) -> String {
        guard !media.multicastGroups(ofProfile: token).isEmpty else {
            throw .sender(
                "InvalidArgVal", "InvalidMulticastSettings",
                reason:
                    "no configuration of the profile \"\(token)\" has a multicast address and port; set Multicast in one"
            )
        }
        return "\(uri)?\(StreamingPath.multicastQuery)"
    }

    private func checkStream(ofProfile token: String) throws(Fault) {
        _ = try media.profile(token)
        guard media.rendition(ofProfile: token) != nil else {
            throw .receiver(
                "Action", "IncompleteConfiguration",
                reason: "the profile \"\(token)\" has no video source with its encoder; add both")
        }
    }

    /// The HTTP address of the picture that is on air in a profile.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `Action/IncompleteConfiguration` where the profile has no picture.
    func snapshotURI(ofProfile token: String, _ call: Call) throws(Fault) -> String {
        try checkStream(ofProfile: token)
        return call.address("/snapshot/\(token.escapedForPath)")
    }
}

extension String {
    /// A path segment: everything but RFC 3986's unreserved characters escaped.
    var escapedForPath: String {
        let unreserved = CharacterSet(charactersIn: "-._~0123456789")
            .union(CharacterSet(charactersIn: "a"..."z")).union(CharacterSet(charactersIn: "A"..."Z"))
        return addingPercentEncoding(withAllowedCharacters: unreserved) ?? self
    }
}
