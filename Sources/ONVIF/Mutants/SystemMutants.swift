extension Mutant {
    /// The time zone is none of POSIX.
    public static let systemTimeInvalidTimeZone = Mutant("systemTimeInvalidTimeZone")
    /// SetSystemDateAndTime changes nothing.
    public static let setSystemTimeForgets = Mutant("setSystemTimeForgets")
    /// SetSystemDateAndTime refuses everything.
    public static let setSystemTimeRefuses = Mutant("setSystemTimeRefuses")
    /// The clock stays with NTP after SetSystemDateAndTime.
    public static let setSystemTimeStaysNTP = Mutant("setSystemTimeStaysNTP")
    /// SetSystemDateAndTime takes all but the time.
    public static let setSystemTimeIgnoresTime = Mutant("setSystemTimeIgnoresTime")
    /// SetSystemDateAndTime always sets DaylightSavings.
    public static let setSystemTimeSavesDaylight = Mutant("setSystemTimeSavesDaylight")
    /// SetSystemDateAndTime answers where it should refuse.
    public static let setSystemTimeNeverRefuses = Mutant("setSystemTimeNeverRefuses")
    /// The fault of SetSystemDateAndTime lacks its second subcode.
    public static let setSystemTimeForgetsSubcode = Mutant("setSystemTimeForgetsSubcode")
    /// SystemReboot answers with a fault.
    public static let rebootRefuses = Mutant("rebootRefuses")
}
