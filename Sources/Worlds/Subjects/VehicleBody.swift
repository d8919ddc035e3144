/// What of a vehicle stays the same from frame to frame.
struct VehicleBody {
    let vehicle: Vehicle
    /// Width, height, length, metres.
    let size: SIMD3<Float>

    init(_ vehicle: Vehicle) {
        self.vehicle = vehicle
        size = SIMD3(1.8, 1.5, 4.3)
    }
}
extension PartSheet {
    func add(_ moving: MovingVehicle, _ body: VehicleBody, frame: BodyFrame, light: MoverLight, time: Double) -> [SIMD3<Float>]? { nil }
}
