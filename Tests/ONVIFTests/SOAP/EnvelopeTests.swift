import ONVIF
import Testing
import XML

struct EnvelopeTests {
    private func open(_ text: String) throws(Fault) -> Envelope {
        try Envelope(Array(text.utf8).span)
    }

    @Test(arguments: [
        #"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><GetHostname xmlns="http://www.onvif.org/ver10/device/wsdl"/></s:Body></s:Envelope>"#,
        #"<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"><Header/><Body><a:GetHostname xmlns:a="http://www.onvif.org/ver10/device/wsdl"/></Body></Envelope>"#,
        #"<p:Envelope xmlns:p="http://www.w3.org/2003/05/soap-envelope"><p:Body><p:GetHostname xmlns:p="http://www.onvif.org/ver10/device/wsdl"/></p:Body></p:Envelope>"#,
    ])
    func findsTheRequestWhateverThePrefixes(text: String) throws {
        let envelope = try open(text)
        #expect(Operations.entry(for: envelope.body)?.name == "GetHostname")
    }

    @Test
    func readsTheHeaderByNamespace() throws {
        let envelope = try open(
            """
            <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://www.w3.org/2005/08/addressing">
            <e:Header><w:MessageID> m1 </w:MessageID><w:Action>urn:a</w:Action>
            <Security xmlns="\(XMLNamespace.securityURI)"><UsernameToken><Username>ann</Username>
            <Password Type="T">d</Password><Nonce>n</Nonce><Created xmlns="\(XMLNamespace.securityUtilityURI)">c</Created>
            </UsernameToken></Security></e:Header><e:Body><x xmlns="urn:x"/></e:Body></e:Envelope>
            """)
        #expect(envelope.addressing == Addressing(action: "urn:a", messageID: "m1"))
        #expect(envelope.usernameToken?.username == "ann")
        #expect(envelope.usernameToken?.passwordType == "T")
        #expect(envelope.usernameToken?.created == "c")
    }

    @Test(arguments: [
        ("", Fault.Code.sender), ("<a/>", .sender), ("not xml", .sender),
        (
            #"<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><x/></Body></Envelope>"#,
            .versionMismatch
        ),
        (#"<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"/>"#, .sender),
        (#"<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"><Body/></Envelope>"#, .sender),
        (
            #"<!DOCTYPE x []><Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"><Body><x/></Body></Envelope>"#,
            .sender
        ),
        (String(repeating: "<a>", count: 100), .sender),
    ])
    func givesTheRightFaultForWhatIsNoRequest(text: String, code: Fault.Code) throws {
        let fault = #expect(throws: Fault.self) { try open(text) }
        #expect(fault?.code == code)
    }
}
