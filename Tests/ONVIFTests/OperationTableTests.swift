import Definitions
import ONVIF
import Testing

/// The table of operations against the official WSDL files.
struct OperationTableTests {
    /// Where the standard declares the services of a camera, by the title that the table has for them.
    ///
    /// The event service answers three port types of WS-BaseNotification beside its own (ONVIF Core 26.06 §9).
    private static let declarations: [(service: String, files: [(file: String, portTypes: Set<String>?)])] = [
        ("Device management", [("ver10/device/wsdl/devicemgmt.wsdl", nil)]),
        (
            "Events",
            [
                ("ver10/events/wsdl/event.wsdl", nil),
                ("schema/common/bw-2.wsdl", ["NotificationProducer", "SubscriptionManager"]),
            ]
        ),
        ("Media", [("ver10/media/wsdl/media.wsdl", nil)]), ("Media2", [("ver20/media/wsdl/media.wsdl", nil)]),
        ("PTZ", [("ver20/ptz/wsdl/ptz.wsdl", nil)]), ("Imaging", [("ver20/imaging/wsdl/imaging.wsdl", nil)]),
        ("Device IO", [("ver10/deviceio.wsdl", nil)]), ("Analytics", [("ver20/analytics/wsdl/analytics.wsdl", nil)]),
        ("Advanced Security", [("ver10/advancedsecurity/wsdl/advancedsecurity.wsdl", nil)]),
        ("Thermal", [("ver10/thermal/wsdl/thermal.wsdl", nil)]), ("Receiver", [("ver10/receiver.wsdl", nil)]),
        ("Recording", [("ver10/recording.wsdl", nil)]), ("Search", [("ver10/search.wsdl", nil)]),
        ("Replay", [("ver10/replay.wsdl", nil)]),
    ]

    private let table = OperationTable(models: [("dome", .dome)])

    @Test(arguments: declarations.map(\.service))
    func everyOperationOfTheStandardIsInTheTableOnce(service: String) throws {
        let files = try #require(Self.declarations.first { $0.service == service }).files
        let definitions = try Definitions()
        let declared = Set(files.flatMap { definitions.operations(of: $0.file, portTypes: $0.portTypes).map(\.name) })
        try #require(!declared.isEmpty)
        let listed = table.rows.filter { $0.service == service }.map(\.operation)
        #expect(
            Set(listed) == declared,
            "missing: \(declared.subtracting(listed)), unknown: \(Set(listed).subtracting(declared))")
        #expect(listed.count == Set(listed).count)
    }

    @Test func theTableHasNoOtherServices() {
        #expect(Set(table.services).isSubset(of: Self.declarations.map(\.service)))
    }

    @Test func aRowTellsWhatTheModelLacks() throws {
        let plain = DeviceModel.dome { $0.ptz = nil }
        let table = OperationTable(models: [("dome", .dome), ("plain", plain)])
        let row = try #require(table.rows.first { $0.operation == "GetPresets" && $0.service == "PTZ" })
        #expect(row.answers == [.performs, .refuses])
        #expect(table.markdown.contains("| GetPresets | READ_MEDIA | yes | – |"))
    }
}
