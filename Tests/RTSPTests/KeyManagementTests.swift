import Fuzzing
import RTSP
import Testing

struct KeyManagementTests {
    /// As ONVIF Streaming 25.12 §Stream Initialization and GStreamer 1.22 write it.
    @Test(arguments: [
        (#"prot=mikey;uri="";data="AQAF""#, ""), (#"prot=mikey; uri="rtsp://a/b"; data="AQAF""#, "rtsp://a/b"),
        ("prot=MIKEY;data=AQAF", ""),
    ])
    func headersAreRead(_ text: String, _ uri: String) {
        #expect(
            KeyManagementSpecification.list(text) == [KeyManagementSpecification(uri: uri, message: [1, 0, 5])])
    }

    @Test func whatIsWrittenIsRead() {
        let specification = KeyManagementSpecification(uri: "rtsps://[::1]:322/a", message: [0, 255, 3, 4])
        #expect(KeyManagementSpecification.list(specification.text) == [specification])
        #expect(
            KeyManagementSpecification.list("\(specification.text), \(specification.text)")
                == [specification, specification])
    }

    @Test(arguments: ["", "prot=mikey", "data=AQAF", "prot=mikey;data=A", "prot=mikey;data=AQAF,prot=x", ";;=,"])
    func malformedHeadersAreRefused(_ text: String) {
        #expect(KeyManagementSpecification.list(text) == nil)
    }

    @Test func garbageIsReadOrRefused() {
        var mutator = Mutator(seed: 8)
        let seed = Array(#"prot=mikey;uri="rtsp://a/b";data="AQAFAP1td9ABAADC",prot=x;data="AA==""#.utf8)
        for _ in 0..<5000 {
            _ = KeyManagementSpecification.list(String(decoding: mutator.mutate(seed), as: UTF8.self))
        }
    }
}

struct ParameterBodyTests {
    @Test func parametersAreRead() {
        let body = ParameterBody(parsing: Array("mikey: AQAF\r\npackets_received\r\n\r\nx:\n".utf8))
        #expect(body?.parameters == [.init("mikey", "AQAF"), .init("packets_received"), .init("x")])
        #expect(body?["MIKEY"] == "AQAF")
        #expect(body?["packets_received"] == "")
        #expect(body?["y"] == nil)
    }

    @Test func whatIsWrittenIsRead() {
        let body = ParameterBody([.init("a", "b:c"), .init("d")])
        #expect(ParameterBody(parsing: body.bytes) == body)
    }

    @Test func tooManyLinesAreRefused() {
        let line = Array("a\n".utf8)
        let bytes = [[UInt8]](repeating: line, count: ParameterBody.limit + 1).flatMap(\.self)
        #expect(ParameterBody(parsing: bytes) == nil)
        #expect(ParameterBody(parsing: Array(bytes.dropLast(2)))?.parameters.count == ParameterBody.limit)
        #expect(ParameterBody(parsing: [0xFF]) == nil)
    }
}
