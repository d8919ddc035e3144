package import XML

/// The web services of a device.
package enum Service: String, CaseIterable, Sendable {
    case device, events, media, media2, ptz, imaging, deviceIO, analytics, security, thermal, receiver

    package var namespace: XMLNamespace {
        switch self {
        case .device: .tds
        case .media: .trt
        case .media2: .tr2
        case .ptz: .tptz
        case .imaging: .timg
        case .events: .tev
        case .deviceIO: .tmd
        case .analytics: .tan
        case .security: .tas
        case .thermal: .tth
        case .receiver: .trv
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
        case .analytics: "/onvif/analytics_service"
        case .security: "/onvif/advancedsecurity_service"
        case .thermal: "/onvif/thermal_service"
        case .receiver: "/onvif/receiver_service"
        }
    }

    /// The version that the service announces: that of the specification it follows.
    package static let version = (major: 22, minor: 6)

    /// Whether devices of the model have the service.
    package func isOffered(by model: DeviceModel) -> Bool {
        switch self {
        case .device, .media, .events, .deviceIO: true
        case .media2: model.profiles.contains(.t)
        case .ptz: model.ptz != nil
        case .imaging: model.hasImaging
        case .thermal: model.thermal != nil
        case .security: model.security != nil
        case .analytics: model.analytics != nil
        case .receiver: model.receivers != nil
        }
    }
}
