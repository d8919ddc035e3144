package import XML

extension MediaService {
    /// Tells the same for all configurations and profiles of a video source.
    ///
    /// Source: ONVIF Media 26.06 §5.5.4 GetVideoEncoderConfigurationOptions.
    package struct GetVideoEncoderConfigurationOptions: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault)
            -> VideoEncoderConfigurationOptionsResponse
        {
            let sources = try filter.videoSources(of: .videoEncoder, in: device.media)
            let videos = sources.map { device.media.video(ofSource: $0) }
            return VideoEncoderConfigurationOptionsResponse(
                options: VideoEncoderOptions.all(videos), service: .media)
        }
    }
}
