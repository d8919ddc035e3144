import Foundation
import Metadata
import Testing
import XML

/// Expected texts are made by hand from ONVIF Analytics 26.06 §5.5 and Core 26.06 Annex E.
struct MetadataJSONTests {
    @Test func aFrameIsToldWithItsNumbersAndListsAndWhatIsOfOtherNamespaces() throws {
        let stream = try XMLParser.parse(
            Array(
                """
                <tt:Frame xmlns:tt="http://www.onvif.org/ver10/schema" \
                xmlns:fc="http://www.onvif.org/ver20/analytics/humanface" xmlns:ge="urn:glasseye:emulator" \
                UtcTime="2026-01-01T12:00:00.040Z" Source="reference-core"><tt:Object ObjectId="15"><tt:Appearance>\
                <tt:Shape><tt:BoundingBox left="-0.5" top="0.5" right="0" bottom="0.25"/></tt:Shape>\
                <tt:Class><tt:Type Likelihood="0.8">Human</tt:Type></tt:Class>\
                <tt:LicensePlateInfo><tt:PlateNumber Likelihood="1">1234</tt:PlateNumber></tt:LicensePlateInfo>\
                <tt:HumanFace><fc:Accessory><fc:Hat><fc:Wear>true</fc:Wear></fc:Hat></fc:Accessory></tt:HumanFace>\
                </tt:Appearance><tt:Extension><ge:Identity Likelihood="0.5">7</ge:Identity></tt:Extension></tt:Object>\
                </tt:Frame>
                """.utf8))
        #expect(
            MetadataJSON.text(ofFrames: [stream])
                == #"{"Frame":[{"@UtcTime":"2026-01-01T12:00:00.040Z","@Source":"reference-core","#
                + #""@context":{"ge":"urn:glasseye:emulator"},"Object":[{"@ObjectId":15,"Appearance":{"#
                + #""Shape":{"BoundingBox":{"@left":-0.5,"@top":0.5,"@right":0,"@bottom":0.25}},"#
                + ##""Class":{"Type":[{"@Likelihood":0.8,"#text":"Human"}]},"##
                + ##""LicensePlateInfo":{"PlateNumber":{"@Likelihood":1,"#text":"1234"}},"##
                + #""HumanFace":{"Accessory":{"Hat":{"Wear":true}}}},"#
                + ##""Extension":{"ge:Identity":{"@Likelihood":0.5,"#text":"7"}}}]}]}"##)
    }

    @Test func whatOurWriterWritesIsJSON() throws {
        var object = MetadataObject(id: 3, box: MetadataBox(left: -1, top: 1, right: 0, bottom: 0))
        object.plate = LicensePlateInfo(number: Likely("0E12", 0.9))
        let text = MetadataJSON.text(of: [MetadataFrame(utc: 40_000_000, source: "ground-truth", objects: [object])])
        let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let frame = try #require((json["Frame"] as? [[String: Any]])?.first)
        #expect(frame["@UtcTime"] as? String == "1970-01-01T00:00:00.040Z")
        let told = try #require((frame["Object"] as? [[String: Any]])?.first)
        #expect(told["@ObjectId"] as? Int == 3)
        #expect(text.contains(##""#text":"0E12""##))
    }
}
