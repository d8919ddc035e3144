import Foundation
import ONVIF
import Testing
import XML

/// Resets, logs, files and the time, as far as they are values.
struct SystemMaintenanceTests {
    private var camera = ControlHarness(
        .dome {
            $0.system.hasLog = true
            $0.system.hasSupportInformation = true
            $0.system.hasBackup = true
            $0.system.hasFirmwareUpgrade = true
            $0.system.hasMonitoring = true
        })

    private static func reset(_ mode: String) -> String {
        "<tds:SetSystemFactoryDefault><tds:FactoryDefault>\(mode)</tds:FactoryDefault></tds:SetSystemFactoryDefault>"
    }

    private static let administrator = """
        <tds:User><tt:Username>root</tt:Username><tt:Password>Secret-2</tt:Password>\
        <tt:UserLevel>Administrator</tt:UserLevel></tds:User>
        """

    // MARK: Reset

    @Test(arguments: ["Soft", "Hard"])
    func aResetBringsTheFactorySettingsBackAndReboots(mode: String) throws {
        var camera = camera
        let factory = camera.device
        try camera.call("<tds:SetHostname><tds:Name>mine</tds:Name></tds:SetHostname>")
        try camera.call("<tds:CreateUsers>\(Self.administrator)</tds:CreateUsers>")
        try camera.call("<tds:AddScopes><tds:ScopeItem>urn:x:y</tds:ScopeItem></tds:AddScopes>")
        camera.device.effects = []
        camera.now += 100
        try camera.call(Self.reset(mode))
        #expect(camera.device.effects == [.reboot])
        #expect(camera.device.system.scopes == factory.system.scopes)
        #expect(camera.device.system.metadataVersion > 2, "who cached the scopes must ask again")
        #expect(camera.device.media == factory.media)
        #expect(camera.device.maintenance.lastReset == camera.now)
        let isSoft = mode == "Soft"
        #expect((camera.device.network.hostname == "mine") == isSoft)
        #expect(camera.device.system.users.map(\.name) == (isSoft ? ["root"] : []))
        #expect(camera.device.log.text(.system).contains("reset to factory defaults (\(mode))"))
    }

    @Test func aHardResetPutsRTSPWhereTheFactoryHadIt() throws {
        var camera = camera
        let move = """
            <tds:SetNetworkProtocols><tds:NetworkProtocols><tt:Name>RTSP</tt:Name><tt:Enabled>false</tt:Enabled>\
            <tt:Port>9554</tt:Port></tds:NetworkProtocols></tds:SetNetworkProtocols>
            """
        try camera.call(move)
        camera.device.effects = []
        try camera.call(Self.reset("Hard"))
        #expect(camera.device.effects == [.rtspPort(8554), .reboot])
        #expect(try camera.fault(Self.reset("Medium")).subcodes == ["InvalidArgVal"])
    }

    // MARK: Log

    @Test func theLogKeepsTheLatestEntriesOneLineEach() {
        var log = SystemLog()
        for number in 1...(SystemLog.limit + 1) {
            log.note(.access, "entry \(number)\nof many", at: ControlHarness.start)
        }
        let lines = log.text(.access).split(separator: "\n")
        #expect(lines.count == SystemLog.limit)
        #expect(lines.first == "2026-05-28T20:26:40Z entry 2 of many")
        #expect(log.text(.system).isEmpty)
        log.note(.system, String(repeating: "x", count: 10_000), at: ControlHarness.start)
        #expect(log.entries(.system).first?.text.count == SystemLog.textLimit)
    }

