package import XML

extension Media2Service {
    /// Tells the same for all configurations and profiles of a video source.
    ///
    /// Source: ONVIF Media2 26.06 §5.3.4 Get<entity>ConfigurationOptions.
    package struct GetVideoEncoderConfigurationOptions: ServiceOperation {
        package static let service = Service.media2
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
                options: VideoEncoderOptions.all(videos), service: .media2)
        }
    }
}
