/// `tt:MulticastConfiguration`: the group that a stream goes to.
package struct MulticastConfiguration: Codable, Equatable, Sendable {
    package enum Address: Codable, Hashable, Sendable {
        case ipv4(String)
        case ipv6(String)

        /// As numbers.
        package var text: String {
            switch self {
            case .ipv4(let text), .ipv6(let text): text
            }
        }
    }

    package var address: Address
    /// Of RTP; RTCP has the next one.
    package var port: Int
    /// Routers that a packet may pass.
    package var timeToLive: Int
    /// Something goes out by itself and will after a restart; clients only read it.
    package var autoStart = false

    /// No group chosen.
    package static let unused = MulticastConfiguration(address: .ipv4("0.0.0.0"), port: 0, timeToLive: 1)

    /// Even ones only, as RTCP has the next (RFC 3550 §11).
    static let ports = 0...65_534
    /// RFC 791 §3.1; the hop limit of IPv6 (RFC 8200 §3) has the same range.
    static let timesToLive = 0...255

    /// Whether there is a group to send to; with the address set to 0, there is none (`tt:MulticastConfiguration`).
    package var isUsable: Bool { port > 0 && address.text.ipAddressBytes?.contains { $0 != 0 } == true }
}

/// What goes out by multicast for a media profile, and to which groups; nil for what does not.
package struct MulticastDelivery: Equatable, Sendable {
    package var video: MulticastConfiguration?
    package var audio: MulticastConfiguration?
    package var metadata: MulticastConfiguration?

    /// The same without what clients only read.
    var groups: [[String]] {
        [video, audio, metadata].map { group in
            group.map { [$0.address.text, String($0.port), String($0.timeToLive)] } ?? []
        }
    }

    package var isEmpty: Bool { video == nil && audio == nil && metadata == nil }
}

extension MediaState {
    /// The groups that the configurations of a profile name, whether or not somebody started to send to them.
    package func multicastGroups(ofProfile token: String) -> MulticastDelivery {
        var groups = MulticastDelivery()
        guard hasMulticast, let profile = profiles.first(where: { $0.token == token }) else { return groups }
        func usable(_ group: MulticastConfiguration?) -> MulticastConfiguration? {
            group.flatMap { $0.isUsable ? $0 : nil }
        }
        if profile[.videoSource] != nil {
            groups.video = usable(videoEncoders.first { $0.token == profile[.videoEncoder] }?.multicast)
        }
        if profile[.audioSource] != nil {
            groups.audio = usable(audioEncoders.first { $0.token == profile[.audioEncoder] }?.multicast)
        }
        groups.metadata = usable(metadata.first { $0.token == profile[.metadata] }?.multicast)
        return groups
    }

    /// What goes out for a profile without anybody asking by RTSP; nil where StartMulticastStreaming did not ask for it.
    package func multicastDelivery(ofProfile token: String) -> MulticastDelivery? {
        multicasting.contains(token) ? multicastGroups(ofProfile: token) : nil
    }

    /// - Throws: `InvalidArgVal/NoProfile`, `Action/IncompleteConfiguration` where nothing could be sent anywhere.
    mutating func startMulticast(ofProfile token: String) throws(Fault) {
        _ = try profile(token)
        guard stream(ofProfile: token) != nil else {
            throw .incomplete("the profile \"\(token)\" has no encoder with its source, and no metadata")
        }
        guard !multicastGroups(ofProfile: token).isEmpty else {
            throw .incomplete(
                "no configuration of the profile \"\(token)\" has a multicast address and port; set Multicast in one")
        }
        if !multicasting.contains(token) { multicasting.append(token) }
    }

    /// - Throws: `InvalidArgVal/NoProfile`.
    mutating func stopMulticast(ofProfile token: String) throws(Fault) {
        _ = try profile(token)
        multicasting.removeAll { $0 == token }
    }

    /// Ends what has nowhere to go any more, and lets configurations say whether they go out by themselves.
    mutating func settleMulticast() {
        multicasting = multicasting.filter { token in
            stream(ofProfile: token) != nil && !multicastGroups(ofProfile: token).isEmpty
        }
        let started = profiles.filter { multicasting.contains($0.token) }
        func isStarted(_ kind: MediaConfigurationKind, _ token: String) -> Bool {
            started.contains { $0[kind] == token }
        }
        for index in videoEncoders.indices {
            videoEncoders[index].multicast.autoStart = isStarted(.videoEncoder, videoEncoders[index].token)
        }
        for index in audioEncoders.indices {
            audioEncoders[index].multicast.autoStart = isStarted(.audioEncoder, audioEncoders[index].token)
        }
        for index in metadata.indices {
            metadata[index].multicast.autoStart = isStarted(.metadata, metadata[index].token)
        }
    }

    /// The group that a client wants in place of the present one; nil leaves it as it is.
    ///
    /// - Throws: `InvalidArgVal/ConfigModify` where it is to start by itself on a device without multicast.
    func multicast(
        _ wanted: MulticastConfiguration?, inPlaceOf present: MulticastConfiguration
    ) throws(Fault) -> MulticastConfiguration {
        guard var wanted else { return present }
        guard hasMulticast || !wanted.autoStart else {
            throw .configModify("multicast streaming is not supported, so that it cannot start by itself")
        }
        wanted.autoStart = present.autoStart
        return wanted
    }
}

extension DeviceState {
    /// Asks for what was started before a restart to go out again.
    ///
    /// Source: ONVIF Media2 26.06 §5.6.1 StartMulticastStreaming: "The streaming shall be resumed after rebooting."
    mutating func resumeMulticast() {
        for token in media.multicasting { effects.append(.multicast(profile: token, isOn: true)) }
    }
}

extension Fault {
    static func incomplete(_ reason: String) -> Fault {
        .receiver("Action", "IncompleteConfiguration", reason: reason)
    }
}
