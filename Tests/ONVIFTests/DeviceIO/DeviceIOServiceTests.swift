import ONVIF
import Testing
import XML

struct DeviceIOServiceTests {
    /// What the capabilities count is what the lists hold.
    @Test(arguments: [true, false])
    func capabilitiesCountWhatIsListed(_ hasAudio: Bool) throws {
        var harness = ControlHarness(
            .dome { if !hasAudio { $0.audio = nil } else { $0.loudspeaker = AudioOutputModel() } })
        let capabilities = try harness.call("<tmd:GetServiceCapabilities/>").at("Capabilities")
        for (list, count) in [
            ("tmd:GetVideoSources", "VideoSources"), ("tmd:GetVideoOutputs", "VideoOutputs"),
            ("tmd:GetAudioSources", "AudioSources"), ("tmd:GetAudioOutputs", "AudioOutputs"),
            ("tds:GetRelayOutputs", "RelayOutputs"), ("tmd:GetDigitalInputs", "DigitalInputs"),
        ] {
            let listed = try harness.call("<\(list)/>").children.count
            #expect(capabilities.attribute(count) == String(listed))
        }
        #expect(capabilities.attribute("AudioSources") == (hasAudio ? "1" : "0"))
    }

    @Test func tokensAreThoseOfTheMediaService() throws {
        var harness = ControlHarness()
        #expect(try harness.call("<tmd:GetVideoSources/>").at("Token").text == MediaState.videoSourceToken)
        #expect(try harness.call("<tmd:GetAudioSources/>").at("Token").text == MediaState.audioSourceToken)
    }
}
