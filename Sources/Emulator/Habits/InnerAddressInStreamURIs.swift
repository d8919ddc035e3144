import ONVIF

extension PersonaHabit {
    /// The device gives streams and pictures the address that it has on its own side of a NAT.
    ///
    /// Source: github.com/home-assistant/core#42743, github.com/BreeeZe/rpos#114.
    static let innerAddressInStreamURIs = PersonaHabit(
        "inner-address-in-stream-uris", "GetStreamUri and GetSnapshotUri name a host that the client cannot reach",
        .call { entry, call in
            if ["GetStreamUri", "GetSnapshotUri"].contains(entry.name) { call.authority = innerAuthority }
        })
}
