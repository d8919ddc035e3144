import Metadata
package import XML

/// The namespaces of ONVIF messages with the prefixes that the specifications use for them.
///
/// Source: ONVIF Core 26.06 §5.3 Namespaces; SOAP 1.2 part 1; WS-Addressing 1.0; WS-BaseNotification 1.3.
extension XMLNamespace {
    package static let env = XMLNamespace("env", "http://www.w3.org/2003/05/soap-envelope", index: 0)
    package static let wsa = XMLNamespace("wsa", "http://www.w3.org/2005/08/addressing", index: 1)
    package static let tt = XMLNamespace("tt", "http://www.onvif.org/ver10/schema", index: 2)
    package static let ter = XMLNamespace("ter", "http://www.onvif.org/ver10/error", index: 3)
    package static let tns1 = XMLNamespace("tns1", "http://www.onvif.org/ver10/topics", index: 4)
    package static let tds = XMLNamespace("tds", "http://www.onvif.org/ver10/device/wsdl", index: 5)
    package static let trt = XMLNamespace("trt", "http://www.onvif.org/ver10/media/wsdl", index: 6)
    package static let tr2 = XMLNamespace("tr2", "http://www.onvif.org/ver20/media/wsdl", index: 7)
    package static let tptz = XMLNamespace("tptz", "http://www.onvif.org/ver20/ptz/wsdl", index: 8)
    package static let timg = XMLNamespace("timg", "http://www.onvif.org/ver20/imaging/wsdl", index: 9)
    package static let tev = XMLNamespace("tev", "http://www.onvif.org/ver10/events/wsdl", index: 10)
    package static let tmd = XMLNamespace("tmd", "http://www.onvif.org/ver10/deviceIO/wsdl", index: 11)
    package static let wsnt = XMLNamespace("wsnt", "http://docs.oasis-open.org/wsn/b-2", index: 12)
    package static let wstop = XMLNamespace("wstop", "http://docs.oasis-open.org/wsn/t-1", index: 13)
    package static let wsrfr = XMLNamespace("wsrf-r", "http://docs.oasis-open.org/wsrf/r-2", index: 14)
    package static let wsrfbf = XMLNamespace("wsrf-bf", "http://docs.oasis-open.org/wsrf/bf-2", index: 15)
    package static let xs = XMLNamespace("xs", "http://www.w3.org/2001/XMLSchema", index: 16)
    /// WS-Discovery of April 2005, with the WS-Addressing of August 2004 that it rests on.
    package static let d = XMLNamespace("d", "http://schemas.xmlsoap.org/ws/2005/04/discovery", index: 17)
    package static let wsa2004 = XMLNamespace("wsa", "http://schemas.xmlsoap.org/ws/2004/08/addressing", index: 18)
    package static let dn = XMLNamespace("dn", "http://www.onvif.org/ver10/network/wsdl", index: 19)
    /// What an emulated camera adds of its own, such as the reference parameter that names a subscription.
    package static let ge = XMLNamespace("ge", "urn:glasseye:emulator", index: 20)

    package static let tan = XMLNamespace("tan", "http://www.onvif.org/ver20/analytics/wsdl", index: 21)
    package static let tas = XMLNamespace("tas", "http://www.onvif.org/ver10/advancedsecurity/wsdl", index: 22)
    package static let tth = XMLNamespace("tth", "http://www.onvif.org/ver10/thermal/wsdl", index: 23)
    package static let trv = XMLNamespace("trv", "http://www.onvif.org/ver10/receiver/wsdl", index: 24)

    /// Types of analytics rules (rules.xsd).
    package static let axt = XMLNamespace("axt", "http://www.onvif.org/ver20/analytics", index: 40)
    /// Faces and bodies of scene descriptions.
    package static let fc = MetadataVocabulary.fc
    package static let bd = MetadataVocabulary.bd

    /// Everything that a message to or from the web services may use.
    package static let messages: [XMLNamespace] = [
        .env, .wsa, .tt, .ter, .tns1, .tds, .trt, .tr2, .tptz, .timg, .tev, .tmd, .wsnt, .wstop, .wsrfr, .wsrfbf, .xs,
        .tan, .tas,
        .tth, .trv,
        .axt, .fc, .bd,
        .ge,
    ]

    /// Everything that a discovery message may use.
    package static let discovery: [XMLNamespace] = [.env, .wsa2004, .d, .dn, .tds]

    /// WS-Security 1.0, read only.
    package static let securityURI =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    package static let securityUtilityURI =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
}
