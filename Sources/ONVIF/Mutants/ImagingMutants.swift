/// The imaging service and its alarms.
extension Mutant {
    /// The topics of alarms are described as no properties.
    public static let alarmsAreNoProperties = Mutant("alarmsAreNoProperties")
    /// The topics of alarms are described without a source.
    public static let alarmsWithoutSource = Mutant("alarmsWithoutSource")
    /// The source of alarms is described as a string.
    public static let alarmSourceIsString = Mutant("alarmSourceIsString")
    /// The state of alarms is described as a string.
    public static let alarmStateIsDescribedAsString = Mutant("alarmStateIsDescribedAsString")
    /// The state of an alarm is told as no boolean.
    public static let alarmStateIsNoBoolean = Mutant("alarmStateIsNoBoolean")
    /// Alarms are told without the video source.
    public static let messagesOfAlarmsWithoutSource = Mutant("messagesOfAlarmsWithoutSource")
    /// The state of alarms is told to nobody.
    public static let alarmsAreNotTold = Mutant("alarmsAreNotTold")
    /// SetImagingSettings succeeds and changes nothing.
    public static let forgetsImagingSettings = Mutant("forgetsImagingSettings")
    /// SetImagingSettings leaves the contrast as it is.
    public static let forgetsContrast = Mutant("forgetsContrast")
    /// GetImagingSettings tells another brightness than was set.
    public static let imagingLevelsAreOff = Mutant("imagingLevelsAreOff")
    /// SetImagingSettings always faults.
    public static let refusesImagingSettings = Mutant("refusesImagingSettings")
    /// The infrared cut-off filter never comes back from OFF.
    public static let irCutFilterStaysOff = Mutant("irCutFilterStaysOff")
    /// GetImagingSettings tells another speed of the focus than was set.
    public static let forgetsFocusSpeed = Mutant("forgetsFocusSpeed")
    /// The imaging service takes any token for its video source.
    public static let imagingAnswersForAnySource = Mutant("imagingAnswersForAnySource")
    /// Faults of the imaging service lack the second subcode.
    public static let imagingFaultsWithoutReason = Mutant("imagingFaultsWithoutReason")
}
