import ONVIF
import Testing

@testable import Conformance

/// What the PTZ cases do to get a profile and spaces to work with, and that they undo it.
struct PTZPreparationTests {
    private static let profiles = ["MainStream", "SubStream"]

    /// Takes the head out of all profiles and has defaults and limits told in degrees.
    private static let unprepared = TestCase(
        id: "GE-TEST-1", title: "unprepare the camera", covers: .ptz("5.2.5"), mutants: .setConfigurationRefused
    ) { device, findings in
        let answer = try await device.call("GetConfigurations", in: .ptz)
        let configuration = try answer.requireNodes("tptz:PTZConfiguration")[0]
        let options = try await device.call(
            "GetConfigurationOptions", in: .ptz,
            "<tptz:ConfigurationToken>\(configuration.attribute("token") ?? "")</tptz:ConfigurationToken>")
        let degrees = try findings.require(
            PTZSpaces(options.node("tptz:PTZConfigurationOptions/tt:Spaces"))
                .space(.panTiltPosition, uri: PTZSpaceKind.panTiltSphericalPosition), "positions in degrees")
        let name = "DefaultAbsolutePantTiltPositionSpace"
        try await device.call(
            "SetConfiguration", in: .ptz,
            PTZConfigurationMarkup.request(
                configuration,
                [
                    name: "<tt:\(Markup(raw: name))>\(degrees.uri)</tt:\(Markup(raw: name))>",
                    "PanTiltLimits": PTZConfigurationMarkup.limits("PanTiltLimits", degrees),
                ]))
        for profile in profiles {
            try await device.call(
                "RemoveConfiguration", in: .media2,
                """
                <tr2:ProfileToken>\(profile)</tr2:ProfileToken>\
                <tr2:Configuration><tr2:Type>PTZ</tr2:Type></tr2:Configuration>
                """)
        }
    }

    /// Finds the camera as `unprepared` left it.
    private static let stillUnprepared = TestCase(
        id: "GE-TEST-2", title: "find the camera unprepared", covers: .ptz("5.2.5"), mutants: .setConfigurationRefused
    ) { device, findings in
        let answer = try await device.call("GetConfigurations", in: .ptz)
        let configuration = try answer.requireNodes("tptz:PTZConfiguration")[0]
        let uri = PTZSpaceKind.panTiltSphericalPosition
        findings.expect(configuration.text("tt:DefaultAbsolutePantTiltPositionSpace"), is: uri, "default space")
        findings.expect(configuration.text("tt:PanTiltLimits/tt:Range/tt:URI"), is: uri, "space of the limits")
        let media = try await device.call("GetProfiles", in: .media2, "<tr2:Type>PTZ</tr2:Type>")
        findings.expect(media.count("tr2:Profiles"), is: profiles.count, "profiles")
        findings.expect(!media.exists("tr2:Profiles/tr2:Configurations/tr2:PTZ"), "no PTZ in any profile")
        // At home the tilt is 0°; the wide end of the lens has the magnification 1, which is 0 in the generic space.
        let head = try await PTZHead.prepare(device, .media2, &findings)
        let position = try await head.status().position
        findings.expect(position.map { abs($0.panTilt?.x ?? 1) < 0.001 } == true, "the pan at home")
        findings.expect(position.map { abs($0.zoom?.x ?? 1) < 0.001 } == true, "the lens at home")
    }

    @Test(
        arguments: TestCase.all.filter {
            ["PTZ-3-1-1", "PTZ-4-1-4", "PTZ-5-1-1", "MEDIA2_PTZ-1-1-1", "MEDIA2_PTZ-2-1-1", "MEDIA2_PTZ-4-1-2"]
                .contains($0.id)
        })
    func aCaseLendsTheHeadToAProfileAndTakesItBack(_ testCase: TestCase) async throws {
        let verdicts = try await Bench.verdicts(of: [Self.unprepared, testCase, Self.stillUnprepared], on: nil)
        #expect(verdicts == [.pass, .pass, .pass])
    }

    @Test
    func theLookAtTheUnpreparedCameraNoticesAPreparedOne() async throws {
        let verdicts = try await Bench.verdicts(of: [Self.stillUnprepared], on: nil)
        guard case .fail(let findings)? = verdicts.first else {
            Issue.record("\(verdicts)")
            return
        }
        #expect(findings.count >= 3)
    }

    /// Lengths by hand: 1 day is 86400 s, 1 h 3600 s, 1 min 60 s.
    @Test(arguments: [
        ("PT10S", 10.0), ("PT0.5S", 0.5), ("PT1M", 60), ("P1DT1H1M1.5S", 90061.5), ("-PT5S", -5), ("PT00H01M00S", 60),
    ])
    func durationsAreReadAsSeconds(_ text: String, _ seconds: Double) {
        #expect(PTZDuration.seconds(text) == seconds)
    }

    @Test(arguments: ["", "P", "PT", "P1DT", "10", "PT10", "P1Y", "PT1H-5M"])
    func whatIsNoDurationOfFixedLengthIsRefused(_ text: String) {
        #expect(PTZDuration.seconds(text) == nil)
    }
}
