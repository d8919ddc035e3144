import Foundation
import Metadata
import XML

enum MetadataExamples {
    /// 2026-01-01T12:00:00.040Z, as `date -u -d … +%s` has it.
    static let utc: Int64 = 1_767_268_800_040_000_000

    /// Everything that a frame can tell, with numbers that the text holds exactly.
    static let full: MetadataFrame = {
        var person = MetadataObject(
            id: 7, box: MetadataBox(left: -0.5, top: 0.25, right: -0.25, bottom: -0.75),
            types: [Likely("Human", 0.9), Likely("Animal", 0.1)])
        person.colors = [MetadataColor(y: 81, cb: 90.5, cr: 240, weight: 0.75), MetadataColor(y: 16, cb: 128, cr: 128)]
        person.geoLocation = GeoPosition(longitude: 11.5754321, latitude: -48.1371234, elevation: 519.5)
        person.speed = 1.375
        person.direction = -90.25
        person.isIdle = true
        person.identity = Likely("gallery-12 & <co>", 0.5)
        person.centerOfGravity = MetadataPoint(x: -0.375, y: -0.5)
        var body = HumanBody()
        (body.height, body.lowerCategory, body.bag) = (1.83, "Trousers", "Backpack")
        body.upperColor = MetadataColor(y: 100, cb: 110, cr: 120)
        body.lowerColor = MetadataColor(y: 101, cb: 111, cr: 121)
        body.shoesColor = MetadataColor(y: 102, cb: 112, cr: 122)
        person.body = body
        var face = MetadataObject(
            id: 2_000_007, parent: 7, box: MetadataBox(left: -0.4375, top: 0.25, right: -0.375, bottom: 0.125),
            types: [Likely("HumanFace")])
        face.centerOfGravity = face.box?.center
        var features = HumanFace()
        (features.yaw, features.pitch, features.roll) = (-12.5, 3, 0.25)
        (features.expression, features.hasBeard) = ("Smile", true)
        (features.wearsGlasses, features.wearsHat, features.wearsMask) = (true, false, false)
        face.face = features
        face.image = [0xFF, 0xD8, 0xFF, 0xD9]
        var car = MetadataObject(
            id: 20, box: MetadataBox(left: 0.5, top: 0, right: 1.5, bottom: -0.5), types: [Likely("Vehicle")])
        car.centerOfGravity = car.box?.center
        car.vehicle = VehicleInfo(type: Likely("Car", 0.75), color: MetadataColor(y: 40, cb: 130, cr: 90))
        car.isRemoved = true
        var plate = MetadataObject(
            id: 1_000_020, parent: 20, box: MetadataBox(left: 0.625, top: -0.25, right: 0.75, bottom: -0.375),
            types: [Likely("LicensePlate")])
        plate.centerOfGravity = plate.box?.center
        plate.plate = LicensePlateInfo(number: Likely("AB1<&\"> é", 0.5))
        return MetadataFrame(
            utc: utc, source: "ground-truth", objects: [person, face, car, plate, MetadataObject(id: 30, box: nil)],
            changes: [
                .rename(from: 1, to: 2), .split(from: 3, to: [4, 5]), .merge(from: [6, 7], to: 7), .delete(8),
            ])
    }()

    static let empty = MetadataFrame(utc: utc + 40_000_000)

    /// The folder that `CI/setup` fills.
    static let schema = Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["GLASSEYE_SCHEMAS"]
        return try XMLSchema(folder: named ?? root.appending(path: ".schemas").path)
    }

    static func document(_ frames: String) -> [UInt8] {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <tt:MetadataStream xmlns:tt="http://www.onvif.org/ver10/schema"><tt:VideoAnalytics>\(frames)\
            </tt:VideoAnalytics></tt:MetadataStream>
            """.utf8)
    }
}
