import Foundation

extension DeviceState {
    /// Octets; ONVIF Media2 26.06 §5.4.1 GetStreamUri.
    package static let streamURILimit = 128

    /// The RTSP address of a profile, under the host by which the client reached us.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `Action/IncompleteConfiguration` where the profile has nothing to stream.
    func streamURI(ofProfile token: String, _ call: Call) throws(Fault) -> String {
        _ = try media.profile(token)
        guard media.rendition(ofProfile: token) != nil else {
            throw .receiver(
                "Action", "IncompleteConfiguration",
                reason: "the profile \"\(token)\" has no video source with its encoder; add both")
        }
        let tail = ":\(network.rtspPort)/\(token.escapedForPath)"
        let uri = "rtsp://\(call.host)\(tail)"
        return uri.utf8.count <= Self.streamURILimit ? uri : "rtsp://\(identity.address)\(tail)"
    }

    /// The HTTP address of the picture that is on air in a profile.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `Action/IncompleteConfiguration` where the profile has no picture.
    func snapshotURI(ofProfile token: String, _ call: Call) throws(Fault) -> String {
        _ = try media.profile(token)
        guard media.rendition(ofProfile: token) != nil else {
            throw .receiver(
                "Action", "IncompleteConfiguration",
                reason: "the profile \"\(token)\" has no video source with its encoder; add both")
        }
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
