import Foundation
import ONVIF
import Testing
import XML

/// Groups that streams go to, and streams that go there by themselves.
@Suite("Media and Media2: multicast")
struct MulticastTests {
    private static var model: DeviceModel {
        var model = DeviceModel.soundDome
        model.multicast = true
        return model
    }

    private static func group(
        _ address: String = "239.1.2.3", port: Int = 5000, timeToLive: Int = 4, type: String = "IPv4",
        autoStart: Bool = false
    ) -> String {
        """
        <tt:Multicast><tt:Address><tt:Type>\(type)</tt:Type><tt:\(type)Address>\(address)</tt:\(type)Address></tt:Address>\
        <tt:Port>\(port)</tt:Port><tt:TTL>\(timeToLive)</tt:TTL><tt:AutoStart>\(autoStart)</tt:AutoStart></tt:Multicast>
        """
    }

    private static func setVideo(_ group: String) -> String {
        """
        <tr2:SetVideoEncoderConfiguration><tr2:Configuration token="VideoEncoder_1" GovLength="25" Profile="High">\
        <tt:Name>new</tt:Name><tt:UseCount>0</tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>1280\
        </tt:Width><tt:Height>720</tt:Height></tt:Resolution>\(group)<tt:Quality>5</tt:Quality></tr2:Configuration>\
        </tr2:SetVideoEncoderConfiguration>
        """
    }

    private static func setAudio(_ group: String) -> String {
        """
        <tr2:SetAudioEncoderConfiguration><tr2:Configuration token="AudioEncoder_1"><tt:Name>new</tt:Name>\
        <tt:UseCount>0</tt:UseCount><tt:Encoding>MP4A-LATM</tt:Encoding>\(group)<tt:Bitrate>64</tt:Bitrate>\
        <tt:SampleRate>16</tt:SampleRate></tr2:Configuration></tr2:SetAudioEncoderConfiguration>
        """
    }

    private static func setMetadata(_ group: String) -> String {
        """
        <tr2:SetMetadataConfiguration><tr2:Configuration token="Metadata_1"><tt:Name>new</tt:Name>\
        <tt:UseCount>0</tt:UseCount>\(group)<tt:SessionTimeout>PT60S</tt:SessionTimeout></tr2:Configuration>\
        </tr2:SetMetadataConfiguration>
        """
    }

    private static func streaming(_ verb: String, _ prefix: String = "tr2", _ token: String = "MainStream") -> String {
        let name = "\(prefix):\(verb)MulticastStreaming"
        return "<\(name)><\(prefix):ProfileToken>\(token)</\(prefix):ProfileToken></\(name)>"
    }

    private func autoStarts(_ camera: inout OperationHarness) throws -> [String] {
        try ["VideoEncoder", "AudioEncoder", "Metadata"].map { kind in
            try camera.run("<tr2:Get\(kind)Configurations/>").at("Configurations", "Multicast", "AutoStart").text
        }
    }

