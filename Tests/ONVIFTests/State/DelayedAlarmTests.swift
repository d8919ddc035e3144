import ONVIF
import Testing

struct DelayedAlarmTests {
    private static let schedule = AlarmSchedule(period: 20, duration: 5)

    /// Delays, and when the alarm is on within one period of 20 s, whose schedule is on from 0 to 5.
    private static let table: [(on: Double, off: Double, seconds: [Int])] = [
        (0, 0, Array(0..<5)), (2, 0, Array(2..<5)), (0, 3, Array(0..<8)), (2, 16, [0] + Array(2..<20)), (5, 0, []),
        (0, 15, Array(0..<20)), (60, 60, []),
    ]

    @Test(arguments: table)
    func delaysMoveTheEdges(_ on: Double, _ off: Double, _ seconds: [Int]) {
        let alarm = DelayedAlarm(schedule: Self.schedule, onDelay: on, offDelay: off)
        #expect((0..<20).filter { alarm.isOn(at: Double(1000 + $0)) } == seconds)
    }

    @Test(arguments: table)
    func theNextChangeIsWhereTheAlarmIsAnotherOne(_ on: Double, _ off: Double, _ seconds: [Int]) throws {
        let alarm = DelayedAlarm(schedule: Self.schedule, onDelay: on, offDelay: off)
        guard !seconds.isEmpty, seconds.count < 20 else {
            #expect(alarm.nextChange(after: 1000) == nil)
            return
        }
        for second in 1000..<1020 {
            let next = try #require(alarm.nextChange(after: Double(second)))
            let isOn = alarm.isOn(at: Double(second))
            #expect(next > Double(second) && next <= Double(second) + 20)
            #expect(alarm.isOn(at: next) != isOn)
            #expect(alarm.isOn(at: next - 0.5) == isOn)
        }
    }
}
