import AV
import Pictures
import Truth
import Vision
import Worlds

/// A drawn vehicle that passes a camera: some pictures as they come out of a decoder, and what is true in them.
struct PlatePass {
    struct Frame {
        /// Round the vehicle.
        var picture: YUVPicture
        /// Where the crop's left upper corner is in the whole picture.
        var left: Int
        var top: Int
        /// Of the vehicle, in the crop.
        var vehicle: VisionBox
        /// Of the plate, in the crop, upper left first, then clockwise; nil where it is not seen whole.
        var corners: [SIMD2<Float>]?
        /// Seconds.
        var time: Double
    }

    var text: String
    var kind: String
    var color: RGB
    var frames: [Frame]

    /// Draws, encodes and decodes a pass.
    ///
    /// - Parameters:
    ///   - tier: how hard it is.
    ///   - seed: of the vehicle, its plate and the world.
    ///   - count: pictures in a row, 25 a second.
    ///   - sideways: seen from the side, where no plate can be read; a bicycle at times.
    /// - Returns: the pass; no frames where the vehicle is not there.
    /// - Throws: what reading the scene or coding throws.
    static func draw(_ tier: PlateTier, seed: UInt64, count: Int = 5, sideways: Bool = false) throws -> PlatePass {
        var studio = PlateStudio(tier, seed: seed, sideways: sideways)
        return try studio.draw(count)
    }
}

/// Where a pass is drawn.
struct PlateStudio {
    /// Pictures that the coder sees before those that are kept.
    private static let lead = 3
    private static let rate = 25.0
    /// Around the vehicle's box, part of its size.
    private static let margin = 0.12

    private let tier: PlateTier
    private let sideways: Bool
    private var random: SeededRandom
    private let seed: UInt64

    init(_ tier: PlateTier, seed: UInt64, sideways: Bool) {
        self.tier = tier
        self.seed = seed
        self.sideways = sideways
        random = SeededRandom(seed: seed, for: "plates " + tier.name)
    }

    mutating func draw(_ count: Int) throws -> PlatePass {
        let kinds = ["car", "car", "car", "car", "van", "van", "bus", "truck"]
        var kind = kinds[random.index(below: kinds.count)]
        if sideways, random.chance(0.25) { kind = "bicycle" }
        let color = RGB(UInt32(random.index(below: 1 << 24)))
        let pale = random.chance(0.3)
        let paint = pale ? RGB(UInt8(215 + random.index(below: 40)), UInt8(215 + random.index(below: 40)), 228) : color
        let text = Vehicle.plate(seed: seed)
        // It comes or goes, turned a little.
        let comes = random.chance(0.5)
        let yaw = random.number(in: -tier.yaw...tier.yaw) + (sideways ? (random.chance(0.5) ? 90 : -90) : 0)
        let speed = random.number(in: 1.5...12)
        let distance = random.number(in: 9...30)
        let heading = (comes ? 180.0 : 0) + yaw
        let way = (x: Trigonometry.sine(heading), z: Trigonometry.cosine(heading))
        let start = (x: -way.x * speed * 1.6, z: distance - way.z * speed * 1.6)
        let end = (x: start.x + way.x * speed * 3, z: start.z + way.z * speed * 3)
        var text2 = """
            name: pass
            tier: easy
            seed: \(seed)
            duration: 8
            light: {azimuth: \(random.index(below: 360)), elevation: \(20 + random.index(below: 50)), \
            sun: \(random.number(in: 0...0.7)), level: \(random.number(in: tier.level)), \
            warmth: \(random.number(in: -0.3...0.3))}
            ground: {material: \(["asphalt", "paving", "concrete", "cobbles"][random.index(below: 4)])}
            vehicles:
              - {name: one, kind: \(kind), color: "\(paint.text)", \(kind == "bicycle" ? "" : "plate: \"\(text)\",") \
            dirt: \(random.number(in: tier.dirt)), lights: \(random.chance(0.5)), start: 0, \
            from: [\(start.x), \(start.z)], speed: \(speed), course: [{go: [\(end.x), \(end.z)]}]}
            cameras: [{name: eye, position: [0, 2, 0], pan: 0, tilt: 0, field-of-view: 30, width: 640, height: 360, rate: 25}]

            """
        text2 += surroundings(distance)
        let scene = try SceneFile(text2, file: "pass.yaml").scene
        return try shoot(World(scene), text, kind, paint, count)
    }

