import Foundation
import Testing
import XML

/// The folder that the set-up fills; without it these tests fail.
private let schemaFolder: String = {
    if let named = ProcessInfo.processInfo.environment["GLASSEYE_SCHEMAS"] { return named }
    return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".schemas").path
}()

private let schema: Result<XMLSchema, any Error> = Result { try XMLSchema(folder: schemaFolder) }

struct XMLSchemaTests {
    private func findings(_ header: String = "", _ body: String) throws -> [SchemaFinding] {
        let text = """
            <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"
              xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"
              xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl" xmlns:tev="http://www.onvif.org/ver10/events/wsdl"
              xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:wsa="http://www.w3.org/2005/08/addressing">
            \(header)<e:Body>
            \(body)
            </e:Body></e:Envelope>
            """
        return try schema.get().validate(try XMLDocument(Array(text.utf8)))
    }

    @Test(arguments: [
        "<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP><tt:Name>a</tt:Name>"
            + "</tds:HostnameInformation></tds:GetHostnameResponse>",
        "<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x=\"0.5\" y=\"-1\"/></tt:Position>"
            + "<tt:UtcTime>2026-01-01T00:00:00Z</tt:UtcTime></tptz:PTZStatus></tptz:GetStatusResponse>",
        "<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>http://h/s</wsa:Address>"
            + "</tev:SubscriptionReference><wsnt:CurrentTime>2026-01-01T00:00:00Z</wsnt:CurrentTime>"
            + "<wsnt:TerminationTime>2026-01-01T00:01:00Z</wsnt:TerminationTime>"
            + "</tev:CreatePullPointSubscriptionResponse>",
        "<e:Fault><e:Code><e:Value>e:Sender</e:Value></e:Code><e:Reason><e:Text xml:lang=\"en\">no</e:Text></e:Reason>"
            + "</e:Fault>",
    ])
    func passesSoundMessages(body: String) throws {
        #expect(try findings("", body) == [])
    }

    @Test(arguments: [
        // FromDHCP missing, then of the wrong type, then an element too many, then a fault without reason.
        "<tds:GetHostnameResponse><tds:HostnameInformation><tt:Name>a</tt:Name></tds:HostnameInformation>"
            + "</tds:GetHostnameResponse>",
        "<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>maybe</tt:FromDHCP>"
            + "</tds:HostnameInformation></tds:GetHostnameResponse>",
        "<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>true</tt:FromDHCP>"
            + "</tds:HostnameInformation><tds:More/></tds:GetHostnameResponse>",
        "<e:Fault><e:Code><e:Value>e:Sender</e:Value></e:Code></e:Fault>",
        "<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x=\"0.5\"/></tt:Position>"
            + "<tt:UtcTime>2026-01-01T00:00:00Z</tt:UtcTime></tptz:PTZStatus></tptz:GetStatusResponse>",
    ])
    func findsEachViolationWithItsLine(body: String) throws {
        let found = try findings("", body)
        #expect(found.first?.line == 6)
        #expect(found.first?.message.contains("Element") == true)
    }

    @Test func findsAnEnvelopeWithoutBody() throws {
        let text = #"<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"/>"#
        #expect(try !schema.get().validate(try XMLDocument(Array(text.utf8))).isEmpty)
    }

    @Test(arguments: [
        ("GetHostnameResponse", "http://www.onvif.org/ver10/device/wsdl", true),
        ("GetProfilesResponse", "http://www.onvif.org/ver10/media/wsdl", true),
        ("GetProfilesResponse", "http://www.onvif.org/ver20/media/wsdl", true),
        ("GetNodesResponse", "http://www.onvif.org/ver20/ptz/wsdl", true),
        ("GetOptionsResponse", "http://www.onvif.org/ver20/imaging/wsdl", true),
        ("GetRelayOutputOptionsResponse", "http://www.onvif.org/ver10/deviceIO/wsdl", true),
        ("GetSupportedRulesResponse", "http://www.onvif.org/ver20/analytics/wsdl", true),
        ("PullMessagesResponse", "http://www.onvif.org/ver10/events/wsdl", true),
        ("SubscribeResponse", "http://docs.oasis-open.org/wsn/b-2", true),
        ("Envelope", "http://www.w3.org/2003/05/soap-envelope", true),
        ("MetadataStream", "http://www.onvif.org/ver10/schema", true),
        ("GetHostnames", "http://www.onvif.org/ver10/device/wsdl", false),
    ])
    func knowsWhatTheSchemasDeclare(name: String, namespace: String, isDeclared: Bool) throws {
        #expect(try schema.get().declares(name, namespace: namespace) == isDeclared)
    }
}

struct MissingSchemaTests {
    @Test func aMissingFolderSaysHowToGetIt() {
        #expect(throws: XMLSchemaError.noFolder(path: "/nowhere")) { try XMLSchema(folder: "/nowhere") }
        #expect(XMLSchemaError.noFolder(path: "/nowhere").description.contains("CI/setup"))
    }
}
