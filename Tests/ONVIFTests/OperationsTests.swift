import ONVIF
import Testing
import XML

struct OperationsTests {
    @Test(arguments: Operations.all.map { "\($0.service.rawValue) \($0.name)" })
    func everyOperationAndItsResponseStandInTheWSDL(label: String) throws {
        let entry = try #require(Operations.all.first { "\($0.service.rawValue) \($0.name)" == label })
        #expect(try SchemaOracle.declares(entry.name, in: entry.namespace))
        #expect(try SchemaOracle.declares(entry.name + "Response", in: entry.namespace))
    }

    @Test
    func aRequestIsFoundByNamespaceAndName() {
        let request = XMLElement(namespace: XMLNamespace.trt.uri, name: "GetProfiles")
        #expect(Operations.entry(for: request)?.service == .media)
        #expect(
            Operations.entry(for: XMLElement(namespace: XMLNamespace.tr2.uri, name: "GetProfiles"))?.service == .media2)
        #expect(Operations.entry(for: XMLElement(namespace: XMLNamespace.tds.uri, name: "GetProfiles")) == nil)
    }

    /// A request without its arguments, or with nonsense in them, is refused by a fault and changes nothing.
    @Test(arguments: Operations.all.map { "\($0.service.rawValue) \($0.name)" })
    func aRequestOfNonsenseIsAnsweredOrRefusedButNeverHalfDone(label: String) throws {
        let entry = try #require(Operations.all.first { "\($0.service.rawValue) \($0.name)" == label })
        let nonsense = XMLElement(
            namespace: entry.namespace.uri, name: entry.name,
            children: [
                XMLElement(namespace: entry.namespace.uri, name: "ProfileToken", text: "\u{FFFD}"),
                XMLElement(namespace: entry.namespace.uri, name: "Timeout", text: "-P1000000000000Y"),
                XMLElement(namespace: entry.namespace.uri, name: "Name", text: String(repeating: "x", count: 10_000)),
            ])
        for request in [XMLElement(namespace: entry.namespace.uri, name: entry.name), nonsense] {
            var harness = ControlHarness()
            let before = String(describing: harness.device)
            let call = Call(now: harness.now, authority: "192.0.2.10:8080")
            do {
                let response = try entry.perform(request, &harness.device, call)
                // PullMessages without its arguments is refused; everything else that is answered must be valid.
                try SchemaOracle.judge(entry.envelope(response, answering: Addressing()))
            } catch let fault as Fault {
                try SchemaOracle.judge(Reply.fault(fault, answering: Addressing()))
                // The owner of the state drops the copy; here it shows that checks come before changes.
                if before == String(describing: harness.device) { continue }
                #expect(entry.access != .readMedia && entry.access != .readSystem, "a read changed the state")
            }
        }
    }
}
