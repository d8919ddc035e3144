import Testing

@testable import Conformance

struct ImagingSettingTests {
    private static let schema = "http://www.onvif.org/ver10/schema"

    private func node(_ content: String, _ name: String = "ImagingSettings") throws -> AnswerNode {
        let xml = "<r:\(name) xmlns:r='urn:r' xmlns:t='\(Self.schema)'>\(content)</r:\(name)>"
        return try #require(SharedDocument(Array(xml.utf8)).nodes("/*").first)
    }

    private func setting(_ name: String) throws -> ImagingSetting {
        try #require(ImagingSetting.all.first { $0.name == name })
    }

    @Test func theTableHasEachSettingOnce() {
        #expect(Set(ImagingSetting.all.map(\.name)).count == ImagingSetting.all.count)
        #expect(ImagingSetting.all.count == 29)  // counted in the official procedure
    }

    @Test(arguments: [("50", "100.0"), ("100", "0.0"), ("0", "100.0")])
    func aLevelGoesToTheOtherEnd(present: String, other: String) throws {
        let settings = SettingTree(try node("<t:Brightness>\(present)</t:Brightness>"))
        let options = try node("<t:Brightness><t:Min>0</t:Min><t:Max>100</t:Max></t:Brightness>")
        #expect(try setting("Brightness").anotherValue(than: settings, in: options) == other)
    }

    @Test func aLevelWithoutRangeOrModeStaysAsItIs() throws {
        let settings = SettingTree(try node("<t:Brightness>7</t:Brightness>"))
        let fixed = try node("<t:Brightness><t:Min>7</t:Min><t:Max>7</t:Max></t:Brightness>")
        #expect(try setting("Brightness").anotherValue(than: settings, in: fixed) == nil)
        let gain = try node(
            "<t:Exposure><t:Mode>AUTO</t:Mode><t:Gain><t:Min>0</t:Min><t:Max>9</t:Max></t:Gain></t:Exposure>")
        #expect(try setting("Exposure/Gain").anotherValue(than: settings, in: gain) == nil)
    }

    @Test func aMinimumStaysBelowItsMaximum() throws {
        let settings = SettingTree(
            try node(
                "<t:Exposure><t:Mode>AUTO</t:Mode><t:MinGain>0</t:MinGain><t:MaxGain>40</t:MaxGain></t:Exposure>"))
        let range = "<t:Min>0</t:Min><t:Max>100</t:Max>"
        let options = try node(
            """
            <t:Exposure><t:Mode>AUTO</t:Mode><t:MinGain>\(range)</t:MinGain><t:MaxGain>\(range)</t:MaxGain>\
            </t:Exposure>
            """)
        #expect(try setting("Exposure/MinGain").anotherValue(than: settings, in: options) == "40.0")
        #expect(try setting("Exposure/MaxGain").anotherValue(than: settings, in: options) == "100.0")
    }

    @Test func theInfraredFilterIsSwitchedOffFirst() throws {
        let options = try node(
            ["ON", "OFF", "AUTO"].map { "<t:IrCutFilterModes>\($0)</t:IrCutFilterModes>" }.joined())
        let filter = try setting("IrCutFilter")
        let auto = SettingTree(try node("<t:IrCutFilter>AUTO</t:IrCutFilter>"))
        #expect(filter.anotherValue(than: auto, in: options) == "OFF")
        let off = SettingTree(try node("<t:IrCutFilter>OFF</t:IrCutFilter>"))
        #expect(filter.anotherValue(than: off, in: options) == "ON")
    }

    @Test func aNewSettingStandsWhereTheSchemaHasIt() throws {
        var settings = SettingTree(
            try node("<t:Brightness>5</t:Brightness><t:Focus AFMode='OnceAfterMove'/><t:Sharpness>1</t:Sharpness>"))
        settings.set("MANUAL", at: ["Focus", "AutoFocusMode"], order: ImagingSetting.order)
        settings.set("7", at: ["Contrast"], order: ImagingSetting.order)
        settings.remove(["Sharpness"])
        #expect(settings.children.map(\.name) == ["Brightness", "Contrast", "Focus"])
        #expect(
            settings.markup.text.contains(
                "<s:Focus xmlns:s=\"\(Self.schema)\" AFMode=\"OnceAfterMove\"><s:AutoFocusMode xmlns:s"))
        settings.remove(["Focus", "AutoFocusMode"])
        #expect(settings.value(at: ["Focus"]) == nil)
    }
}