    @Test func theLogTellsStartsChangesAndRefusals() throws {
        var camera = camera
        let entry = try #require(Operations.all.first { $0.name == "SetHostname" })
        let reading = try #require(Operations.all.first { $0.name == "GetHostname" })
        let user = User(name: "root", password: "", level: .administrator)
        let call = Call(now: camera.now, authority: "camera", user: user)
        camera.device.noteChange(by: entry, call, from: "192.0.2.77")
        camera.device.noteChange(by: reading, call, from: "192.0.2.77")
        camera.device.noteRefusal(.level("guest"), from: nil, at: camera.now)
        func log(_ kind: String) throws -> [Substring] {
            let answer = try camera.call("<tds:GetSystemLog><tds:LogType>\(kind)</tds:LogType></tds:GetSystemLog>")
            return try answer.at("SystemLog", "String").text.split(separator: "\n")
        }
        let time = "2026-05-28T20:26:40Z"
        #expect(try log("System") == ["\(time) started, firmware 1.0", "\(time) SetHostname (device) by root"])
        #expect(
            try log("Access")
                == [
                    "\(time) root from 192.0.2.77 was allowed SetHostname",
                    "\(time) guest was refused for want of rights",
                ])
        let wrong = "<tds:GetSystemLog><tds:LogType>Other</tds:LogType></tds:GetSystemLog>"
        #expect(try camera.fault(wrong).subcodes == ["InvalidArgVal"])
    }

    @Test func supportInformationTellsTheDeviceButNoPassword() throws {
        var camera = camera
        try camera.call("<tds:CreateUsers>\(Self.administrator)</tds:CreateUsers>")
        try camera.call(
            "<tds:SendAuxiliaryCommand><tds:AuxiliaryCommand>tt:Wiper|On</tds:AuxiliaryCommand></tds:SendAuxiliaryCommand>"
        )
        let text = try camera.call("<tds:GetSystemSupportInformation/>").at("SupportInformation", "String").text
        for line in [
            "Serial number: GE0001", "User: root (Administrator)", "Auxiliary: tt:Wiper On", "RTSP: on, port 8554",
        ] {
            #expect(text.contains(line + "\n"))
        }
        #expect(!text.contains("Secret"))
    }

    // MARK: Files

    @Test func theURIsMirrorTheAddressThatTheClientUsed() throws {
        var camera = camera
        let uris = try camera.call("<tds:GetSystemUris/>")
        let root = "http://192.0.2.10:8080/files/"
        #expect(
            try uris.at("SystemLogUris").children.compactMap { $0.child("Uri")?.text }
                == [root + "log/system.txt", root + "log/access.txt"])
        #expect(try uris.at("SupportInfoUri").text == root + "support.txt")
        #expect(try uris.at("SystemBackupUri").text == root + "backup")
    }

    @Test(arguments: [("StartSystemRestore", "restore"), ("StartFirmwareUpgrade", "firmware")])
    func anUploadIsAwaitedForAWhileUnderItsLatestAddress(operation: String, folder: String) throws {
        var camera = camera
        let kind = try #require(MaintenanceState.Upload.Kind(rawValue: folder))
        let first = try camera.call("<tds:\(operation)/>").at("UploadUri").text
        let answer = try camera.call("<tds:\(operation)/>")
        let second = try answer.at("UploadUri").text
        #expect(try answer.at("ExpectedDownTime").text == "PT5S")
        func isAwaited(_ uri: String, after seconds: Double) throws -> Bool {
            let token = try #require(uri.split(separator: "/").last)
            return camera.device.maintenance.upload(kind, token: String(token), at: camera.now + seconds) != nil
        }
        #expect(second.hasPrefix("http://192.0.2.10:8080/files/\(folder)/"))
        #expect(try !isAwaited(first, after: 0))
        #expect(try isAwaited(second, after: MaintenanceState.uploadLifetime - 1))
        #expect(try !isAwaited(second, after: MaintenanceState.uploadLifetime))
    }

    @Test func aFirmwareRunsFromTheNextStartOn() throws {
        var camera = camera
        func version() throws -> String { try camera.call("<tds:GetDeviceInformation/>").at("FirmwareVersion").text }
        camera.device.install(firmware: "2.5", at: camera.now)
        #expect(camera.device.effects == [.reboot])
        #expect(try version() == "1.0")
        camera.device.restart(at: camera.now)
        #expect(try version() == "2.5")
        try camera.call(Self.reset("Hard"))
        camera.device.restart(at: camera.now)
        #expect(try version() == "2.5", "a reset is no downgrade")
    }

    @Test func aBackupBringsItsSettingsBackOnAnotherDeviceOfTheKind() throws {
        var camera = camera
        try camera.call("<tds:CreateUsers>\(Self.administrator)</tds:CreateUsers>")
        try camera.call("<tds:SetHostname><tds:Name>backed-up</tds:Name></tds:SetHostname>")
        let file = try JSONEncoder().encode(DeviceSettings(camera.device))
        let settings = try JSONDecoder().decode(DeviceSettings.self, from: file)
        var other = DeviceIdentity.fixture
        other.httpPort = 9080
        other.rtspPort = 9554
        other.address = "192.0.2.99"
        var device = DeviceState(model: camera.device.model, identity: other, users: [], now: camera.now)
        let isTaken = device.restore(settings, at: camera.now)
        #expect(isTaken)
        #expect(device.network.hostname == "backed-up")
        #expect(device.system.users == camera.device.system.users)
        #expect(device.network.protocols.map(\.ports) == [[9080], [9554]], "the ports are this device's")
        #expect(device.network.interface.addresses.map(\.address) == ["192.0.2.99"])
        #expect(device.effects == [.reboot])
        var bullet = DeviceState(model: .dome { $0.ptz = nil }, identity: other, users: [], now: camera.now)
        let before = String(describing: bullet)
        let isRefused = !bullet.restore(settings, at: camera.now)
        #expect(isRefused && String(describing: bullet) == before)
    }

    // MARK: Events

    @Test func resetsBackupsAndClockSettingsAreProperties() throws {
        var camera = camera
        func status(_ topic: EventTopic) -> String? {
            camera.device.events.properties.first { $0.topic == topic.path }?.data.first?.value
        }
        let never = "1970-01-01T00:00:00Z"
        #expect(status(.lastReset) == never && status(.lastBackup) == never)
        #expect(status(.lastClockSynchronization) == "2026-05-28T20:26:40Z", "by NTP, at the start")
        camera.now += 60
        camera.device.noteBackup(at: camera.now)
        try camera.call(Self.reset("Soft"))
        camera.pass(0)
        #expect(status(.lastReset) == "2026-05-28T20:27:40Z" && status(.lastBackup) == "2026-05-28T20:27:40Z")
        camera.device.restart(at: camera.now)
        #expect(status(.lastReset) == "2026-05-28T20:27:40Z")
        #expect(!EventTopic.announced(by: .dome).contains(.lastReset))
    }

    @Test func whoListensIsToldThatTheDeviceGoesAway() throws {
        var camera = camera
        let created = try camera.call("<tev:CreatePullPointSubscription/>")
        let path = String(
            try created.at("SubscriptionReference", "Address").text.dropFirst("http://192.0.2.10:8080".count))
        camera.device.install(firmware: "3", at: camera.now)
        let pull =
            "<tev:PullMessages><tev:Timeout>PT0S</tev:Timeout><tev:MessageLimit>100</tev:MessageLimit></tev:PullMessages>"
        let topics = try camera.exchange(pull, path: path).body.children("NotificationMessage").map {
            try $0.at("Topic").text
        }
        #expect(
            topics.suffix(2) == [
                "tns1:Device/OperationMode/UploadInitiated", "tns1:Device/OperationMode/ShutdownInitiated",
            ])
        // The topic set must describe them to the schemas' liking.
        try camera.call("<tev:GetEventProperties/>")
    }

    // MARK: Time

    @Test func theClockFollowsNTPOnlyWithAServer() throws {
        var camera = camera
        func clock(_ type: String) -> String {
            """
            <tds:SetSystemDateAndTime><tds:DateTimeType>\(type)</tds:DateTimeType><tds:DaylightSavings>false\
            </tds:DaylightSavings></tds:SetSystemDateAndTime>
            """
        }
        let none = "<tds:SetNTP><tds:FromDHCP>false</tds:FromDHCP></tds:SetNTP>"
        #expect(try camera.fault(none).subcodes == ["InvalidArgVal", "TimeSyncedToNtp"])
        try camera.call(clock("Manual"))
        try camera.call(none)
        #expect(try camera.fault(clock("NTP")).subcodes == ["InvalidArgVal", "NtpServerUndefined"])
        try camera.call("<tds:SetNTP><tds:FromDHCP>true</tds:FromDHCP></tds:SetNTP>")
        try camera.call(clock("NTP"))
    }

    @Test(arguments: [(true, "22"), (false, "21")])
    func localTimeKeepsSummerTimeIfItIsSwitchedOn(isOn: Bool, hour: String) throws {
        var camera = camera
        // 2026-05-28T20:26:40Z in Berlin.
        try camera.call(
            """
            <tds:SetSystemDateAndTime><tds:DateTimeType>NTP</tds:DateTimeType><tds:DaylightSavings>\(isOn)\
            </tds:DaylightSavings><tds:TimeZone><tt:TZ>CET-1CEST,M3.5.0,M10.5.0/3</tt:TZ></tds:TimeZone>\
            </tds:SetSystemDateAndTime>
            """)
        let shown = try camera.call("<tds:GetSystemDateAndTime/>").at("SystemDateAndTime")
        #expect(try shown.at("LocalDateTime", "Time", "Hour").text == hour)
        #expect(try shown.at("UTCDateTime", "Time", "Hour").text == "20")
    }

    // MARK: Capabilities

    @Test func whatIsNotClaimedIsRefusedAndWhatIsClaimedWorks() throws {
        var (full, plain) = (camera, ControlHarness())
        let features = [
            "SystemLogging", "HttpFirmwareUpgrade", "HttpSystemBackup", "HttpSystemLogging", "HttpSupportInformation",
        ]
        let claimed = try full.call("<tds:GetServiceCapabilities/>").at("Capabilities", "System")
        #expect(features.allSatisfy { claimed.attribute($0) == "true" })
        let without = try plain.call("<tds:GetServiceCapabilities/>").at("Capabilities", "System")
        #expect(features.allSatisfy { without.attribute($0) == "false" })
        let older = try full.call("<tds:GetCapabilities/>").at("Capabilities", "Device", "System")
        #expect(try older.at("SystemLogging").text == "true")
        #expect(try older.at("Extension").children.map(\.text) == ["true", "true", "true", "true"])
        // The transfers by MTOM are not claimed, and not there.
        for (capability, operation) in [
            ("SystemBackup", "GetSystemBackup"), ("SystemBackup", "RestoreSystem"),
            ("FirmwareUpgrade", "UpgradeSystemFirmware"),
        ] {
            #expect(claimed.attribute(capability) == "false")
            #expect(!Operations.all.contains { $0.service == .device && $0.name == operation })
        }
        let gated = [
            "GetSystemLog", "GetSystemSupportInformation", "GetSystemUris", "StartSystemRestore",
            "StartFirmwareUpgrade",
        ]
        // Without Digest nobody could authenticate for a file.
        var tokens = full.device.model
        tokens.access.httpDigest = false
        for entry in Operations.all where entry.service == .device && gated.contains(entry.name) {
            #expect(entry.isSupported(by: full.device.model) && !entry.isSupported(by: plain.device.model))
            let isMessage = ["GetSystemLog", "GetSystemSupportInformation"].contains(entry.name)
            #expect(entry.isSupported(by: tokens) == isMessage)
        }
    }

    @Test func aCameraWithoutAHeadHasAuxiliaryCommandsToo() throws {
        var bullet = ControlHarness(
            .dome {
                $0.ptz = nil
                $0.system.auxiliaryCommands = ["tt:IRLamp|On", "tt:IRLamp|Off", "tt:IRLamp|Auto"]
            })
        func send(_ command: String) -> String {
            "<tds:SendAuxiliaryCommand><tds:AuxiliaryCommand>\(command)</tds:AuxiliaryCommand></tds:SendAuxiliaryCommand>"
        }
        let misc = try bullet.call("<tds:GetServiceCapabilities/>").at("Capabilities", "Misc")
        #expect(misc.attribute("AuxiliaryCommands") == "tt:IRLamp|On tt:IRLamp|Off tt:IRLamp|Auto")
        try bullet.call(send("tt:IRLamp|On"))
        try bullet.call(send("tt:IRLamp|Auto"))
        #expect(bullet.device.system.auxiliary == ["tt:IRLamp": "Auto"])
        #expect(try bullet.fault(send("tt:Wiper|On")).subcodes == ["InvalidArgVal", "AuxiliaryDataNotSupported"])
    }
}