    @Test(arguments: ["trt", "tr2"])
    func whatIsStartedGoesOutUntilItIsStopped(_ prefix: String) throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(Self.setVideo(Self.group()))
        #expect(camera.takeEffects() == [])
        #expect(camera.device.media.multicastDelivery(ofProfile: "MainStream") == nil)
        _ = try camera.run(Self.streaming("Start", prefix))
        #expect(camera.takeEffects() == [.multicast(profile: "MainStream", isOn: true)])
        let delivery = try #require(camera.device.media.multicastDelivery(ofProfile: "MainStream"))
        #expect(delivery.video?.address == .ipv4("239.1.2.3"))
        #expect(delivery.video?.port == 5000 && delivery.video?.timeToLive == 4)
        #expect(delivery.audio == nil && delivery.metadata == nil)
        // The sound and the metadata are the same ones, and their streaming is as persistent.
        #expect(try autoStarts(&camera) == ["true", "true", "true"])
        _ = try camera.run(Self.streaming("Start", prefix))
        #expect(camera.takeEffects() == [])
        for effects in [[Effect.multicast(profile: "MainStream", isOn: false)], []] {
            _ = try camera.run(Self.streaming("Stop", prefix))
            #expect(camera.takeEffects() == effects)
            #expect(try autoStarts(&camera) == ["false", "false", "false"])
        }
    }

    @Test(arguments: [
        """
        <trt:GetStreamUri><trt:StreamSetup><tt:Stream>RTP-Multicast</tt:Stream><tt:Transport><tt:Protocol>UDP</tt:Protocol>\
        </tt:Transport></trt:StreamSetup><trt:ProfileToken>MainStream</trt:ProfileToken></trt:GetStreamUri>
        """,
        """
        <tr2:GetStreamUri><tr2:Protocol>RtspMulticast</tr2:Protocol><tr2:ProfileToken>MainStream</tr2:ProfileToken>\
        </tr2:GetStreamUri>
        """,
    ])
    func streamsToGroupsHaveAnAddress(_ request: String) throws {
        var plain = OperationHarness()
        #expect(try plain.fault(request).subcodes == ["InvalidArgVal", "InvalidStreamSetup"])
        var camera = OperationHarness(model: Self.model)
        #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "InvalidMulticastSettings"])
        _ = try camera.run(Self.setVideo(Self.group()))
        let answer = try camera.run(request)
        let uri = answer.child("Uri") ?? answer.child("MediaUri")?.child("Uri")
        #expect(uri?.text == "rtsp://camera.example:8554/MainStream")
    }

    @Test func whatHasNowhereToGoIsNotStarted() throws {
        var camera = OperationHarness(model: Self.model)
        #expect(try camera.fault(Self.streaming("Start")).subcodes == ["Action", "IncompleteConfiguration"])
        for verb in ["Start", "Stop"] {
            #expect(try camera.fault(Self.streaming(verb, "trt", "none")).subcodes == ["InvalidArgVal", "NoProfile"])
        }
        _ = try camera.run("<tr2:CreateProfile><tr2:Name>empty</tr2:Name></tr2:CreateProfile>")
        #expect(
            try camera.fault(Self.streaming("Start", "tr2", "Profile_1")).subcodes
                == ["Action", "IncompleteConfiguration"])
    }

    @Test func soundAndMetadataHaveGroupsOfTheirOwn() throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(Self.setAudio(Self.group(port: 6000)))
        _ = try camera.run(Self.setMetadata(Self.group("ff15::1", port: 7000, type: "IPv6")))
        _ = try camera.run(Self.streaming("Start", "tr2", "SubStream"))
        let delivery = try #require(camera.device.media.multicastDelivery(ofProfile: "SubStream"))
        #expect(delivery.video == nil && delivery.audio?.port == 6000)
        #expect(delivery.metadata?.address == .ipv6("ff15::1"))
    }

    @Test func changesWhileItGoesOutAreTold() throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(Self.setVideo(Self.group()))
        _ = try camera.run(Self.streaming("Start"))
        _ = camera.takeEffects()
        _ = try camera.run(Self.setVideo(Self.group("239.9.9.9")))
        #expect(camera.takeEffects() == [.multicast(profile: "MainStream", isOn: true)])
        let smaller = Self.setVideo(Self.group("239.9.9.9")).replacing("1280", with: "640").replacing(
            "720", with: "360")
        _ = try camera.run(smaller)
        #expect(
            camera.takeEffects()
                == [.streamsChanged(profiles: ["MainStream"]), .multicast(profile: "MainStream", isOn: true)])
        _ = try camera.run(smaller.replacing("<tt:Name>new", with: "<tt:Name>newer"))
        #expect(camera.takeEffects() == [])
        _ = try camera.run(smaller.replacing("239.9.9.9", with: "0.0.0.0"))
        #expect(camera.takeEffects() == [.multicast(profile: "MainStream", isOn: false)])
        #expect(try autoStarts(&camera) == ["false", "false", "false"])
    }

    @Test func aDeletedProfileGoesOutNoLonger() throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(Self.setVideo(Self.group()))
        _ = try camera.run(
            """
            <tr2:CreateProfile><tr2:Name>mine</tr2:Name><tr2:Configuration><tr2:Type>VideoSource</tr2:Type>\
            <tr2:Token>VideoSourceConfiguration_1</tr2:Token></tr2:Configuration><tr2:Configuration><tr2:Type>\
            VideoEncoder</tr2:Type><tr2:Token>VideoEncoder_1</tr2:Token></tr2:Configuration></tr2:CreateProfile>
            """)
        _ = try camera.run(Self.streaming("Start", "tr2", "Profile_1"))
        _ = camera.takeEffects()
        _ = try camera.run("<tr2:DeleteProfile><tr2:Token>Profile_1</tr2:Token></tr2:DeleteProfile>")
        #expect(camera.takeEffects().contains(.multicast(profile: "Profile_1", isOn: false)))
        #expect(camera.device.media.multicasting == [])
    }

    /// ONVIF Media2 26.06 §5.6.1: "The streaming shall be resumed after rebooting."
    @Test func aRestartResumesIt() throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(Self.setVideo(Self.group()))
        _ = try camera.run(Self.streaming("Start"))
        let kept = try KeptState(json: camera.device.kept.json(), version: KeptState.version)
        var restarted = OperationHarness(model: Self.model)
        restarted.device.restore(kept, host: restarted.call.now)
        #expect(restarted.takeEffects() == [.multicast(profile: "MainStream", isOn: true)])
        #expect(restarted.device.media.multicastDelivery(ofProfile: "MainStream")?.video?.port == 5000)
    }

    @Test(arguments: [
        ("224.0.1.0", "IPv4"), ("239.255.255.255", "IPv4"), ("0.0.0.0", "IPv4"), ("ff02::1:3", "IPv6"), ("::", "IPv6"),
        ("FF0E::239.1.1.1", "IPv6"),
    ])
    func groupsAreTaken(_ address: String, _ type: String) throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(Self.setVideo(Self.group(address, type: type)))
        let read = try camera.run("<trt:GetVideoEncoderConfigurations/>").at("Configurations", "Multicast", "Address")
        #expect(read.children.map(\.text) == [type, address])
    }

    @Test(arguments: [
        group("224.0.0.255"), group("240.0.0.1"), group("223.255.255.255"), group("192.0.2.1"), group("239.1.2"),
        group("239.1.2.3.4"), group(""), group("fe80::1", type: "IPv6"), group("2001:db8::1", type: "IPv6"),
        group("ff", type: "IPv6"), group("239.1.2.3", type: "IPv6"), group("ff02::1"), group(port: 5001),
        group(port: 65_535), group(port: 65_536), group(port: -2), group(timeToLive: 256), group(timeToLive: -1),
    ])
    func whatIsNoGroupIsRefused(_ group: String) throws {
        var camera = OperationHarness(model: Self.model)
        for request in [Self.setVideo(group), Self.setAudio(group), Self.setMetadata(group)] {
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "ConfigModify"])
        }
    }

    /// `tt:MulticastConfiguration/AutoStart`: "Read only property".
    @Test func clientsOnlyReadWhetherItStartsByItself() throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(Self.setVideo(Self.group(autoStart: true)))
        #expect(try autoStarts(&camera) == ["false", "false", "false"])
        _ = try camera.run(Self.streaming("Start"))
        _ = try camera.run(Self.setVideo(Self.group(autoStart: false)))
        #expect(try autoStarts(&camera).first == "true")
    }

    @Test func aCameraWithoutMulticastClaimsNoneAndRefusesIt() throws {
        for (model, claim) in [(Self.model, "true"), (DeviceModel.soundDome, "false")] {
            var camera = OperationHarness(model: model)
            let old = try camera.run("<trt:GetServiceCapabilities/>").at("Capabilities", "StreamingCapabilities")
            #expect(old.attribute("RTPMulticast") == claim)
            let new = try camera.run("<tr2:GetServiceCapabilities/>").at("Capabilities", "StreamingCapabilities")
            #expect(["RTPMulticast", "AutoStartMulticast"].map { new.attribute($0) } == [claim, claim])
            let whole = try camera.run("<tds:GetCapabilities/>").at("Capabilities", "Media", "StreamingCapabilities")
            #expect(try whole.at("RTPMulticast").text == claim)
        }
        var camera = OperationHarness()
        for prefix in ["trt", "tr2"] {
            for verb in ["Start", "Stop"] {
                #expect(try camera.fault(Self.streaming(verb, prefix)).subcodes == ["ActionNotSupported"])
            }
        }
        _ = try camera.run(Self.setVideo(Self.group()))
        #expect(camera.device.media.multicastGroups(ofProfile: "MainStream").isEmpty)
        #expect(try camera.fault(Self.setVideo(Self.group(autoStart: true))).subcodes.last == "ConfigModify")
    }
}
