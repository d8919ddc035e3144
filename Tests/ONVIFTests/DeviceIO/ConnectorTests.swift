import Foundation
import ONVIF
import Testing
import XML

/// Digital inputs, serial ports, video outputs, and what Device IO has of media sources.
struct ConnectorTests {
    private static let model = DeviceModel.dome { model in
        model.io.inputs = [
            DigitalInputModel(schedule: AlarmSchedule(period: 10, duration: 3)),
            DigitalInputModel(schedule: nil, normally: .closed, isConfigurable: false),
        ]
        model.io.serialPorts = [
            SerialPortModel(kind: .rs485HalfDuplex, hasLoopback: true), SerialPortModel(kind: .rs232),
        ]
        model.io.videoOutputs = [
            VideoOutputModel(resolution: Resolution(width: 1920, height: 1080), refreshRate: 60)
        ]
        model.loudspeaker = AudioOutputModel()
    }

    // MARK: Inputs

    private static func idle(_ state: String, token: String = "DigitalInput_1") -> String {
        "<tmd:SetDigitalInputConfigurations><tmd:DigitalInputs token=\"\(token)\" IdleState=\"\(state)\"/>"
            + "</tmd:SetDigitalInputConfigurations>"
    }

    /// The harness begins at a multiple of ten seconds, when the first contact closes for three.
    @Test func aListenerIsToldWhenTheContactLeavesItsIdleState() throws {
        var harness = ControlHarness(Self.model)
        let path = try harness.subscribe("tns1:Device/Trigger/DigitalInput")
        #expect(try harness.pull(path).map { $0.data[0].value } == ["true", "true"])
        harness.pass(3.5)
        #expect(try harness.pull(path).map { $0.source[0].value + $0.data[0].value } == ["DigitalInput_1false"])
        // Told that closed is idle, the open contact is active.
        try harness.call(Self.idle("closed"))
        #expect(try harness.pull(path).map { $0.data[0].value } == ["true"])
        harness.pass(7)
        #expect(try harness.pull(path).map { $0.data[0].value } == ["false"])
    }

