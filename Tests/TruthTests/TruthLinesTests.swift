import Foundation
import Testing
import Truth

@Suite struct TruthLinesTests {
    /// Written by hand from the numbers in `TruthExamples`.
    @Test func aFrameIsOneLineWithKeysInOrder() {
        var frame = TruthExamples.full
        frame.objects = [TruthExamples.human, TruthExamples.hidden]
        #expect(
            TruthLines.text(of: frame)
                == #"{"f":3,"t":0.14,"pose":[10,-5.25,0,60],"obj":[{"id":7,"cls":"Human","box":[90,48,42,118.5],"#
                + #""vbox":[90,48,30,60],"vis":0.625,"cut":0,"w":[-3.5,12.125,271.5],"who":"anna \"ann\" & <co>","#
                + #""attr":{"bag":"none","lower":"blue","upper":"red"},"face":{"box":[101.5,50,20,25],"#
                + #""eyes":[[116,60],[107,60.25]],"nose":[111,65],"mouth":[111,70],"yaw":-12.5,"pitch":3.25,"roll":0,"#
                + #""vis":0.75,"glasses":true,"mask":false,"expr":"smile"}},{"id":8,"cls":"Bag","box":[10,20,30,40],"#
                + #""vis":0,"cut":0,"w":[0,0,0],"who":"case"}]}"# + "\n")
        #expect(
            TruthLines.text(of: TruthExamples.empty) == #"{"f":0,"t":0.016667,"pose":[10,-5.25,0,60],"obj":[]}"# + "\n")
    }

    @Test func framesAreReadAsTheyWereWritten() throws {
        let data = Data((TruthLines.text(of: TruthExamples.full) + TruthLines.text(of: TruthExamples.full)).utf8)
        #expect(try TruthLines.frames(of: data) == [TruthExamples.full, TruthExamples.full])
        #expect(try TruthLines.frames(of: Data()).isEmpty)
    }

    @Test(arguments: TruthEvent.Kind.allCases)
    func eventsAreReadAsTheyWereWritten(_ kind: TruthEvent.Kind) throws {
        let events = [
            TruthEvent(time: 2.04, kind: kind, name: "door \u{1}\n\"é\"", objects: [3, 4], value: "left"),
            TruthEvent(time: 0, kind: kind, name: "x"),
        ]
        let text = events.map(TruthLines.text(of:)).joined()
        #expect(text.split(separator: "\n").count == 2)
        #expect(try TruthLines.events(of: Data(text.utf8)) == events)
    }

    @Test(
        arguments: [
            (#"{"f":3}"#, "no \"t\""), ("nonsense", "no JSON object"),
            (#"{"f":3,"t":1,"pose":[1,2,3],"obj":[]}"#, #""pose" has to be 4 numbers"#),
            (#"{"f":"3","t":1,"pose":[1,2,3,4],"obj":[]}"#, "\"f\" is of another kind"),
        ])
    func aDamagedLineIsNamed(_ line: String, _ words: String) {
        let text = TruthLines.text(of: TruthExamples.empty) + line
        let error = #expect(throws: TruthTextError.self) { try TruthLines.frames(of: Data(text.utf8)) }
        #expect(error?.line == 2)
        #expect(error?.what.contains(words) == true, "\(String(describing: error))")
    }
}
