import ONVIF

extension PersonaHabit {
    /// The device is older than GetServices: its services stand in GetCapabilities alone.
    ///
    /// Source: github.com/quatanium/python-onvif/pull/30, github.com/yingchengpa/python-onvif2-zeep/pull/5.
    static let noGetServices = PersonaHabit(
        "no-get-services", "GetServices and the device's GetServiceCapabilities are not there; GetCapabilities is",
        .lacks("GetServices", of: .device), .lacks("GetServiceCapabilities", of: .device))
}