    /// What stands behind: houses with windows, boards with letters.
    private mutating func surroundings(_ distance: Double) -> String {
        let materials = ["brick", "plaster", "facade"]
        var text = "buildings:\n"
        for index in 0..<3 {
            text += """
                  - {at: [\(-40 + 40 * index), \(distance + 32 + random.number(in: 0...10))], width: 36, depth: 12, \
                height: \(random.number(in: 6...14)), material: \(materials[random.index(below: 3)]), \
                storeys: \(2 + random.index(below: 3)), seed: \(random.index(below: 1000))}

                """
        }
        text += "signs:\n"
        for index in 0..<4 {
            let letters = String(Vehicle.plate(seed: random.next()).prefix(4 + random.index(below: 4)))
            let paint = index % 2 == 0 ? "color: \"#F0F0E8\", ink: \"#202226\"" : "color: \"#20509A\""
            text += """
                  - {text: "\(letters)", at: [\(random.number(in: -12...12)), \(random.number(in: 0.8...4)), \
                \(distance + random.number(in: 18...25))], heading: 180, width: \(random.number(in: 1...5)), \
                height: \(random.number(in: 0.3...0.9)), \(paint)}

                """
        }
        return text
    }

    private mutating func shoot(
        _ world: World, _ text: String, _ kind: String, _ color: RGB, _ count: Int
    ) throws -> PlatePass {
        let middle = 1.6 + random.number(in: -0.2...0.2)
        guard let vehicle = world.moment(at: middle).vehicles.first else {
            return PlatePass(text: text, kind: kind, color: color, frames: [])
        }
        let view = self.view(of: vehicle, world.scene.vehicles[0])
        let painter = WorldPainter(world)
        let noise = random.number(in: tier.noise)
        let blur = random.number(in: tier.blur)
        let coder = try VideoEncoder(
            VideoEncoder.Settings(
                width: view.width, height: view.height, frameRate: TimeBase(numerator: 25, denominator: 1),
                groupLength: 50, bitRate: 12_000,
                rateFactor: tier.rateFactor.lowerBound + random.index(below: tier.rateFactor.count)))
        let decoder = try StreamDecoder(configuration: coder.parameters.configuration, keepsPictures: true)
        var frames: [PlatePass.Frame] = []
        for index in 0..<count + Self.lead {
            let time = middle + (Double(index - Self.lead) - Double(count) / 2) / Self.rate
            var (picture, truth) = painter.frame(of: view, at: time, index: index, quality: .moving)
            picture.smear(blur)
            picture.addNoise(noise, &random)
            decoder.decode(try coder.encode(picture).accessUnit(coder.parameters))
            guard index >= Self.lead, let decoded = decoder.latest,
                let body = truth.objects.first(where: { $0.kind == .vehicle }),
                let moving = world.moment(at: time).vehicles.first
            else { continue }
            let plate = truth.objects.first { $0.kind == .licensePlate && $0.cut == 0 && $0.visibility > 0.95 }
            let all = world.scene.vehicles[0].plateCorners(at: moving.at, heading: moving.heading, in: view)
            frames.append(
                Self.crop(decoded, around: body.box, corners: plate == nil ? nil : all.last, time: time))
        }
        return PlatePass(text: text, kind: kind, color: color, frames: frames)
    }

