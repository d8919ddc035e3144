/// Sums of products of many samples, and what is solved with them; the same samples in the same order give the same bits.
struct NormalEquations {
    let inputs: Int
    let outputs: Int
    /// `inputs × inputs`; the part on and right of the diagonal.
    private(set) var squares: [Float]
    /// `inputs × outputs`.
    private(set) var products: [Float]
    private(set) var samples = 0
    private var block: [[Float]] = []
    private static let blockSize = 8

    init(inputs: Int, outputs: Int) {
        self.inputs = inputs
        self.outputs = outputs
        squares = Array(repeating: 0, count: inputs * inputs)
        products = Array(repeating: 0, count: inputs * outputs)
    }

    mutating func add(_ input: [Float], _ output: [Float] = []) {
        samples += 1
        for (column, value) in output.enumerated() {
            for row in 0..<inputs { products[row * outputs + column] += input[row] * value }
        }
        block.append(input)
        if block.count == Self.blockSize { flush() }
    }

    private mutating func flush() {
        guard !block.isEmpty else { return }
        while block.count < Self.blockSize { block.append(Array(repeating: 0, count: inputs)) }
        let inputs = inputs
        let joined = block.flatMap { $0 }
        squares.withUnsafeMutableBufferPointer { squares in
            joined.withUnsafeBufferPointer { x in
                for row in 0..<inputs {
                    let (a, b, c, d) = (x[row], x[inputs + row], x[2 * inputs + row], x[3 * inputs + row])
                    let (e, f, g, h) = (
                        x[4 * inputs + row], x[5 * inputs + row], x[6 * inputs + row], x[7 * inputs + row]
                    )
                    let start = row * inputs
                    for column in row..<inputs {
                        let first = a * x[column] + b * x[inputs + column] + c * x[2 * inputs + column]
                        let second = d * x[3 * inputs + column] + e * x[4 * inputs + column]
                        let third = f * x[5 * inputs + column] + g * x[6 * inputs + column] + h * x[7 * inputs + column]
                        squares[start + column] += first + second + third
                    }
                }
            }
        }
        block.removeAll()
    }

    /// Least squares with a ridge: `ridge` times the mean of the diagonal is added to it.
    mutating func solve(ridge: Float) -> [Float] {
        let factor = factorised(ridge: ridge)
        var result = [Float](repeating: 0, count: inputs * outputs)
        for column in 0..<outputs {
            let right = (0..<inputs).map { products[$0 * outputs + column] }
            let solution = factor.solveTransposed(factor.solve(right))
            for row in 0..<inputs { result[row * outputs + column] = solution[row] }
        }
        return result
    }

    /// The Cholesky factor of the sums with the ridge.
    mutating func factorised(ridge: Float) -> CholeskyFactor {
        flush()
        var trace: Float = 0
        for index in 0..<inputs { trace += squares[index * inputs + index] }
        return CholeskyFactor(squares, size: inputs, ridge: ridge * trace / Float(inputs))
    }
}

/// A lower triangle L with L Lᵀ = A + ridge.
struct CholeskyFactor {
    let size: Int
    /// `size × size`.
    private var lower: [Float]

    /// `squares`: `size × size`, read on and right of the diagonal.
    init(_ squares: [Float], size: Int, ridge: Float) {
        self.size = size
        var lower = [Float](repeating: 0, count: size * size)
        lower.withUnsafeMutableBufferPointer { lower in
            for row in 0..<size {
                for column in 0...row {
                    let sum = Self.dot(lower, row * size, column * size, column)
                    if row == column {
                        lower[row * size + row] = max(squares[row * size + row] + ridge - sum, 1e-9).squareRoot()
                    } else {
                        lower[row * size + column] =
                            (squares[column * size + row] - sum) / lower[column * size + column]
                    }
                }
            }
        }
        self.lower = lower
    }

    /// Sixteen sums at a time, in a fixed order.
    @inline(__always) private static func dot(
        _ values: UnsafeMutableBufferPointer<Float>, _ first: Int, _ second: Int, _ count: Int
    ) -> Float {
        var lanes = SIMD16<Float>.zero
        var index = 0
        if let base = values.baseAddress {
            while index + 16 <= count {
                let a = UnsafeRawPointer(base + first + index).loadUnaligned(as: SIMD16<Float>.self)
                let b = UnsafeRawPointer(base + second + index).loadUnaligned(as: SIMD16<Float>.self)
                lanes += a * b
                index += 16
            }
        }
        var sum = lanes.sum()
        while index < count {
            sum += values[first + index] * values[second + index]
            index += 1
        }
        return sum
    }

    /// x with L x = right.
    func solve(_ right: [Float]) -> [Float] {
        var x = right
        lower.withUnsafeBufferPointer { lower in
            for row in 0..<size {
                var sum = x[row]
                for column in 0..<row { sum -= lower[row * size + column] * x[column] }
                x[row] = sum / lower[row * size + row]
            }
        }
        return x
    }

    /// x with Lᵀ x = right.
    func solveTransposed(_ right: [Float]) -> [Float] {
        var x = right
        lower.withUnsafeBufferPointer { lower in
            for row in (0..<size).reversed() {
                x[row] /= lower[row * size + row]
                let value = x[row]
                for column in 0..<row { x[column] -= lower[row * size + column] * value }
            }
        }
        return x
    }
}

/// The largest eigenvalues of a symmetric matrix by subspace iteration, and their vectors.
enum Eigenvectors {
    private static let rounds = 60

    /// - Returns: falling values with vectors of length 1.
    static func largest(_ count: Int, of matrix: [Float], size: Int) -> [(value: Float, vector: [Float])] {
        let width = min(size, count + 12)
        var vectors = (0..<width).map { column in
            // A start that no seed changes: digits of multiples of the golden ratio.
            (0..<size).map { row in
                let value = Float((column + 1) * 7919 + (row + 1) * 104_729) * 0.618_034
                return value - value.rounded(.down) - 0.5
            }
        }
        orthonormalise(&vectors)
        for _ in 0..<rounds {
            vectors = vectors.map { times(matrix, size, $0) }
            orthonormalise(&vectors)
        }
        let result = vectors.map { vector in (value: dot(vector, times(matrix, size, vector)), vector: vector) }
        return Array(result.sorted { $0.value > $1.value }.prefix(count))
    }

    private static func times(_ matrix: [Float], _ size: Int, _ vector: [Float]) -> [Float] {
        var result = [Float](repeating: 0, count: size)
        matrix.withUnsafeBufferPointer { matrix in
            for row in 0..<size {
                let factor = vector[row]
                for column in 0..<size { result[column] += factor * matrix[row * size + column] }
            }
        }
        return result
    }

    private static func orthonormalise(_ vectors: inout [[Float]]) {
        for index in vectors.indices {
            for _ in 0..<2 {
                for before in 0..<index {
                    let part = dot(vectors[before], vectors[index])
                    for row in vectors[index].indices { vectors[index][row] -= part * vectors[before][row] }
                }
            }
            let length = max(dot(vectors[index], vectors[index]).squareRoot(), 1e-20)
            for row in vectors[index].indices { vectors[index][row] /= length }
        }
    }

    private static func dot(_ a: [Float], _ b: [Float]) -> Float {
        var sum: Float = 0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
}
