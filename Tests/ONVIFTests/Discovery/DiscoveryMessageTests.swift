import Foundation
import ONVIF
import Testing
import XML

struct DiscoveryMessageTests {
    private var target: DiscoveryTarget {
        DiscoveryTarget(ControlHarness().device, address: nil)
    }

    private func probe(_ types: String = "", _ scopes: String = "", rule: String? = nil) throws
        -> DiscoveryMessage.Probe
    {
        let matchBy = rule.map { " MatchBy=\"\($0)\"" } ?? ""
        let text = """
            <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" \
            xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:q="http://www.onvif.org/ver10/network/wsdl" \
            xmlns:t="http://www.onvif.org/ver10/device/wsdl"><e:Header><a:MessageID>urn:uuid:m</a:MessageID></e:Header><e:Body>\
            <Probe xmlns="http://schemas.xmlsoap.org/ws/2005/04/discovery"><Types>\(types)</Types>\
            <Scopes\(matchBy)>\(scopes)</Scopes></Probe></e:Body></e:Envelope>
            """
        guard case .probe(let probe) = try DiscoveryMessage(Array(text.utf8)) else { throw NoProbe() }
        return probe
    }

    private struct NoProbe: Error {}

    @Test(arguments: [
        ("", true), ("q:NetworkVideoTransmitter", true), ("t:Device q:NetworkVideoTransmitter", true),
        ("q:NetworkVideoDisplay", false), ("t:NetworkVideoTransmitter", false), ("t:Device q:Other", false),
    ])
    func typesAreComparedByNamespaceAndAllMustBeOurs(types: String, isMatch: Bool) throws {
        #expect(target.matches(try probe(types)) == isMatch)
    }

    /// WS-Discovery 2005 §5.1: a prefix, segment by segment, for the default rule.
    @Test(
        arguments: [
            ("onvif://www.onvif.org/type", nil, true), ("onvif://www.onvif.org/Profile/T", nil, true),
            ("ONVIF://WWW.onvif.ORG/Profile/T", nil, true), ("onvif://www.onvif.org/profile/T", nil, false),
            ("onvif://www.onvif.org/Profile/T/more", nil, false), ("onvif://www.onvif.org/Prof", nil, false),
            ("onvif://www.onvif.org/Profile/.", nil, false), ("onvif://www.onvif.org", nil, true),
            ("onvif://www.onvif.org/Profile/T", "http://schemas.xmlsoap.org/ws/2005/04/discovery/strcmp0", true),
            ("onvif://www.onvif.org/Profile", "http://schemas.xmlsoap.org/ws/2005/04/discovery/strcmp0", false),
            ("onvif://www.onvif.org/Profile/T", "urn:unknown", false),
            ("onvif://www.onvif.org/Profile/T onvif://www.onvif.org/nowhere", nil, false),
        ] as [(String, String?, Bool)])
    func scopesAreComparedByTheRule(scopes: String, rule: String?, isMatch: Bool) throws {
        #expect(target.matches(try probe("", scopes, rule: rule)) == isMatch)
    }

    @Test func aHiddenDeviceMatchesNothing() throws {
        var hidden = target
        hidden.isDiscoverable = false
        #expect(!hidden.matches(try probe()))
    }

    @Test func answersTellTypesScopesAndTheAddressOfTheAskersNetwork() throws {
        let announcement = DiscoveryAnnouncement(instanceID: 1, messageNumber: 2, messageID: "urn:uuid:n")
        let bytes = announcement.probeMatches(target, on: "192.0.2.77", answering: "urn:uuid:m")
        let envelope = try XMLParser.parse(bytes)
        let header = try envelope.at("Header")
        #expect(header.child("RelatesTo")?.text == "urn:uuid:m")
        #expect(header.child("AppSequence")?.attribute("MessageNumber") == "2")
        let match = try envelope.at("Body", "ProbeMatches", "ProbeMatch")
        #expect(match.child("XAddrs")?.text == "http://192.0.2.77:8080/onvif/device_service")
        #expect(match.child("Types")?.text == "dn:NetworkVideoTransmitter tds:Device")
        #expect(match.child("Types")?.scope?.namespace(of: "dn") == XMLNamespace.dn.uri)
        #expect(match.child("Scopes")?.text.contains("onvif://www.onvif.org/hardware/dome") == true)
        #expect(try match.at("EndpointReference", "Address").text == DeviceIdentity.fixture.endpointReference)
    }

    @Test(arguments: [
        "", "<a/>", "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body/></e:Envelope>",
    ])
    func whatIsNoMessageIsAnError(text: String) {
        #expect(throws: Fault.self) { try DiscoveryMessage(Array(text.utf8)) }
    }

    @Test func aTypeWithoutItsNamespaceIsAnError() {
        #expect(throws: Fault.self) { try probe("nowhere:Device") }
    }
}
