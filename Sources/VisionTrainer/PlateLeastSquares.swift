import Vision

/// Linear maps by least squares with a ridge.
struct PlateLeastSquares {
    private let inputs: Int
    private let outputs: Int
    /// `(inputs + 1)²`, the last input is 1; lower triangle.
    private var normal: [Double]
    /// `outputs × (inputs + 1)`.
    private var right: [Double]
    private(set) var weight = 0.0

    init(inputs: Int, outputs: Int) {
        self.inputs = inputs
        self.outputs = outputs
        normal = Array(repeating: 0, count: (inputs + 1) * (inputs + 1))
        right = Array(repeating: 0, count: outputs * (inputs + 1))
    }

    mutating func add(_ input: [Float], _ target: [Float], weight: Double = 1) {
        let size = inputs + 1
        self.weight += weight
        let x = input.map(Double.init) + [1]
        x.withUnsafeBufferPointer { x in
            normal.withUnsafeMutableBufferPointer { normal in
                for row in 0..<size {
                    let scale = x[row] * weight
                    guard scale != 0 else { continue }
                    let start = row * size
                    for column in 0...row { normal[start + column] += scale * x[column] }
                }
            }
            right.withUnsafeMutableBufferPointer { right in
                for output in 0..<outputs {
                    let scale = Double(target[output]) * weight
                    for column in 0..<size { right[output * size + column] += scale * x[column] }
                }
            }
        }
    }

    /// The map; `ridge` is the part of the mean square input that is added to each.
    func solve(ridge: Double) -> PlateModel.Map {
        let size = inputs + 1
        var l = normal
        let mean = (0..<inputs).reduce(0) { $0 + normal[$1 * size + $1] } / Double(inputs)
        for index in 0..<inputs { l[index * size + index] += ridge * mean }
        l[inputs * size + inputs] += 1e-9 * mean
        // Cholesky's lower triangle in place.
        l.withUnsafeMutableBufferPointer { l in
            for row in 0..<size {
                for column in 0...row {
                    var sum = l[row * size + column]
                    for k in 0..<column { sum -= l[row * size + k] * l[column * size + k] }
                    l[row * size + column] =
                        row == column ? max(sum, 1e-12).squareRoot() : sum / l[column * size + column]
                }
            }
        }
        var weights: [Float] = []
        var bias: [Float] = []
        for output in 0..<outputs {
            var y = Array(right[output * size..<(output + 1) * size])
            for row in 0..<size {
                for k in 0..<row { y[row] -= l[row * size + k] * y[k] }
                y[row] /= l[row * size + row]
            }
            for row in stride(from: size - 1, through: 0, by: -1) {
                for k in row + 1..<size { y[row] -= l[k * size + row] * y[k] }
                y[row] /= l[row * size + row]
            }
            weights += y[0..<inputs].map(Float.init)
            bias.append(Float(y[inputs]))
        }
        return PlateModel.Map(rows: outputs, columns: inputs, weights: weights, bias: bias)
    }
}
