import ONVIF
import Testing
import XML

@Suite("Media and Media2: the lists of operations")
struct MediaOperationsTests {
    /// The `access class` of ONVIF Media 26.06 and Media2 26.06: reads are READ_MEDIA, all else is ACTUATE, except for video
    /// source modes.
    @Test func accessFollowsTheName() {
        let entries = Operations.all.filter { $0.service == .media || $0.service == .media2 }
        #expect(entries.count == 125)
        for entry in entries {
            let expected: AccessClass =
                switch entry.name {
                case "GetServiceCapabilities": .preAuth
                case "GetVideoSourceModes": .readSystem
                case "SetVideoSourceMode": .writeSystem
                default: entry.name.hasPrefix("Get") ? .readMedia : .actuate
                }
            #expect(entry.access == expected, "\(entry.name)")
        }
    }

    @Test func everyOperationIsOfItsWSDL() throws {
        for entry in Operations.all where entry.service == .media || entry.service == .media2 {
            #expect(try SchemaOracle.declares(entry.name, in: entry.namespace), "\(entry.name)")
            #expect(try SchemaOracle.declares(entry.name + "Response", in: entry.namespace), "\(entry.name)")
        }
    }

    @Test func noOperationIsListedTwice() {
        for service in [Service.media, .media2] {
            let names = Operations.all.filter { $0.service == service }.map(\.name)
            #expect(Set(names).count == names.count)
        }
    }
}