    /// A lens such that the plate is as wide as wanted, the vehicle somewhere in the picture.
    private mutating func view(of moving: MovingVehicle, _ vehicle: Vehicle) -> CameraView {
        let wanted = random.number(in: tier.width)
        let (width, height) = wanted > 85 ? (1280, 720) : (960, 540)
        let eye = Vector3(random.number(in: -2...2), random.number(in: tier.height), 0)
        let toward = Vector3(moving.at.x - eye.x, 0.9 - eye.y, moving.at.z - eye.z)
        let flat = (toward.x * toward.x + toward.z * toward.z).squareRoot()
        let pan = Trigonometry.arctangent(y: toward.x, x: toward.z)
        let tilt = Trigonometry.arctangent(y: toward.y, x: flat)
        let roll = random.number(in: -tier.roll...tier.roll)
        let (offX, offY) = (random.number(in: -0.25...0.25), random.number(in: -0.12...0.12))
        func view(_ field: Double) -> CameraView {
            CameraView(
                position: eye, pan: pan + offX * field, tilt: tilt + offY * field, roll: roll, fieldOfView: field,
                width: width, height: height)
        }
        // The plate's width is all but proportional to the focal length.
        var focal = Double(width) * 2
        for _ in 0..<3 {
            let field = 2 * Trigonometry.arctangent(y: Double(width) / 2 / focal, x: 1)
            let plates = vehicle.plateCorners(at: moving.at, heading: moving.heading, in: view(field))
            let seen = plates.map { Double(max(4, $0[1].x - $0[0].x)) }.max() ?? (180 * focal / 1e4)
            focal = sideways ? min(focal * 3, 0.52 / flat > 0 ? wanted * flat / 0.52 : focal) : focal * wanted / seen
        }
        return view(2 * Trigonometry.arctangent(y: Double(width) / 2 / focal, x: 1))
    }

    private static func crop(
        _ picture: YUVPicture, around box: TruthBox, corners: [SIMD2<Float>]?, time: Double
    ) -> PlatePass.Frame {
        func bounded(_ value: Double, _ limit: Int) -> Int { min(max(Int(value), 0), limit) / 2 * 2 }
        let (mx, my) = (box.width * margin + 8, box.height * margin + 8)
        let left = min(bounded(box.x - mx, picture.width), picture.width - 32)
        let right = max(left + 32, bounded(box.x + box.width + mx, picture.width))
        let top = min(bounded(box.y - my, picture.height), picture.height - 32)
        let bottom = max(top + 32, bounded(box.y + box.height + my, picture.height))
        let shift = SIMD2<Float>(Float(left), Float(top))
        return PlatePass.Frame(
            picture: picture.cropped(left: left, top: top, width: right - left, height: bottom - top), left: left,
            top: top,
            vehicle: VisionBox(
                x: box.x - Double(left), y: box.y - Double(top), width: box.width, height: box.height),
            corners: corners?.map { $0 - shift }, time: time)
    }
}

extension RGB {
    /// `#C8553D`.
    fileprivate var text: String {
        "#" + [red, green, blue].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

extension YUVPicture {
    /// A part of it; all numbers even.
    func cropped(left: Int, top: Int, width: Int, height: Int) -> YUVPicture {
        func cut(_ plane: [UInt8], _ stride: Int, _ x: Int, _ y: Int, _ w: Int, _ h: Int) -> [UInt8] {
            var out: [UInt8] = []
            out.reserveCapacity(w * h)
            for row in y..<y + h { out += plane[row * stride + x..<row * stride + x + w] }
            return out
        }
        return YUVPicture(
            width: width, height: height, luma: cut(luma, self.width, left, top, width, height),
            blue: cut(blue, chromaWidth, left / 2, top / 2, width / 2, height / 2),
            red: cut(red, chromaWidth, left / 2, top / 2, width / 2, height / 2))
    }

    /// Smears luma sideways over so many pixels.
    mutating func smear(_ pixels: Double) {
        guard pixels > 0.05 else { return }
        let reach = Int((pixels / 2).rounded(.up))
        let weights = (-reach...reach).map { max(0, min(1, pixels / 2 + 0.5 - abs(Double($0)))) }
        let sum = weights.reduce(0, +)
        let whole = weights.map { Int(($0 / sum * 256).rounded()) }
        for row in 0..<height {
            let line = Array(luma[row * width..<(row + 1) * width])
            for x in reach..<width - reach {
                var total = 128
                for (index, weight) in whole.enumerated() { total += weight * Int(line[x + index - reach]) }
                luma[row * width + x] = UInt8(min(255, total >> 8))
            }
        }
    }

    /// Adds the noise of a sensor to luma, steps.
    mutating func addNoise(_ strength: Double, _ random: inout SeededRandom) {
        guard strength > 0 else { return }
        for index in luma.indices {
            // Eight even chances of a byte are nearly normal.
            let bits = random.next()
            var sum = -1020
            for shift in 0..<8 { sum += Int(bits >> (8 * UInt64(shift)) & 255) }
            let step = Int((Double(sum) * strength / 209).rounded())
            luma[index] = UInt8(min(255, max(0, Int(luma[index]) + step)))
        }
    }
}
