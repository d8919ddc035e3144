import Scoring
import Testing

struct MetadataTimingTests {
    @Test func coverageCountsPicturesOnce() {
        let timing = MetadataTiming(
            pictures: 4, reports: [(0, 0.01, 0.2), (0, -0.03, 0.4), (2, 0, 0.3), (nil, 9, nil)])
        #expect(timing.coverage == 0.5 && timing.astray == 1)
        #expect(timing.errors == [0, 0.01, 0.03])
        #expect(timing.delays == [0.2, 0.3, 0.4])
    }
}
