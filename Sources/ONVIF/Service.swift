package import XML

/// The web services of a device.
package enum Service: String, CaseIterable, Sendable {
    case device, media, media2, ptz, imaging, events, deviceIO

    package var namespace: XMLNamespace {
        switch self {
        case .device: .tds
        case .media: .trt
        case .media2: .tr2
        case .ptz: .tptz
        case .imaging: .timg
        case .events: .tev
        case .deviceIO: .tmd
        }
    }

    /// Where we serve it. Clients know the first by heart (ONVIF Core 26.06 §5.1.1) and some guess `media_service`.
    package var path: String {
        switch self {
        case .device: "/onvif/device_service"
        case .media: "/onvif/media_service"
        case .media2: "/onvif/media2_service"
        case .ptz: "/onvif/ptz_service"
        case .imaging: "/onvif/imaging_service"
        case .events: "/onvif/event_service"
        case .deviceIO: "/onvif/deviceio_service"
        }
    }

    /// The version that the service announces: that of the specification it follows.
    package static let version = (major: 22, minor: 6)
}
