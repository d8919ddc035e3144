import ONVIF
import XML

extension Mutation {
    static let systemMutations: [Mutation] = [
        Mutation(
            .systemTimeInvalidTimeZone, "the time zone is none of POSIX",
            .exchange(operation: "GetSystemDateAndTime", service: .device) {
                $0.edit { $0.change("TZ") { $0.text = "INVALIDTIMEZONE" } }
            }),
        Mutation(
            .setSystemTimeForgets, "SetSystemDateAndTime changes nothing",
            .forgets("SetSystemDateAndTime")),
        Mutation(
            .setSystemTimeRefuses, "SetSystemDateAndTime refuses everything",
            .refuses("SetSystemDateAndTime")),
        Mutation(
            .setSystemTimeStaysNTP, "the clock stays with NTP after SetSystemDateAndTime",
            .exchange(operation: "SetSystemDateAndTime", service: .device) { $0.after.clock.source = .ntp }),
        Mutation(
            .setSystemTimeIgnoresTime, "SetSystemDateAndTime takes all but the time",
            .exchange(operation: "SetSystemDateAndTime", service: .device) {
                $0.after.clock.offset = $0.before.clock.offset
            }),
        Mutation(
            .setSystemTimeSavesDaylight, "SetSystemDateAndTime always sets DaylightSavings",
            .exchange(operation: "SetSystemDateAndTime", service: .device) { $0.after.clock.daylightSavings = true }),
        Mutation(
            .setSystemTimeNeverRefuses, "SetSystemDateAndTime answers where it should refuse",
            .neverRefuses("SetSystemDateAndTime")),
        Mutation(
            .setSystemTimeForgetsSubcode, "the fault of SetSystemDateAndTime lacks its second subcode",
            .forgetsSubcode("SetSystemDateAndTime")),
        Mutation(
            .rebootRefuses, "SystemReboot answers with a fault",
            .refuses("SystemReboot")),
    ]
}
