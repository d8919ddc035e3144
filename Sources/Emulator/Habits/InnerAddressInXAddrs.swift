import ONVIF

extension PersonaHabit {
    /// Where the device believes to be: an address for documents (RFC 5737 §3), so that nobody's host is asked.
    static let innerAuthority = "192.0.2.88:80"

    /// The device tells its services under the address that it has on its own side of a NAT.
    ///
    /// Source: github.com/home-assistant/core#34218, github.com/blakeblackshear/frigate#18352,
    /// github.com/FalkTannhaeuser/python-onvif-zeep#61.
    static let innerAddressInXAddrs = PersonaHabit(
        "inner-address-in-xaddrs", "GetCapabilities, GetServices and subscriptions name a host that is out of reach",
        .call { entry, call in
            let naming = ["GetCapabilities", "GetServices", "CreatePullPointSubscription", "Subscribe"]
            if naming.contains(entry.name) { call.authority = innerAuthority }
        })
}
