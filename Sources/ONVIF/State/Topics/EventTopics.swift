extension EventTopic {
    static let event = [beginOfBuffer]

    /// Told to the pull point alone that reads past the beginning of the storage.
    ///
    /// Source: ONVIF Core 26.06 §9.11.1 BeginOfBuffer.
    package static let beginOfBuffer = EventTopic("tns1:EventBuffer/Begin", when: { $0.events.storage > 0 })
}
