/// A configuration to be put into a profile.
package struct MediaConfigurationReference: Codable, Equatable, Sendable {
    package var kind: MediaConfigurationKind
    package var token: String

    package init(_ kind: MediaConfigurationKind, _ token: String) {
        self.kind = kind
        self.token = token
    }
}

/// Profiles made, filled, emptied and deleted.
extension MediaState {
    /// - Parameters:
    ///   - name: for people.
    ///   - token: nil has the device choose one.
    /// - Returns: the new profile, empty and deletable.
    /// - Throws: `InvalidArgVal/ProfileExists`, `Action/MaxNVTProfiles`.
    mutating func createProfile(name: String, token: String? = nil) throws(Fault) -> MediaProfile {
        if let token, profiles.contains(where: { $0.token == token }) {
            throw .sender("InvalidArgVal", "ProfileExists", reason: "there is a media profile \"\(token)\" already")
        }
        guard profiles.count < maximumProfiles else {
            throw .receiver(
                "Action", "MaxNVTProfiles",
                reason: "the device has its \(maximumProfiles) media profiles already; delete one first")
        }
        let profile = MediaProfile(token: token ?? newProfileToken(), name: name, isFixed: false)
        profiles.append(profile)
        return profile
    }

    private mutating func newProfileToken() -> String {
        var token: String
        repeat {
            lastProfileNumber += 1
            token = "Profile_\(lastProfileNumber)"
        } while profiles.contains { $0.token == token }
        return token
    }

    /// - Throws: `InvalidArgVal/NoProfile`, `Action/DeletionOfFixedProfile`.
    mutating func deleteProfile(_ token: String) throws(Fault) {
        let index = try profileIndex(token)
        guard !profiles[index].isFixed else {
            throw .sender("Action", "DeletionOfFixedProfile", reason: "the media profile \"\(token)\" is fixed")
        }
        profiles.remove(at: index)
    }

    /// Puts configurations into the profile, in place of those of their kinds.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`, `Action/ConfigurationConflict` where a source is
    ///   missing that one of them needs, or where they belong to different video sources.
    mutating func add(
        _ references: [MediaConfigurationReference], toProfile token: String, in service: Service
    ) throws(Fault) {
        let index = try profileIndex(token)
        var profile = profiles[index]
        for reference in references {
            try requireConfiguration(reference.kind, reference.token, in: service)
            profile[reference.kind] = reference.token
        }
        for reference in references where !profile.isReady(for: reference.kind, in: service) {
            let needed = reference.kind.dependencies(in: service).map(\.rawValue).joined(separator: " or ")
            throw .configurationConflict("\(reference.kind.rawValue) needs \(needed) in the profile \"\(token)\"")
        }
        guard isOfOneSource(profile) else {
            throw .configurationConflict("the profile \"\(token)\" would have configurations of several video sources")
        }
        profiles[index] = profile
    }

    /// Takes configurations out of the profile; those that are not in it do not matter.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `Action/ConfigurationConflict` where one that stays needs one that goes.
    mutating func remove(
        _ kinds: [MediaConfigurationKind], fromProfile token: String, in service: Service
    ) throws(Fault) {
        let index = try profileIndex(token)
        let before = profiles[index]
        var profile = before
        for kind in kinds { profile[kind] = nil }
        for kind in MediaConfigurationKind.allCases where profile[kind] != nil {
            guard profile.isReady(for: kind, in: service) || !before.isReady(for: kind, in: service) else {
                throw .configurationConflict("\(kind.rawValue) in the profile \"\(token)\" needs what is to be removed")
            }
        }
        profiles[index] = profile
    }
}

extension DeviceState {
    /// Changes the media state and asks for the end of the sessions whose content it changed.
    mutating func changeMedia<Result>(
        _ change: (inout MediaState) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        let before = media
        let result = try change(&media)
        media.settleMulticast()
        let changed = before.profiles.map(\.token).filter { token in
            guard let old = before.stream(ofProfile: token) else { return false }
            return media.stream(ofProfile: token)?.continues(old) != true
        }
        if !changed.isEmpty { effects.append(.streamsChanged(profiles: changed)) }
        tellMulticast(since: before, changed: changed)
        return result
    }

    /// Asks for multicast to begin, to end, or to begin anew with what has changed.
    private mutating func tellMulticast(since before: MediaState, changed: [String]) {
        for token in before.multicasting where !media.multicasting.contains(token) {
            effects.append(.multicast(profile: token, isOn: false))
        }
        for token in media.multicasting {
            guard
                changed.contains(token)
                    || before.multicastDelivery(ofProfile: token)?.groups
                        != media.multicastDelivery(ofProfile: token)?.groups
            else { continue }
            effects.append(.multicast(profile: token, isOn: true))
        }
    }
}

extension MediaState.Stream {
    /// Whether sessions of the other one can go on: what they were told by DESCRIBE still holds.
    fileprivate func continues(_ other: Self) -> Bool {
        rendition == other.rendition && hasAudio == other.hasAudio && isRecorded == other.isRecorded
            && (isRecorded || encoding == other.encoding) && metadata?.compression == other.metadata?.compression
            && (backchannel == nil) == (other.backchannel == nil)
    }
}
