extension DeviceState {
    /// The head that a media profile moves.
    ///
    /// - Throws: `NoProfile`, `NoPTZProfile`; `ActionNotSupported` on a device without a head.
    func head(ofProfile token: String) throws(Fault) -> PTZState {
        let head = try head()
        guard try media.profile(token)[.ptz] == PTZState.configurationToken else {
            throw .sender(
                "InvalidArgVal", "NoPTZProfile", reason: "the media profile \"\(token)\" has no PTZ configuration")
        }
        return head
    }

    /// The head for a profile that need not have it yet.
    ///
    /// - Throws: `NoProfile`; `ActionNotSupported` on a device without a head.
    func head(compatibleWithProfile token: String) throws(Fault) -> PTZState {
        let head = try head()
        _ = try media.profile(token)
        return head
    }

    /// - Throws: `NoConfig`; `ActionNotSupported` on a device without a head.
    func head(ofConfiguration token: String) throws(Fault) -> PTZState {
        let head = try head()
        guard token == PTZState.configurationToken else {
            throw .sender("InvalidArgVal", "NoConfig", reason: "there is no PTZ configuration \"\(token)\"")
        }
        return head
    }

    private func head() throws(Fault) -> PTZState {
        guard let ptz else { throw .receiver("ActionNotSupported", reason: "this device has no PTZ head") }
        return ptz
    }

    /// How many profiles have the PTZ configuration.
    var ptzUseCount: Int {
        media.useCount(of: .ptz, PTZState.configurationToken)
    }
}
