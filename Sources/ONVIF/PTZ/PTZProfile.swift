/// The media profiles as PTZ sees them; all that this service asks of the media state stands here.
extension MediaState {
    /// - Returns: nil where there is no such profile, else whether it has the PTZ configuration.
    fileprivate func hasPTZ(profile token: String) -> Bool? {
        profile(token).map { $0.ptzConfiguration == PTZState.configurationToken }
    }

    /// How many profiles have the PTZ configuration.
    var ptzUseCount: Int {
        profiles.count { $0.ptzConfiguration == PTZState.configurationToken }
    }
}

extension DeviceState {
    /// The head that a media profile moves.
    ///
    /// - Throws: `NoProfile`, `NoPTZProfile`; `ActionNotSupported` on a device without a head.
    func head(ofProfile token: String) throws(Fault) -> PTZState {
        guard let ptz else { throw .receiver("ActionNotSupported", reason: "this device has no PTZ head") }
        guard let hasPTZ = media.hasPTZ(profile: token) else {
            throw .sender("InvalidArgVal", "NoProfile", reason: "there is no media profile \"\(token)\"")
        }
        guard hasPTZ else {
            throw .sender(
                "InvalidArgVal", "NoPTZProfile", reason: "the media profile \"\(token)\" has no PTZ configuration")
        }
        return ptz
    }

    /// The head for a profile that need not have it yet.
    ///
    /// - Throws: `NoProfile`; `ActionNotSupported` on a device without a head.
    func head(compatibleWithProfile token: String) throws(Fault) -> PTZState {
        guard let ptz else { throw .receiver("ActionNotSupported", reason: "this device has no PTZ head") }
        guard media.hasPTZ(profile: token) != nil else {
            throw .sender("InvalidArgVal", "NoProfile", reason: "there is no media profile \"\(token)\"")
        }
        return ptz
    }

    /// - Throws: `NoConfig`; `ActionNotSupported` on a device without a head.
    func head(ofConfiguration token: String) throws(Fault) -> PTZState {
        guard let ptz else { throw .receiver("ActionNotSupported", reason: "this device has no PTZ head") }
        guard token == PTZState.configurationToken else {
            throw .sender("InvalidArgVal", "NoConfig", reason: "there is no PTZ configuration \"\(token)\"")
        }
        return ptz
    }
}
