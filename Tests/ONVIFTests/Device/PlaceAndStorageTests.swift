import Foundation
import ONVIF
import Testing
import XML

/// Geo locations and storage configurations.
struct PlaceAndStorageTests {
    private var camera = ControlHarness(
        .dome {
            $0.system.maximumGeoLocations = 2
            $0.system.maximumStorageConfigurations = 2
        })

    private static func location(_ entity: String, _ token: String, _ place: String = "") -> String {
        "<tds:Location Entity=\"\(entity)\" Token=\"\(token)\">\(place)</tds:Location>"
    }

    private static func set(_ locations: String...) -> String {
        "<tds:SetGeoLocation>\(locations.joined())</tds:SetGeoLocation>"
    }

    @Test func locationsAreSetReplacedAndDeleted() throws {
        var camera = camera
        let place = "<tt:GeoLocation lon=\"8.4\" lat=\"49\" elevation=\"115.5\"/>"
        try camera.call(
            Self.set(
                Self.location("Device", "", place),
                Self.location(
                    "VideoSource", "VideoSource_1", "<tt:LocalOrientation pan=\"10\" tilt=\"-5\" roll=\"0\"/>")))
        try camera.call(
            Self.set(Self.location("Device", "", "<tt:GeoOrientation roll=\"0\" pitch=\"1\" yaw=\"2.5\"/>")))
        let shown = try camera.call("<tds:GetGeoLocation/>").children
        #expect(shown.map { $0.attribute("Entity") } == ["Device", "VideoSource"])
        #expect(shown[0].children.map(\.name) == ["GeoOrientation"], "what is not passed is removed")
        #expect(shown[0].child("GeoOrientation")?.attribute("yaw") == "2.5")
        #expect(shown[1].child("LocalOrientation")?.attribute("tilt") == "-5")
        #expect(try camera.fault(Self.set(Self.location("Device", "3"))).subcodes == ["Action", "TooManyEntries"])
        let delete = "<tds:DeleteGeoLocation>\(Self.location("Device", ""))</tds:DeleteGeoLocation>"
        try camera.call(delete)
        #expect(try camera.fault(delete).subcodes == ["InvalidArgVal", "NoConfig"])
        #expect(try camera.call("<tds:GetGeoLocation/>").children.count == 1)
    }

    @Test(arguments: [
        ("<tds:Location><tt:GeoLocation lon=\"181\" lat=\"0\"/></tds:Location>", ["InvalidArgVal"]),
        ("<tds:Location><tt:GeoLocation lon=\"0\" lat=\"-90.1\"/></tds:Location>", ["InvalidArgVal"]),
        ("<tds:Location><tt:GeoLocation lon=\"east\"/></tds:Location>", ["InvalidArgVal"]),
        ("<tds:Location AutoGeo=\"true\"/>", ["InvalidArgVal", "NoAutoGeo"]), ("", ["InvalidArgs"]),
    ])
    func whatIsNoPlaceIsRefused(location: String, subcodes: [String]) throws {
        var camera = camera
        #expect(try camera.fault(Self.set(location)).subcodes == subcodes)
    }

    private static func data(_ element: String, type: String = "NFS", _ more: String = "") -> String {
        """
        <tds:\(element) type="\(type)"><tds:LocalPath>/mnt</tds:LocalPath><tds:StorageUri>nfs://nas.example/x</tds:StorageUri>\
        <tds:User><tds:UserName>cam</tds:UserName><tds:Password>hidden</tds:Password></tds:User>\(more)</tds:\(element)>
        """
    }

    private static func create(_ data: String = data("StorageConfiguration")) -> String {
        "<tds:CreateStorageConfiguration>\(data)</tds:CreateStorageConfiguration>"
    }

    @Test func storageConfigurationsAreKeptWithoutTellingTheirSecrets() throws {
        var camera = camera
        let token = try camera.call(Self.create()).at("Token").text
        let other = try camera.call(Self.create()).at("Token").text
        #expect(token != other)
        #expect(
            try camera.fault(Self.create()).subcodes == ["OperationProhibited", "MaxStorageConfigurations"])
        try camera.call(
            """
            <tds:SetStorageConfiguration><tds:StorageConfiguration token="\(token)">\(Self.data("Data", type: "CIFS"))\
            </tds:StorageConfiguration></tds:SetStorageConfiguration>
            """)
        let one = try camera.call(
            "<tds:GetStorageConfiguration><tds:Token>\(token)</tds:Token></tds:GetStorageConfiguration>")
        let data = try one.at("StorageConfiguration", "Data")
        #expect(data.attribute("type") == "CIFS")
        #expect(try data.at("User").children.map(\.name) == ["UserName"])
        #expect(camera.device.system.storage.first?.password == "hidden")
        let delete = "<tds:DeleteStorageConfiguration><tds:Token>\(token)</tds:Token></tds:DeleteStorageConfiguration>"
        try camera.call(delete)
        #expect(try camera.fault(delete).subcodes == ["InvalidArgVal", "NoConfig"])
        let all = try camera.call("<tds:GetStorageConfigurations/>").children("StorageConfigurations")
        #expect(all.map { $0.attribute("token") } == [other])
    }

    @Test(arguments: [
        ("<tds:StorageConfiguration type=\"Floppy\"/>", ["InvalidArgVal", "ConfigModify"]),
        (
            """
            <tds:StorageConfiguration type="FTP"><tds:LocalPath>\(String(repeating: "x", count: 2049))</tds:LocalPath>\
            </tds:StorageConfiguration>
            """, ["InvalidArgVal", "ConfigModify"]
        ),
        (
            "<tds:StorageConfiguration type=\"FTP\"><tds:ConfigurationRenewal/></tds:StorageConfiguration>",
            ["InvalidArgVal", "ConfigModify"]
        ),
        ("<tds:StorageConfiguration/>", ["InvalidArgs"]), ("", ["InvalidArgs"]),
    ])
    func aStorageThatTheDeviceDoesNotKnowIsRefused(data: String, subcodes: [String]) throws {
        var camera = camera
        #expect(try camera.fault(Self.create(data)).subcodes == subcodes)
    }

    @Test func theCapabilitiesTellHowManyThereMayBe() throws {
        var (full, plain) = (camera, ControlHarness())
        let system = try full.call("<tds:GetServiceCapabilities/>").at("Capabilities", "System")
        #expect(system.attribute("GeoLocationEntries") == "2")
        #expect(system.attribute("StorageConfiguration") == "true")
        #expect(system.attribute("MaxStorageConfigurations") == "2")
        let without = try plain.call("<tds:GetServiceCapabilities/>").at("Capabilities", "System")
        #expect(without.attribute("GeoLocationEntries") == nil)
        #expect(without.attribute("StorageConfiguration") == "false")
        for entry in Operations.all
        where entry.service == .device && (entry.name.contains("GeoLocation") || entry.name.contains("StorageConf")) {
            #expect(entry.isSupported(by: full.device.model) && !entry.isSupported(by: plain.device.model))
        }
    }
}
