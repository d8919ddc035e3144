import ONVIF

extension TestCase {
    static let getVideoSourcesOfDeviceIO = TestCase(
        id: "DEVICEIO-7-1-1",
        title: "IO GET VIDEO SOURCES",
        covers: .deviceIO("5.3.1"), .deviceIO("5.9"),
        requires: [.deviceIO, .media2],
        mutants: .videoSourcesNone, .videoSourcesMoreThanAnnounced, .videoSourceTokenTwice, .videoSourcesRefused
    ) { device, findings in
        let answer = try await device.call("GetServiceCapabilities", in: .deviceIO)
        let capabilities = try findings.require(answer.node("tmd:Capabilities"), "Capabilities", in: answer)
        // Absent means 0 (deviceio.wsdl).
        let announced = capabilities.attribute("VideoSources").flatMap { Int($0) } ?? 0
        let sources = try await device.call("GetVideoSources", in: .deviceIO)
        let tokens = sources.texts("tmd:Token")
        findings.expect(!tokens.isEmpty, "at least one video source", found: "none", in: sources)
        findings.expect(
            tokens.count, is: announced, "number of video sources, as VideoSources of the capabilities has it",
            clause: .deviceIO("5.9"), in: sources)
        findings.expect(
            Set(tokens).count == tokens.count, "a token of its own for each video source",
            found: tokens.joined(separator: ", "), in: sources)
    }

    static let getAudioSourcesOfDeviceIO = TestCase(
        id: "DEVICEIO-4-1-1",
        title: "IO GET AUDIO SOURCES",
        covers: .deviceIO("5.5.1"),
        requires: [.deviceIO, .media2, .media2Audio],
        mutants: .audioSourcesNone
    ) { device, findings in
        let sources = try await device.call("GetAudioSources", in: .deviceIO)
        findings.expect(sources.exists("tmd:Token"), "at least one audio source", found: "none", in: sources)
    }

    static let videoSourcesOfDeviceIOAndMedia = TestCase(
        id: "DEVICEIO-5-1-1",
        title: "GET VIDEOSOURCES (DeviceIO) AND GET VIDEOSOURCES (Media) CONSISTENCY",
        covers: .deviceIO("5.3.1"), .media("5.3.1"),
        requires: [.deviceIO, .media],
        mutants: .videoSourcesNone, .videoSourceOfAnotherName
    ) { device, findings in
        let answer = try await device.call("GetVideoSources", in: .deviceIO)
        let tokens = answer.texts("tmd:Token").sorted()
        let media = try await device.call("GetVideoSources", in: .media)
        findings.expect(
            tokens, is: media.texts("trt:VideoSources/@token").sorted(), "tokens, as the media service has them",
            in: answer)
    }
}
