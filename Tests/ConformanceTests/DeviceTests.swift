import FakeServer
import Foundation
import Synchronization
import Testing

@testable import Conformance

struct DeviceTests {
    @Test func interpolatedValuesAreEscaped() {
        let name = "a<b>&\"'\u{1}\n"
        let body: Markup = "<tds:Name>\(name)</tds:Name>"
        #expect(body.text == "<tds:Name>a&lt;b&gt;&amp;&quot;&apos;&#10;</tds:Name>")
        let nested: Markup = "<a>\(body)\(nil as Markup?)\([body, body])</a>"
        #expect(nested.text == "<a>" + body.text + body.text + body.text + "</a>")
    }

    @Test(arguments: [
        ("plain", "'plain'"), ("it's", "\"it's\""), ("a'b\"c", "concat('a', \"'\", 'b\"c')"),
    ])
    func valuesInXPathAreLiterals(value: String, literal: String) {
        let path: XPath = "x[@token=\(value)]"
        #expect(path.text == "x[@token=\(literal)]")
    }

    /// OASIS UsernameToken Profile 1.0 §3.1; the digest computed with Python's hashlib.
    @Test func theTokenHoldsTheDigest() throws {
        var token = UsernameToken()
        token.nonce = [1, 2, 3]
        let text = token.markup(
            for: DeviceCredentials(user: "a&b", password: "pw"), now: Date(timeIntervalSince1970: 0)
        ).text
        #expect(text.contains("<wsu:Created>1970-01-01T00:00:00.000Z</wsu:Created>"))
        #expect(text.contains(">AQID</wsse:Nonce>"))
        #expect(text.contains("<wsse:Username>a&amp;b</wsse:Username>"))
        #expect(text.contains("#PasswordDigest\">SvR2TDLVZbNwG+b1bSO6DmLyPIo=</wsse:Password>"))
    }

    @Test(arguments: [
        ("192.0.2.1", "http://192.0.2.1/onvif/device_service"), ("h:8080", "http://h:8080/onvif/device_service"),
        ("http://h", "http://h/onvif/device_service"), ("https://h/", "https://h/onvif/device_service"),
        ("http://h/other", "http://h/other"),
    ])
    func anAddressIsCompleted(given: String, url: String) {
        #expect(Target(url: given).url == url)
    }

    private func device(_ server: FakeServer) -> TestDevice {
        var target = Target(url: server.address, credentials: ScriptedCamera.user)
        target.discoveryPort = nil
        return TestDevice(link: DeviceLink(target: target, schema: nil))
    }

