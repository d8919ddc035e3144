import Foundation
package import Metadata
package import XML

extension AnalyticsService {
    /// Shows by sample frames what the modules tell in metadata streams.
    ///
    /// Source: ONVIF Analytics 26.06 §6.3.3.7 GetSupportedMetadata.
    package struct GetSupportedMetadata: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.readMedia

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.hasScene == true }

        /// Nil where no type is named, an inner nil for one of a strange namespace.
        package var type: String??

        package init(_ request: XMLElement) throws(Fault) {
            type = request.analyticsType("Type")
        }

        /// - Throws: `InvalidArgVal/TypeNotExistent`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let types = device.model.analytics?.types(.module) ?? []
            if let type {
                guard types.contains(where: { $0.name == type }) else {
                    throw .sender("InvalidArgVal", "TypeNotExistent", reason: "the device does not support that type")
                }
            }
            let isAsked = type == nil || type == .some(AnalyticsType.sceneDescription.name)
            return Response(
                frame: isAsked ? Self.sample(utc: call.now.timeIntervalSince1970, device.model.tellsPlaces) : nil)
        }

        package struct Response: ResponseMessage, Equatable {
            /// Nil where the module that was asked for adds nothing to the stream.
            package var frame: MetadataFrame?

            package func write(to writer: inout XMLWriter) {
                guard let frame else { return }
                writer.use(.ge)
                let name = AnalyticsType.sceneDescription.qualifiedName
                writer.element(.tan, "AnalyticsModule", [("Type", name)]) { writer in
                    MetadataWriter().write(frame, to: &writer, as: .tan, "SampleFrame")
                }
            }
        }

        /// All elements that a frame can have; everything is in the top left quarter of the picture.
        private static func sample(utc: Double, _ tellsPlaces: Bool) -> MetadataFrame {
            func object(_ id: Int, parent: Int? = nil, _ type: String, left: Double, top: Double) -> MetadataObject {
                let box = MetadataBox(left: left, top: top, right: left + 0.1, bottom: top - 0.2)
                var object = MetadataObject(id: id, parent: parent, box: box, types: [Likely(type, 0.9)])
                if tellsPlaces { object.geoLocation = GeoPosition(longitude: 0, latitude: 0, elevation: 0) }
                return object
            }
            let gray = MetadataColor(y: 128, cb: 128, cr: 128)
            var human = object(1, "Human", left: -0.9, top: 0.9)
            (human.colors, human.speed, human.direction) = ([gray], 1.5, 90)
            var body = HumanBody()
            (body.height, body.upperColor, body.lowerColor, body.shoesColor) = (1.8, gray, gray, gray)
            (body.lowerCategory, body.bag) = ("Trousers", "Backpack")
            human.body = body
            var face = object(2_000_001, parent: 1, "HumanFace", left: -0.9, top: 0.9)
            var features = HumanFace()
            (features.yaw, features.pitch, features.roll, features.expression) = (0, 0, 0, "Smile")
            (features.hasBeard, features.wearsGlasses) = (false, true)
            (features.wearsHat, features.wearsMask) = (false, false)
            (face.face, face.identity) = (features, Likely("somebody", 0.9))
            var vehicle = object(2, "Vehicle", left: -0.5, top: 0.9)
            (vehicle.vehicle, vehicle.colors) = (VehicleInfo(type: Likely("Car", 0.9), color: gray), [gray])
            (vehicle.speed, vehicle.direction) = (12, -90)
            var plate = object(1_000_002, parent: 2, "LicensePlate", left: -0.45, top: 0.8)
            plate.plate = LicensePlateInfo(number: Likely("GLS1E42", 0.9))
            let bag = object(3, "Bag", left: -0.2, top: 0.4)
            return MetadataFrame(
                utc: Int64(utc * 1000) * 1_000_000, source: AnalyticsType.sceneDescription.name,
                objects: [human, face, vehicle, plate, bag],
                changes: [
                    .rename(from: 4, to: 3), .split(from: 1, to: [1, 5]), .merge(from: [1, 5], to: 1), .delete(6),
                ])
        }
    }
}
