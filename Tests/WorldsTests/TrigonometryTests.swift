import Foundation
import Testing

@testable import Worlds

@Suite struct TrigonometryTests {
    @Test func agreesWithTheMathematicalLibrary() {
        for step in -7200...7200 {
            let angle = Double(step) / 10 + 0.037
            let radians = angle * .pi / 180
            #expect(abs(Trigonometry.sine(angle) - sin(radians)) < 1e-10)
            #expect(abs(Trigonometry.cosine(angle) - cos(radians)) < 1e-10)
            let back = Trigonometry.arctangent(y: sin(radians) * 3, x: cos(radians) * 3)
            #expect(abs((back - angle).remainder(dividingBy: 360)) < 1e-7, "\(angle)")
        }
    }
}