    @Test func answersADigestChallengeOnceAndKeepsTheNonce() async throws {
        let challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""
        try await FakeServer.serving({ request in
            guard let authorization = request.header("authorization") else {
                return .response(401, headers: [challenge], "")
            }
            return authorization.contains("uri=\"/onvif/device_service\"")
                ? .soap("<tds:GetHostnameResponse/>") : .response(400, "")
        }) { server in
            let device = device(server)
            await device.link.setAuthentication(.httpDigest)
            try await device.call("GetHostname")
            try await device.call("GetHostname")
            let counts = server.requests.map {
                $0.header("authorization")?.firstMatch(of: #/nc=(\d+)/#).map { String($0.1) }
            }
            #expect(counts == [nil, "00000001", "00000002"])
            #expect(server.requests.allSatisfy { $0.body.contains("<env:Body><tds:GetHostname>") })
            #expect(!server.requests.contains { $0.body.contains("wsse:Security>") })
        }
    }

    @Test func aWrongPasswordIsTriedOnce() async throws {
        let challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""
        try await FakeServer.serving({ _ in .response(401, headers: [challenge], "") }) { server in
            let device = device(server)
            await device.link.setAuthentication(.httpDigest)
            let reply = try await device.reply(to: "GetUsers")
            #expect(reply.isRefusal)
            #expect(server.requests.count == 2)
        }
    }

    @Test func theTokenFollowsTheDevicesClock() async throws {
        let ahead: TimeInterval = 86_400 * 400
        try await FakeServer.serving({ request in
            ScriptedCamera.operation(of: request) == "GetSystemDateAndTime"
                ? .soap(ScriptedCamera.time(Date().addingTimeInterval(ahead))) : ScriptedCamera().reply(to: request)
        }) { server in
            let device = device(server)
            var discovery = FeatureDiscovery(link: device.link)
            _ = try await discovery.run()
            try await device.call("GetUsers")
            let created = try #require(
                server.requests.last?.body.firstMatch(of: #/<wsu:Created>([^<]+)</#).map { String($0.1) })
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            let date = try style.parse(created)
            #expect(abs(date.timeIntervalSinceNow - ahead) < 60)
        }
    }

    @Test func faultsAreReadByNamespace() async throws {
        let fault = """
            <S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope" xmlns:x="http://www.onvif.org/ver10/error" \
            xmlns:o="urn:other"><S:Body><S:Fault><S:Code><S:Value>S:Sender</S:Value><S:Subcode><S:Value>x:InvalidArgVal\
            </S:Value><S:Subcode><S:Value>o:Own</S:Value></S:Subcode></S:Subcode></S:Code><S:Reason>\
            <S:Text xml:lang="en">no</S:Text></S:Reason></S:Fault></S:Body></S:Envelope>
            """
        try await FakeServer.serving({ _ in .response(400, fault) }) { server in
            let found = try await device(server).fault(from: "SetHostname")
            #expect(found?.code == "Sender")
            #expect(found?.subcodes == ["InvalidArgVal", "{urn:other}Own"])
            #expect(found?.status == 400)
        }
    }

    @Test func aSubscriptionsAddressAndParametersAreEchoed() async throws {
        let reference = """
            <tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>ADDRESS</wsa:Address>\
            <wsa:ReferenceParameters><q:Id xmlns:q="urn:q" xmlns:w="urn:w">w:7</q:Id></wsa:ReferenceParameters>\
            </tev:SubscriptionReference></tev:CreatePullPointSubscriptionResponse>
            """
        let address = Mutex("")
        try await FakeServer.serving({ request in
            ScriptedCamera.operation(of: request) == "PullMessages"
                ? .soap("<tev:PullMessagesResponse/>")
                : .soap(reference.replacing("ADDRESS", with: address.withLock { $0 } + "/subscription"))
        }) { server in
            address.withLock { $0 = server.address }
            let device = device(server)
            await device.link.setServices([.events: server.address + "/events"])
            let created = try await device.call("CreatePullPointSubscription", in: .events)
            let endpoint = try #require(Endpoint(created.node("tev:SubscriptionReference")))
            try await device.call("PullMessages", in: .events, "<tev:Timeout>PT1S</tev:Timeout>", at: endpoint)
            let request = try #require(server.requests.last)
            #expect(request.requestLine == "POST /subscription HTTP/1.1")
            #expect(request.body.contains("<q:Id "))
            #expect(request.body.contains("xmlns:w=\"urn:w\""))
            #expect(request.body.contains("IsReferenceParameter=\"true\""))
            #expect(
                request.body.contains(
                    ">http://www.onvif.org/ver10/events/wsdl/PullPointSubscription/PullMessagesRequest</wsa:Action>"))
        }
    }

    @Test func noSchemasSayHowToGetThem() {
        #expect(throws: SchemasMissing(places: ["/nowhere"])) {
            try SchemaLocator.find(option: "/nowhere", environment: [:], workingDirectory: "/", executable: "/x")
        }
        #expect(throws: SchemasMissing(places: ["/elsewhere"])) {
            try SchemaLocator.find(
                environment: ["GLASSEYE_SCHEMAS": "/elsewhere"], workingDirectory: "/", executable: "/x")
        }
        #expect(SchemasMissing(places: ["/nowhere"]).description.contains("CI/setup"))
    }
}