    @Test func inputsAreConfiguredTogetherOrNotAtAll() throws {
        var harness = ControlHarness(Self.model)
        let options = try harness.call("<tmd:GetDigitalInputConfigurationOptions/>").at("DigitalInputOptions")
        #expect(options.children.map(\.text) == ["closed", "open"])
        #expect(try harness.fault(Self.idle("ajar")).subcodes == ["InvalidArgVal", "SettingsInvalid"])
        #expect(
            try harness.fault(Self.idle("open", token: "DigitalInput_2")).subcodes == ["InvalidArgVal", "NoConfig"])
        #expect(try harness.fault(Self.idle("open", token: "none")).subcodes == ["InvalidArgVal", "NoConfig"])
        let both =
            "<tmd:SetDigitalInputConfigurations><tmd:DigitalInputs token=\"DigitalInput_1\" IdleState=\"closed\"/>"
            + "<tmd:DigitalInputs token=\"none\"/></tmd:SetDigitalInputConfigurations>"
        #expect(try harness.fault(both).subcodes == ["InvalidArgVal", "NoConfig"])
        #expect(harness.device.io.inputs[0].idle == .open)
        try harness.call(Self.idle("closed"))
        let inputs = try harness.call("<tmd:GetDigitalInputs/>").children
        #expect(inputs.map { $0.attribute("IdleState") } == ["closed", nil])
    }

    // MARK: Serial ports

    private static func send(
        _ data: String = "", token: String? = "SerialPort_1", timeout: String? = "PT1S", more: String = ""
    ) -> String {
        "<tmd:SendReceiveSerialCommand>" + (token.map { "<tmd:Token>\($0)</tmd:Token>" } ?? "")
            + (data.isEmpty ? "" : "<tmd:SerialData>\(data)</tmd:SerialData>")
            + (timeout.map { "<tmd:TimeOut>\($0)</tmd:TimeOut>" } ?? "") + "\(more)</tmd:SendReceiveSerialCommand>"
    }

    @Test func aLoopbackPlugSendsBackWhatIsTransmitted() throws {
        var harness = ControlHarness(Self.model)
        let text = try harness.call(Self.send("<tmd:String>hello</tmd:String>"))
        #expect(try text.at("SerialData", "String").text == "hello")
        let bytes = try harness.call(Self.send("<tmd:Binary>AAECAw==</tmd:Binary>"))
        #expect(try bytes.at("SerialData", "Binary").text == "AAECAw==")
        #expect(try harness.call(Self.send()).children.isEmpty)
        // No text can hold what arrives: it is answered in base64.
        try harness.call(Self.send("<tmd:Binary>AAECAw==</tmd:Binary>", timeout: "PT0S"))
        #expect(try harness.call(Self.send(timeout: nil)).at("SerialData", "Binary").text == "AAECAw==")
    }

    @Test func whatIsNotReadWaitsForItsReader() throws {
        var harness = ControlHarness(Self.model)
        #expect(try harness.call(Self.send("<tmd:String>one;two;three</tmd:String>", timeout: "PT0S")).children.isEmpty)
        func next(_ more: String) throws -> String {
            try harness.call(Self.send(more: more)).at("SerialData", "String").text
        }
        #expect(try next("<tmd:Delimiter>;</tmd:Delimiter>") == "one;")
        #expect(try next("<tmd:DataLength>2</tmd:DataLength>") == "tw")
        #expect(try next("<tmd:DataLength>9</tmd:DataLength><tmd:Delimiter>;</tmd:Delimiter>") == "o;")
        #expect(try next("") == "three")
    }

    @Test func withoutAPlugNothingComesBack() throws {
        var harness = ControlHarness(Self.model)
        let answer = try harness.call(Self.send("<tmd:String>hello</tmd:String>", token: "SerialPort_2"))
        #expect(answer.children.isEmpty)
    }

    @Test func whatThePortCannotHoldIsRefused() throws {
        var harness = ControlHarness(Self.model)
        let limit = SerialPortState.bufferLimit
        let over = ["OperationProhibited", "DataLengthOver"]
        try harness.call(Self.send("<tmd:String>\(String(repeating: "x", count: limit))</tmd:String>", timeout: "PT0S"))
        let long = Self.send("<tmd:String>\(String(repeating: "x", count: limit + 1))</tmd:String>")
        #expect(try harness.fault(long).subcodes == over)
        #expect(try harness.fault(Self.send(more: "<tmd:DataLength>\(limit + 1)</tmd:DataLength>")).subcodes == over)
        #expect(try harness.fault(Self.send(more: "<tmd:DataLength>-1</tmd:DataLength>")).subcodes == over)
        #expect(try harness.fault(Self.send(token: "none")).subcodes == ["InvalidArgVal", "InvalidSerialPort"])
        #expect(harness.device.io.serialPorts[0].received.count == limit)
    }

    private static func configure(
        baud: Int = 19_200, parity: String = "Even", length: Int = 7, stop: String = "2",
        type: String = "RS485HalfDuplex",
        token: String = "SerialPort_1"
    ) -> String {
        "<tmd:SetSerialPortConfiguration><tmd:SerialPortConfiguration token=\"\(token)\" type=\"\(type)\">"
            + "<tmd:BaudRate>\(baud)</tmd:BaudRate><tmd:ParityBit>\(parity)</tmd:ParityBit>"
            + "<tmd:CharacterLength>\(length)</tmd:CharacterLength><tmd:StopBit>\(stop)</tmd:StopBit>"
            + "</tmd:SerialPortConfiguration><tmd:ForcePersistance>true</tmd:ForcePersistance>"
            + "</tmd:SetSerialPortConfiguration>"
    }

    @Test func aSerialPortIsConfiguredWithinItsOptions() throws {
        var harness = ControlHarness(Self.model)
        let ask = "<tmd:SerialPortToken>SerialPort_1</tmd:SerialPortToken>"
        let options = try harness.call(
            "<tmd:GetSerialPortConfigurationOptions>\(ask)</tmd:GetSerialPortConfigurationOptions>"
        ).at("SerialPortOptions")
        #expect(try options.at("BaudRateList").children.map(\.text) == ["9600", "19200", "38400", "115200"])
        try harness.call(Self.configure())
        let get = "<tmd:GetSerialPortConfiguration>\(ask)</tmd:GetSerialPortConfiguration>"
        let configuration = try harness.call(get).at("SerialPortConfiguration")
        #expect(configuration.children.map(\.text) == ["19200", "Even", "7", "2"])
        #expect(configuration.attribute("type") == "RS485HalfDuplex")
        for wrong in [
            Self.configure(baud: 1), Self.configure(parity: "Mark"), Self.configure(length: 5),
            Self.configure(stop: "1.5"), Self.configure(type: "RS232"),
        ] {
            #expect(try harness.fault(wrong).subcodes == ["InvalidArgVal", "ConfigModify"])
        }
        #expect(
            try harness.fault(Self.configure(token: "none")).subcodes == ["InvalidArgVal", "InvalidSerialPort"])
    }

    // MARK: Outputs and sources

    @Test func aVideoOutputShowsTheWholePicture() throws {
        var harness = ControlHarness(Self.model)
        let output = try harness.call("<tmd:GetVideoOutputs/>").at("VideoOutputs")
        #expect(output.attribute("token") == "VideoOutput_1")
        #expect(try output.at("Resolution").children.map(\.text) == ["1920", "1080"])
        func set(_ token: String, _ output: String) -> String {
            "<tmd:SetVideoOutputConfiguration><tmd:Configuration token=\"\(token)\"><tt:Name>Hall</tt:Name>"
                + "<tt:UseCount>0</tt:UseCount><tt:OutputToken>\(output)</tt:OutputToken></tmd:Configuration>"
                + "<tmd:ForcePersistence>true</tmd:ForcePersistence></tmd:SetVideoOutputConfiguration>"
        }
        try harness.call(set("VideoOutputConfiguration_1", "VideoOutput_1"))
        #expect(try harness.fault(set("other", "VideoOutput_1")).subcodes == ["InvalidArgVal", "ConfigModify"])
        #expect(
            try harness.fault(set("VideoOutputConfiguration_1", "none")).subcodes == ["InvalidArgVal", "NoVideoOutput"])
        let ask = "<tmd:VideoOutputToken>VideoOutput_1</tmd:VideoOutputToken>"
        let configuration = try harness.call(
            "<tmd:GetVideoOutputConfiguration>\(ask)</tmd:GetVideoOutputConfiguration>")
        #expect(try configuration.at("VideoOutputConfiguration", "Name").text == "Hall")
        try harness.call("<tmd:GetVideoOutputConfigurationOptions>\(ask)</tmd:GetVideoOutputConfigurationOptions>")
    }

    /// What Device IO answers of a source is what Media has of it.
    @Test(arguments: [("Video", "Source"), ("Audio", "Source"), ("Audio", "Output")])
    func theConfigurationsOfMediaAreAskedForByTheirSources(medium: String, kind: String) throws {
        var harness = ControlHarness(Self.model)
        let name = "\(medium)\(kind)"
        func ask(_ operation: String, _ token: String) -> String {
            "<tmd:\(operation)><tmd:\(name)Token>\(token)</tmd:\(name)Token></tmd:\(operation)>"
        }
        let answer = try harness.call(ask("Get\(name)Configuration", "\(name)_1"))
        let configuration = try answer.at("\(name)Configuration")
        let same = try harness.call("<trt:Get\(name)Configurations/>").at("Configurations")
        #expect(configuration.attribute("token") == same.attribute("token"))
        #expect(configuration.children == same.children)
        let options = try harness.call(ask("Get\(name)ConfigurationOptions", "\(name)_1"))
        #expect(options.children.count == 1)
        let nothing = ["InvalidArgVal", "No\(name)"]
        #expect(try harness.fault(ask("Get\(name)Configuration", "none")).subcodes == nothing)
        #expect(try harness.fault(ask("Get\(name)ConfigurationOptions", "none")).subcodes == nothing)
    }

    @Test func whatADeviceLacksItDoesNotPerform() {
        let always: Set = [
            "GetAudioOutputs", "GetAudioSources", "GetDigitalInputs", "GetRelayOutputs", "GetSerialPorts",
            "GetServiceCapabilities", "GetVideoOutputs", "GetVideoSources", "GetVideoSourceConfiguration",
            "GetVideoSourceConfigurationOptions", "SetVideoSourceConfiguration", "GetAudioSourceConfiguration",
            "GetAudioSourceConfigurationOptions", "SetAudioSourceConfiguration",
        ]
        let entries = Operations.all.filter { $0.service == .deviceIO }
        #expect(Set(entries.filter { $0.isSupported(by: .dome) }.map(\.name)) == always)
        var rich = Self.model
        rich.io.relays = [RelayModel()]
        #expect(entries.count == 29 && entries.allSatisfy { $0.isSupported(by: rich) })
    }
}
