import Documents

extension SceneReader {
    static let vehicleKeys = [
        "name", "kind", "color", "plate", "dirt", "lights", "start", "from", "speed", "course",
    ]

    mutating func readVehicles() throws(DocumentError) {
        for node in try top.optionalMappings("vehicles", known: Self.vehicleKeys) {
            let name = try take(node)
            scene.vehicles.append(
                Vehicle(
                    name: name, id: 0, kind: try node.name("kind"), color: try node.color("color") ?? RGB(0x8C9AA8),
                    plate: try plate(node), dirt: try node.number("dirt", in: 0...1, otherwise: 0),
                    lights: try node.boolean("lights", otherwise: false), course: try course(node, .vehicle)))
        }
    }

    /// Seven signs, none of them easily mistaken for another; a bicycle has none.
    private func plate(_ node: DocumentNode) throws(DocumentError) -> String {
        let kind = try node.name("kind", as: Vehicle.Kind.self)
        if kind == .bicycle, !node.has("plate") { return "" }
        let plate = try node.string("plate")
        guard plate.count == Vehicle.plateLength, plate.allSatisfy(Vehicle.plateSigns.contains) else {
            throw node.wrong(
                "plate", try node.node("plate"),
                "\(Vehicle.plateLength) capitals and digits without I, O and Q, such as \"KRW4821\"")
        }
        guard !scene.vehicles.contains(where: { $0.plate == plate }) else {
            throw node.contradiction("plate", "the plate \"\(plate)\" is given twice; give each vehicle its own")
        }
        return plate
    }
}
