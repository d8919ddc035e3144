import ONVIF

extension TestCase {
    static let media2CreatesProfileWithConfiguration = TestCase(
        id: "MEDIA2-1-1-2",
        title: "CREATE MEDIA PROFILE WITH PRE-DEFINED CONFIGURATION",
        covers: .media2("5.1.1"), .media2("5.1.2"), .media2("5.1.5"),
        requires: [.media2, .events],
        mutants: .media2CreatesEmptyProfile, .media2CreatesNoProfile, .media2TellsNotOfProfiles,
        .media2TellsOfOtherProfiles, .media2ListsAllProfiles, .media2KeepsDeletedProfile,
        .media2UnknownProfileWithoutSubcode
    ) { device, findings in
        try await device.makeRoomForMedia2Profile(&findings)
        let source = try await device.media2Configurations("VideoSource")[0].attribute("token") ?? ""
        let watch = try await MediaEventWatch.onProfiles(device)
        let token = try await device.createMedia2Profile("testMedia2", [("VideoSource", source)])
        let trial = Media2ProfileTrial(device: device, token: token, watch: watch)
        try await trial.expectEvent("CreateProfile", .media2("5.1.1"), &findings)
        try await trial.expect([("VideoSource", source)], after: "CreateProfile", .media2("5.1.1"), &findings)
        try await trial.deleteForGood(&findings)
    }

    static let media2CreatesProfileWithEachSource = TestCase(
        id: "MEDIA2-1-1-5",
        title: "CREATE MEDIA PROFILE WITH CONFIGURATIONS",
        covers: .media2("5.1.1"), .media2("5.1.5"),
        requires: [.media2],
        mutants: .media2CreatesEmptyProfile, .media2CreatesNoProfile, .media2ListsAllProfiles,
        .media2RefusesAudioProfile
    ) { device, findings in
        try await device.makeRoomForMedia2Profile(&findings)
        var types = ["VideoSource"]
        if await device.has(.media2Audio) { types.append("AudioSource") }
        if await device.has(.media2AudioOutput) { types.append("AudioOutput") }
        for type in types {
            let configuration = try await device.media2Configurations(type)[0].attribute("token") ?? ""
            let token = try await device.createMedia2Profile("testMedia", [(type, configuration)])
            let trial = Media2ProfileTrial(device: device, token: token, watch: nil)
            try await trial.expect(
                [(type, configuration)], asking: ["All"], after: "CreateProfile", .media2("5.1.1"), &findings)
            try await device.call("DeleteProfile", in: .media2, "<tr2:Token>\(token)</tr2:Token>")
        }
    }
}
