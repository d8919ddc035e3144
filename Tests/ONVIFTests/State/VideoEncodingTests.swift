import Foundation
import ONVIF
import Testing
import XML

@Suite("Encoders that make what they are asked for")
struct VideoEncodingTests {
    private static var model: DeviceModel {
        var model = DeviceModel.soundDome
        model.video.encodes = true
        return model
    }

    private func set(
        width: Int = 1280, height: Int = 720, frameRate: String = "25", govLength: Int = 25, profile: String = "High",
        bitrate: Int = 2000
    ) -> String {
        """
        <tr2:SetVideoEncoderConfiguration><tr2:Configuration token="VideoEncoder_1" GovLength="\(govLength)" \
        Profile="\(profile)"><tt:Name>new</tt:Name><tt:UseCount>0</tt:UseCount><tt:Encoding>H264</tt:Encoding>\
        <tt:Resolution><tt:Width>\(width)</tt:Width><tt:Height>\(height)</tt:Height></tt:Resolution><tt:RateControl>\
        <tt:FrameRateLimit>\(frameRate)</tt:FrameRateLimit><tt:BitrateLimit>\(bitrate)</tt:BitrateLimit></tt:RateControl>\
        <tt:Quality>10</tt:Quality></tr2:Configuration></tr2:SetVideoEncoderConfiguration>
        """
    }

    @Test func theOptionsTellWhatCanBeSet() throws {
        var camera = OperationHarness(model: Self.model)
        let options = try #require(try camera.run("<tr2:GetVideoEncoderConfigurationOptions/>").child("Options"))
        let widths = options.children("ResolutionsAvailable").map { $0.child("Width")?.text ?? "" }
        #expect(widths == ["1280", "960", "640", "480", "320"])
        #expect(options.attribute("GovLengthRange") == "1 250")
        let rates = (1...25).reversed().map(String.init).joined(separator: " ")
        #expect(options.attribute("FrameRatesSupported") == rates)
        #expect(options.attribute("ProfilesSupported") == "Baseline Main High")
        #expect(options.child("BitrateRange")?.child("Min")?.text == "64")
        // As the factory ships it, the rendition goes out.
        #expect(camera.device.media.stream(ofProfile: "MainStream")?.isRecorded == true)
        #expect(camera.device.media.stream(ofProfile: "SubStream")?.isRecorded == true)
    }

    @Test func anythingButTheRenditionIsEncodedAndEndsTheSessions() throws {
        for request in [
            set(width: 960, height: 540), set(frameRate: "24"), set(govLength: 24), set(profile: "Baseline"),
            set(bitrate: 1999),
        ] {
            var camera = OperationHarness(model: Self.model)
            _ = try camera.run(request)
            #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream"])])
            let stream = try #require(camera.device.media.stream(ofProfile: "MainStream"))
            #expect(!stream.isRecorded && stream.rendition?.recording == "main")
            _ = try camera.run(set(bitrate: 2000))
            #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream"])])
            #expect(camera.device.media.stream(ofProfile: "MainStream")?.isRecorded == true)
        }
    }

    /// The smallest recording that is not enlarged.
    @Test func smallPicturesAreMadeOfTheSmallRecording() throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(set(width: 480, height: 270))
        #expect(camera.device.media.stream(ofProfile: "MainStream")?.rendition?.recording == "sub")
        _ = try camera.run(set(width: 960, height: 540))
        #expect(camera.device.media.stream(ofProfile: "MainStream")?.rendition?.recording == "main")
    }

    @Test func whatIsOutsideTheOptionsIsRefused() throws {
        var camera = OperationHarness(model: Self.model)
        for request in [
            set(width: 800, height: 600), set(frameRate: "0.5"), set(frameRate: "26"), set(govLength: 0),
            set(govLength: 251), set(profile: "Extended"),
        ] {
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "ConfigModify"], "\(request)")
        }
    }

    // MARK: Texts

    private func text(_ content: String) -> String {
        """
        <tr2:CreateOSD><tr2:OSD token=""><tt:VideoSourceConfigurationToken>VideoSourceConfiguration_1\
        </tt:VideoSourceConfigurationToken><tt:Type>Text</tt:Type><tt:Position><tt:Type>UpperLeft</tt:Type></tt:Position>\
        <tt:TextString>\(content)</tt:TextString></tr2:OSD></tr2:CreateOSD>
        """
    }

    /// 1 780 000 000 s after 1970 are 2026-05-28 20:26:40 UTC.
    @Test(arguments: [
        ("Date", "<tt:DateFormat>MM/dd/yyyy</tt:DateFormat>", "05/28/2026"),
        ("Date", "<tt:DateFormat>dd/MM/yyyy</tt:DateFormat>", "28/05/2026"),
        ("Time", "<tt:TimeFormat>hh:mm:ss tt</tt:TimeFormat>", "08:26:40 PM"),
        (
            "DateAndTime", "<tt:DateFormat>yyyy-MM-dd</tt:DateFormat><tt:TimeFormat>HH:mm:ss</tt:TimeFormat>",
            "2026-05-28 20:26:40"
        ),
        ("Plain", "<tt:PlainText>yyyy HH</tt:PlainText>", "yyyy HH"),
    ])
    func textsShowTheDevicesTime(_ type: String, _ formats: String, _ expected: String) throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(text("<tt:Type>\(type)</tt:Type>\(formats)"))
        #expect(camera.takeEffects() == [.pictureChanged])
        let treatment = try #require(camera.device.pictureTreatment(ofProfile: "SubStream"))
        let osd = try #require(treatment.osds.first)
        #expect(treatment.text(of: osd, host: Date(timeIntervalSince1970: 1_780_000_000)) == expected)
    }

    /// The hour before noon and midnight, where a clock of twelve hours is called 12.
    @Test(arguments: [(0, "12:00:00 AM"), (43_199, "11:59:59 AM"), (43_200, "12:00:00 PM"), (46_800, "01:00:00 PM")])
    func twelveHoursAreCountedFromTwelve(_ seconds: Double, _ expected: String) throws {
        var camera = OperationHarness(model: Self.model)
        _ = try camera.run(text("<tt:Type>Time</tt:Type><tt:TimeFormat>hh:mm:ss tt</tt:TimeFormat>"))
        let treatment = try #require(camera.device.pictureTreatment(ofProfile: "MainStream"))
        let osd = try #require(treatment.osds.first)
        #expect(treatment.text(of: osd, host: Date(timeIntervalSince1970: seconds)) == expected)
    }

    @Test func aCameraThatDoesNotEncodeTreatsNoPicture() throws {
        var camera = OperationHarness()
        _ = try camera.run(text("<tt:Type>Plain</tt:Type><tt:PlainText>x</tt:PlainText>"))
        #expect(camera.device.pictureTreatment(ofProfile: "MainStream") == nil)
    }
}
