import Testing

@testable import Vision

struct ComponentsTests {
    private func components(_ rows: [String], least: Int = 1) -> [Component] {
        let plane = Plane<UInt8>(width: rows[0].count, height: rows.count, filled: 0)
        for (y, row) in rows.enumerated() {
            for (x, sign) in row.enumerated() where sign == "#" { plane[x, y] = 1 }
        }
        return ComponentFinder().components(of: plane, least: least) { value, _ in value != 0 }
    }

    @Test func armsOfAUAreOne() {
        let found = components(["#...#", "#...#", "#####"])
        #expect(found == [Component(columns: 0..<5, rows: 0..<3, area: 9)])
    }

    @Test func cornersTouch() {
        #expect(components(["#..", ".#.", "..#"]).count == 1)
        #expect(components(["..#", ".#.", "#.."]).count == 1)
        #expect(components(["#..", "...", "..#"]).count == 2)
    }

    @Test func specksAreLeftOut() {
        #expect(components(["##..#", "##..."], least: 4).map(\.area) == [4])
    }
}
