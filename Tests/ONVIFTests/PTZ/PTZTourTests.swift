import Foundation
import ONVIF
import Testing
import XML

struct PTZTourTests {
    private static let model = DeviceModel.dome { model in
        model.ptz?.maximumTours = 2
    }

    private static func request(_ operation: String, _ arguments: String = "") -> String {
        "<tptz:\(operation)><tptz:ProfileToken>MainStream</tptz:ProfileToken>\(arguments)</tptz:\(operation)>"
    }

    private static func operate(_ operation: String, _ token: String = "PresetTour_1") -> String {
        request(
            "OperatePresetTour",
            "<tptz:PresetTourToken>\(token)</tptz:PresetTourToken><tptz:Operation>\(operation)</tptz:Operation>")
    }

    private static func position(_ x: Double, stay: Int? = 5) -> String {
        spot("<tt:PTZPosition><tt:PanTilt x=\"\(x)\" y=\"0\"/></tt:PTZPosition>", stay: stay)
    }

    private static func spot(_ detail: String, speed: String = "", stay: Int? = 5) -> String {
        "<tt:TourSpot><tt:PresetDetail>\(detail)</tt:PresetDetail>\(speed)"
            + (stay.map { "<tt:StayTime>PT\($0)S</tt:StayTime>" } ?? "") + "</tt:TourSpot>"
    }

    private static func modify(
        _ spots: String, condition: String = "<tt:StartingCondition/>", autoStart: Bool = false,
        token: String = "PresetTour_1"
    ) -> String {
        request(
            "ModifyPresetTour",
            "<tptz:PresetTour token=\"\(token)\"><tt:Name>Round</tt:Name><tt:Status><tt:State>Idle</tt:State></tt:Status>"
                + "<tt:AutoStart>\(autoStart)</tt:AutoStart>\(condition)\(spots)</tptz:PresetTour>")
    }

    /// The dome pans 90° a second and looks straight ahead: to 45° it takes half a second.
    private static let twoSpots = position(0.25) + position(-0.25)

