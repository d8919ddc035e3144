package import Foundation

/// Truth as JSON Lines: a frame, or an event, a line.
///
/// `docs/truth-frame.schema.json` and `docs/truth-event.schema.json` describe the keys. The same values make the same
/// bytes: keys have one order, numbers fixed decimals without noughts at the end.
package enum TruthLines {
    /// Hundredths of a pixel, tenths of a millisecond and more where frames are no whole ones, millimetres …
    enum Decimals {
        static let pixels = 2
        static let seconds = 6
        static let degrees = 4
        static let metres = 3
        static let parts = 4
        static let turns = 2
    }

    /// With its line end.
    package static func text(of frame: TruthFrame) -> String {
        var line = JSONText()
        line.add("f", frame.index)
        line.add("t", frame.time, decimals: Decimals.seconds)
        let pose = frame.pose
        line.add("pose", [pose.pan, pose.tilt, pose.roll, pose.fieldOfView], decimals: Decimals.degrees)
        line.add("obj", json: "[" + frame.objects.map(text(of:)).joined(separator: ",") + "]")
        return line.object + "\n"
    }

    private static func text(of object: TruthObject) -> String {
        var line = JSONText()
        line.add("id", object.id)
        line.add("cls", object.kind.rawValue)
        line.add("box", object.box.numbers, decimals: Decimals.pixels)
        if let box = object.visibleBox { line.add("vbox", box.numbers, decimals: Decimals.pixels) }
        line.add("vis", object.visibility, decimals: Decimals.parts)
        line.add("cut", object.cut, decimals: Decimals.parts)
        let world = object.world
        line.add(
            "w",
            json: "["
                + [
                    DecimalText.text(world.x, decimals: Decimals.metres, trims: true),
                    DecimalText.text(world.z, decimals: Decimals.metres, trims: true),
                    DecimalText.text(world.heading, decimals: Decimals.turns, trims: true),
                ].joined(separator: ",") + "]")
        line.add("who", object.identity)
        if !object.attributes.isEmpty {
            var attributes = JSONText()
            for (key, value) in object.attributes.sorted(by: { $0.key < $1.key }) {
                attributes.add(String(JSONText.quoted(key).dropFirst().dropLast()), value)
            }
            line.add("attr", json: attributes.object)
        }
        if let face = object.face { line.add("face", json: text(of: face)) }
        if let text = object.text { line.add("text", text) }
        if let parent = object.parent { line.add("parent", parent) }
        return line.object
    }

    private static func text(of face: TruthFace) -> String {
        var line = JSONText()
        line.add("box", face.box.numbers, decimals: Decimals.pixels)
        let eyes = [face.leftEye, face.rightEye].map { JSONText.array($0.numbers, decimals: Decimals.pixels) }
        line.add("eyes", json: "[" + eyes.joined(separator: ",") + "]")
        line.add("nose", face.nose.numbers, decimals: Decimals.pixels)
        line.add("mouth", face.mouth.numbers, decimals: Decimals.pixels)
        line.add("yaw", face.yaw, decimals: Decimals.turns)
        line.add("pitch", face.pitch, decimals: Decimals.turns)
        line.add("roll", face.roll, decimals: Decimals.turns)
        line.add("vis", face.visibility, decimals: Decimals.parts)
        line.add("glasses", face.wearsGlasses)
        line.add("mask", face.wearsMask)
        line.add("expr", face.expression)
        return line.object
    }

    /// With its line end.
    package static func text(of event: TruthEvent) -> String {
        var line = JSONText()
        line.add("time", event.time, decimals: Decimals.seconds)
        line.add("kind", event.kind.rawValue)
        line.add("name", event.name)
        line.add("objects", json: "[" + event.objects.map(String.init).joined(separator: ",") + "]")
        if let value = event.value { line.add("value", value) }
        return line.object + "\n"
    }

    // MARK: Reading

    /// - Throws: the first line that is no frame.
    package static func frames(of data: Data) throws(TruthTextError) -> [TruthFrame] {
        try values(of: data, as: FrameLine.self).map(\.frame)
    }

    /// - Throws: the first line that is no event.
    package static func events(of data: Data) throws(TruthTextError) -> [TruthEvent] {
        try values(of: data, as: EventLine.self).map(\.event)
    }

    private static func values<Line: Decodable>(
        of data: Data, as type: Line.Type
    ) throws(TruthTextError) -> [Line] {
        let decoder = JSONDecoder()
        var values: [Line] = []
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            do {
                values.append(try decoder.decode(type, from: line))
            } catch {
                throw TruthTextError(line: index + 1, what: TruthLineReason.words(error))
            }
        }
        return values
    }
}

extension TruthBox {
    /// As lines and rows have it.
    var numbers: [Double] { [x, y, width, height] }
}

extension TruthPoint {
    var numbers: [Double] { [x, y] }
}
