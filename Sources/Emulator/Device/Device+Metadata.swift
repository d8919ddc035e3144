import ONVIF

extension Device {
    /// The next document of a media profile's metadata stream; nil where there is nothing to tell.
    func metadata(ofProfile token: String, _ occasion: MetadataFeed.Occasion) -> [UInt8]? {
        guard !isDown, !isKeeping else { return nil }
        var reader = metadataReaders[token] ?? MetadataReader(profile: token)
        let time = state.clock.now(host: hostTime)
        guard occasion != .look || reader.hasNews(state, now: time) else { return nil }
        var document: [UInt8]?
        update(changesDevice: false) { state, now in
            document = reader.read(
                &state, isComplete: occasion == .beginning, isRequired: occasion != .look, now: now)
        }
        metadataReaders[token] = reader
        return document
    }

    /// Nobody takes the metadata of that media profile any more.
    func endMetadata(ofProfile token: String) {
        guard var reader = metadataReaders.removeValue(forKey: token) else { return }
        update(changesDevice: false) { state, now in reader.end(&state, now: now) }
    }
}
