/// The prefixes of the harness: declared on every request and known to every ``XPath``.
public enum Namespaces {
    public static let all: [String: String] = [
        "env": "http://www.w3.org/2003/05/soap-envelope",
        "tt": "http://www.onvif.org/ver10/schema",
        "ter": "http://www.onvif.org/ver10/error",
        "tns1": "http://www.onvif.org/ver10/topics",
        "tds": "http://www.onvif.org/ver10/device/wsdl",
        "trt": "http://www.onvif.org/ver10/media/wsdl",
        "tr2": "http://www.onvif.org/ver20/media/wsdl",
        "tptz": "http://www.onvif.org/ver20/ptz/wsdl",
        "timg": "http://www.onvif.org/ver20/imaging/wsdl",
        "tev": "http://www.onvif.org/ver10/events/wsdl",
        "tmd": "http://www.onvif.org/ver10/deviceIO/wsdl",
        "tan": "http://www.onvif.org/ver20/analytics/wsdl",
        "trc": "http://www.onvif.org/ver10/recording/wsdl",
        "tse": "http://www.onvif.org/ver10/search/wsdl",
        "trp": "http://www.onvif.org/ver10/replay/wsdl",
        "trv": "http://www.onvif.org/ver10/receiver/wsdl",
        "tas": "http://www.onvif.org/ver10/advancedsecurity/wsdl",
        "tth": "http://www.onvif.org/ver10/thermal/wsdl",
        "dn": "http://www.onvif.org/ver10/network/wsdl",
        "wsnt": "http://docs.oasis-open.org/wsn/b-2",
        "wstop": "http://docs.oasis-open.org/wsn/t-1",
        "wsa": "http://www.w3.org/2005/08/addressing",
        "wsrf-bf": "http://docs.oasis-open.org/wsrf/bf-2",
        "wsrf-r": "http://docs.oasis-open.org/wsrf/r-2",
        "wsse": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
        "wsu": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
        "d": "http://schemas.xmlsoap.org/ws/2005/04/discovery",
        "wsa04": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    ]

    /// `xmlns:…` of all of them, sorted.
    static let declarations: String =
        all
        .sorted { $0.key < $1.key }.map { " xmlns:\($0.key)=\"\($0.value)\"" }.joined()

    static func uri(_ prefix: String) -> String { all[prefix] ?? "" }
}

/// A web service, as the harness addresses it.
public enum TestedService: String, CaseIterable, Sendable, Codable {
    case device, media, media2, ptz, imaging, events, deviceIO, analytics, recording, search, replay, receiver
    case security, thermal

    /// The prefix of its messages in ``Namespaces``.
    public var prefix: String {
        switch self {
        case .device: "tds"
        case .media: "trt"
        case .media2: "tr2"
        case .ptz: "tptz"
        case .imaging: "timg"
        case .events: "tev"
        case .deviceIO: "tmd"
        case .analytics: "tan"
        case .recording: "trc"
        case .search: "tse"
        case .replay: "trp"
        case .receiver: "trv"
        case .security: "tas"
        case .thermal: "tth"
        }
    }

    public var namespace: String { Namespaces.uri(prefix) }
}