    private func prepared(_ spots: String = twoSpots, condition: String = "<tt:StartingCondition/>") throws
        -> ControlHarness
    {
        var harness = ControlHarness(Self.model)
        #expect(
            try harness.call(Self.request("CreatePresetTour")).at("PresetTourToken").text == "PresetTour_1")
        try harness.call(Self.modify(spots, condition: condition))
        // The dome's middle tilt is where the spots are; the head goes there first.
        try harness.call(Self.request("AbsoluteMove", "<tptz:Position><tt:PanTilt x=\"0\" y=\"0\"/></tptz:Position>"))
        harness.pass(60)
        return harness
    }

    private func pan(_ harness: inout ControlHarness) throws -> Double {
        let status = try harness.call(Self.request("GetStatus")).at("PTZStatus", "Position", "PanTilt")
        let x = try #require(status.attribute("x").flatMap(Double.init))
        return x * 180
    }

    private func state(_ harness: inout ControlHarness) throws -> String {
        try harness.call(Self.request("GetPresetTours")).at("PresetTour", "Status", "State").text
    }

    @Test func aTourGoesFromSpotToSpotByTheClock() throws {
        var harness = try prepared()
        try harness.call(Self.operate("Start"))
        harness.now += 0.25
        #expect(abs(try pan(&harness) - 22.5) < 0.001)
        harness.now += 4.75
        #expect(abs(try pan(&harness) - 45) < 0.001)
        // 0.5 s of move and 5 s of stay are over after 5.5 s; a quarter of a second later it is at 22.5° again.
        harness.now += 0.75
        #expect(abs(try pan(&harness) - 22.5) < 0.001)
        let current = try harness.call(Self.request("GetPresetTours")).at("PresetTour", "Status", "CurrentTourSpot")
        #expect(try current.at("PresetDetail", "PTZPosition", "PanTilt").attribute("x") == "-0.25")
        #expect(try state(&harness) == "Touring")
    }

    /// Looking every second, or once after years, tells the same.
    @Test(arguments: [100.0, 86_400, 1e9], ["", " RandomPresetOrder=\"true\""])
    func aTourIsWhereItIsHoweverSeldomOneLooks(seconds: Double, random: String) throws {
        var harness = try prepared(
            Self.twoSpots + Self.position(0.5, stay: 1), condition: "<tt:StartingCondition\(random)/>")
        try harness.call(Self.operate("Start"))
        let head = try #require(harness.device.ptz)
        let late = head.view(at: harness.now + seconds)
        var often = head
        for step in 1...100 { often = often.settled(at: harness.now + seconds * Double(step) / 100) }
        #expect(abs(late.pan - often.view(at: harness.now + seconds).pan) < 0.01)
    }

    @Test func aRandomTourVisitsEverySpotInEveryRoundAndNotAlwaysInTheSameOrder() throws {
        let spots = (0..<4).map { Self.position(Double($0) / 10, stay: 10) }.joined()
        var harness = try prepared(spots, condition: "<tt:StartingCondition RandomPresetOrder=\"true\"/>")
        try harness.call(Self.operate("Start"))
        var rounds: [[Double]] = []
        for _ in 0..<6 {
            var round: [Double] = []
            for _ in 0..<4 {
                let run = try #require(harness.device.ptz?.run)
                let change = try #require(run.nextChange)
                round.append(try #require(run.leg.pan))
                harness.pass(change.timeIntervalSince(harness.now))
            }
            rounds.append(round)
        }
        #expect(rounds.allSatisfy { Set($0).count == 4 })
        #expect(Set(rounds).count > 1)
    }

    @Test func backwardIsTheOtherWayRound() throws {
        var harness = try prepared(
            condition: "<tt:StartingCondition><tt:Direction>Backward</tt:Direction></tt:StartingCondition>")
        try harness.call(Self.operate("Start"))
        harness.now += 1
        #expect(abs(try pan(&harness) + 45) < 0.001)
    }

    /// One round is 0.5 + 5 + 1 + 5 seconds, the further ones 12.
    @Test(arguments: [
        ("<tt:RecurringTime>1</tt:RecurringTime>", 11.5), ("<tt:RecurringTime>3</tt:RecurringTime>", 35.5),
        ("<tt:RecurringDuration>PT20S</tt:RecurringDuration>", 20),
        ("<tt:RecurringTime>1</tt:RecurringTime><tt:RecurringDuration>PT20S</tt:RecurringDuration>", 11.5),
        ("<tt:RecurringTime>3</tt:RecurringTime><tt:RecurringDuration>PT20S</tt:RecurringDuration>", 20),
    ])
    func aTourEndsWithTheFirstOfItsConditions(condition: String, end: Double) throws {
        var harness = try prepared(condition: "<tt:StartingCondition>\(condition)</tt:StartingCondition>")
        try harness.call(Self.operate("Start"))
        harness.now += end - 0.01
        #expect(try state(&harness) == "Touring")
        harness.now += 0.02
        #expect(try state(&harness) == "Idle")
        // From now on it stays where it is.
        let place = try pan(&harness)
        harness.pass(1000)
        #expect(try pan(&harness) == place)
    }

    @Test func aPausedTourWaitsAndGoesOnWithItsSpot() throws {
        var harness = try prepared(
            condition: "<tt:StartingCondition><tt:RecurringDuration>PT20S</tt:RecurringDuration></tt:StartingCondition>"
        )
        try harness.call(Self.operate("Start"))
        harness.now += 6
        try harness.call(Self.operate("Pause"))
        let place = try pan(&harness)
        harness.now += 1000
        #expect(try pan(&harness) == place)
        #expect(try state(&harness) == "Paused")
        try harness.call(Self.operate("Start"))
        harness.now += 1
        #expect(abs(try pan(&harness) + 45) < 0.001)
        // The pause does not count: 14 of the 20 seconds were left.
        harness.now += 12.9
        #expect(try state(&harness) == "Touring")
        harness.now += 0.2
        #expect(try state(&harness) == "Idle")
    }

    @Test(arguments: [
        request("Stop"),
        request("ContinuousMove", "<tptz:Velocity><tt:PanTilt x=\"0.1\" y=\"0\"/></tptz:Velocity>"),
        request("AbsoluteMove", "<tptz:Position><tt:PanTilt x=\"0.9\" y=\"0\"/></tptz:Position>"),
        request("GotoHomePosition"), operate("Stop"),
        request("RemovePresetTour", "<tptz:PresetTourToken>PresetTour_1</tptz:PresetTourToken>"),
    ])
    func aMoveOfAClientEndsTheTour(move: String) throws {
        var harness = try prepared()
        try harness.call(Self.operate("Start"))
        harness.now += 3
        try harness.call(move)
        #expect(harness.device.ptz?.run == nil)
        harness.now += 60
        let place = try pan(&harness)
        harness.now += 60
        #expect(try pan(&harness) == place)
    }

    @Test func aTourStartsWithTheDeviceUntilItIsOperatedByHand() throws {
        var harness = try prepared()
        try harness.call(Self.request("CreatePresetTour"))
        try harness.call(Self.modify(Self.twoSpots, autoStart: true, token: "PresetTour_2"))
        try harness.call(Self.modify(Self.twoSpots, autoStart: true))
        #expect(harness.device.ptz?.tours.map(\.startsAutomatically) == [true, false])
        harness.device.restart(at: harness.now)
        #expect(try state(&harness) == "Touring")
        try harness.call(Self.operate("Pause"))
        try harness.call(Self.operate("Start"))
        #expect(harness.device.ptz?.tours[0].startsAutomatically == true)
        try harness.call(Self.operate("Stop"))
        #expect(harness.device.ptz?.tours[0].startsAutomatically == false)
        harness.device.restart(at: harness.now)
        #expect(try state(&harness) == "Idle")
    }

    @Test func oneTourIsUnderWayAtATimeAndNoneStartsWhileTheHeadMoves() throws {
        var harness = try prepared()
        try harness.call(Self.request("CreatePresetTour"))
        try harness.call(Self.modify(Self.twoSpots, token: "PresetTour_2"))
        try harness.call(
            Self.request("ContinuousMove", "<tptz:Velocity><tt:PanTilt x=\"0.1\" y=\"0\"/></tptz:Velocity>"))
        #expect(try harness.fault(Self.operate("Start")).subcodes == ["InvalidArgVal", "ActivationFailed"])
        try harness.call(Self.request("Stop"))
        try harness.call(Self.operate("Start"))
        // Restarting the tour that is under way is allowed.
        try harness.call(Self.operate("Start"))
        let fault = try harness.fault(Self.operate("Start", "PresetTour_2"))
        #expect(fault.code == .receiver && fault.subcodes == ["InvalidArgVal", "ActivationFailed"])
    }

    @Test func whatATourCannotHaveIsRefused() throws {
        var harness = try prepared()
        let invalid = ["InvalidArgVal", "InvalidPresetTour"]
        for spots in [
            Self.position(0.25, stay: 0), Self.position(0.25, stay: 3601), Self.position(2),
            Self.spot("<tt:PresetToken>Preset_9</tt:PresetToken>"), Self.spot("<tt:Home>false</tt:Home>"),
            Self.spot("<tt:Home>true</tt:Home>", speed: "<tt:Speed><tt:Zoom x=\"2\"/></tt:Speed>"), Self.spot(""),
        ] {
            #expect(try harness.fault(Self.modify(spots)).subcodes == invalid, "\(spots)")
        }
        for condition in [
            "<tt:RecurringTime>0</tt:RecurringTime>", "<tt:RecurringTime>1001</tt:RecurringTime>",
            "<tt:RecurringDuration>P2D</tt:RecurringDuration>", "<tt:Direction>Extended</tt:Direction>",
        ] {
            let request = Self.modify("", condition: "<tt:StartingCondition>\(condition)</tt:StartingCondition>")
            #expect(try harness.fault(request).subcodes == invalid, "\(condition)")
        }
        let space = Self.spot("<tt:PTZPosition><tt:Zoom x=\"0\" space=\"urn:none\"/></tt:PTZPosition>")
        #expect(try harness.fault(Self.modify(space)).subcodes == ["InvalidArgVal", "SpaceNotSupported"])
        let many = String(repeating: Self.position(0), count: PTZTour.spotLimit + 1)
        #expect(try harness.fault(Self.modify(many)).subcodes == ["InvalidArgVal", "TooManyPresets"])
        #expect(try harness.fault(Self.modify("", token: "none")).subcodes == ["InvalidArgVal", "NoToken"])
        #expect(try harness.fault(Self.operate("Start", "none")).subcodes == ["InvalidArgVal", "NoToken"])
        try harness.call(Self.modify(""))
        #expect(try harness.fault(Self.operate("Start")).subcodes == invalid)
        try harness.call(Self.request("CreatePresetTour"))
        #expect(
            try harness.fault(Self.request("CreatePresetTour")).subcodes == ["InvalidArgVal", "TooManyPresetTours"])
    }

    @Test func aRemovedPresetLeavesTheTours() throws {
        var harness = try prepared()
        let token = try harness.call(Self.request("SetPreset")).at("PresetToken").text
        try harness.call(Self.modify(Self.spot("<tt:PresetToken>\(token)</tt:PresetToken>") + Self.twoSpots))
        try harness.call(Self.operate("Start"))
        try harness.call(Self.request("RemovePreset", "<tptz:PresetToken>\(token)</tptz:PresetToken>"))
        #expect(try state(&harness) == "Idle")
        #expect(harness.device.ptz?.tours[0].spots.count == 2)
    }

    @Test func theOptionsNameThePresetsAndRanges() throws {
        var harness = try prepared()
        let token = try harness.call(Self.request("SetPreset")).at("PresetToken").text
        let options = try harness.call(Self.request("GetPresetTourOptions")).at("Options")
        #expect(try options.at("TourSpot", "PresetDetail", "PresetToken").text == token)
        #expect(try options.at("TourSpot", "StayTime", "Max").text == "PT3600S")
        let node = try harness.call("<tptz:GetNodes/>").at("PTZNode", "Extension", "SupportedPresetTour")
        #expect(try node.at("MaximumNumberOfPresetTours").text == "2")
        #expect(node.children("PTZPresetTourOperation").map(\.text) == ["Start", "Stop", "Pause"])
    }

    @Test func aListenerIsToldOfEveryChangeOfATour() throws {
        var harness = try prepared(
            condition: "<tt:StartingCondition><tt:RecurringTime>1</tt:RecurringTime></tt:StartingCondition>")
        let answer = try harness.call(
            "<tev:CreatePullPointSubscription><tev:Filter><wsnt:TopicExpression "
                + "Dialect=\"http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet\">"
                + "tns1:PTZController/PTZPresetTours//.</wsnt:TopicExpression></tev:Filter>"
                + "<tev:InitialTerminationTime>PT1H</tev:InitialTerminationTime></tev:CreatePullPointSubscription>")
        let address = try answer.at("SubscriptionReference", "Address").text
        let path = try #require(URL(string: address)?.path)
        func messages(_ harness: inout ControlHarness) throws -> [XMLElement] {
            harness.device.advance(to: harness.now)
            let pull =
                "<tev:PullMessages><tev:Timeout>PT0S</tev:Timeout><tev:MessageLimit>50</tev:MessageLimit></tev:PullMessages>"
            return try harness.call(pull, path: path).children("NotificationMessage").map {
                try $0.at("Message", "Message")
            }
        }
        // One for each media profile with the head: MainStream and SubStream.
        let first = try messages(&harness)
        #expect(first.map { $0.attribute("PropertyOperation") } == ["Initialized", "Initialized"])
        try harness.call(Self.operate("Start"))
        let started = try messages(&harness)
        #expect(started.count == 2)
        let data = try #require(started.first).at("Data")
        #expect(try data.at("SimpleItem").attribute("Value") == "true")
        #expect(try data.at("ElementItem", "PresetTour", "Status", "State").text == "Touring")
        harness.now += 6
        #expect(try messages(&harness).count == 2)
        harness.now += 6
        let ended = try messages(&harness)
        #expect(
            try ended.map { try $0.at("Data", "ElementItem", "PresetTour", "Status", "State").text } == [
                "Idle", "Idle",
            ])
        try harness.call(
            Self.request("RemovePresetTour", "<tptz:PresetTourToken>PresetTour_1</tptz:PresetTourToken>"))
        #expect(try messages(&harness).map { $0.attribute("PropertyOperation") } == ["Deleted", "Deleted"])
    }

    @Test func aHeadWithoutToursHasNoneOfTheirOperations() throws {
        let plain = DeviceModel.dome
        for name in [
            "CreatePresetTour", "GetPresetTour", "GetPresetTourOptions", "GetPresetTours", "ModifyPresetTour",
            "OperatePresetTour", "RemovePresetTour",
        ] {
            let entry = try #require(Operations.all.first { $0.name == name })
            #expect(!entry.isSupported(by: plain) && entry.isSupported(by: Self.model), "\(name)")
        }
        #expect(!EventTopic.announced(by: plain).contains(.presetTours))
    }
}
