package import XML

/// What video encoder configurations can be set to, in the type that the service has for it.
package struct VideoEncoderConfigurationOptionsResponse: ResponseMessage, Equatable {
    /// One for each codec.
    package var options: [VideoEncoderOptions]
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        if service == .media2 {
            for options in options { options.writeVersion20(to: &writer) }
        } else {
            writeVersion10(to: &writer)
        }
    }

    private func writeVersion10(to writer: inout XMLWriter) {
        // The schema wants this order.
        let known = [VideoModel.Codec.jpeg, .mpeg4, .h264].compactMap { codec in options.first { $0.codec == codec } }
        writer.element(.trt, "Options") { writer in
            writer.range("QualityRange", VideoEncoderOptions.quality)
            for options in known { writer.element(.tt, options.codec.rawValue, [], options.writeVersion10) }
            guard !known.isEmpty else { return }
            writer.element(.tt, "Extension") { writer in
                for options in known {
                    writer.element(.tt, options.codec.rawValue) { writer in
                        options.writeVersion10(to: &writer)
                        writer.range("BitrateRange", options.bitrate)
                    }
                }
            }
        }
    }
}

extension VideoEncoderOptions {
    /// The content of `tt:JpegOptions`, `tt:Mpeg4Options` or `tt:H264Options`.
    fileprivate func writeVersion10(to writer: inout XMLWriter) {
        for resolution in resolutions { writer.resolution("ResolutionsAvailable", resolution) }
        if codec.hasGroups { writer.range("GovLengthRange", govLength) }
        writer.range("FrameRateRange", wholeFrameRates)
        writer.range("EncodingIntervalRange", Self.encodingInterval)
        for profile in profiles {
            writer.element(.tt, codec.profileElement + "sSupported", profile.name(in: .media))
        }
    }

    /// `tt:VideoEncoder2ConfigurationOptions`; without MaxAnchorFrameDistance, as there are no B-frames.
    fileprivate func writeVersion20(to writer: inout XMLWriter) {
        var attributes = [("FrameRatesSupported", frameRates.map(XMLWriter.string).joined(separator: " "))]
        if codec.hasGroups {
            attributes += [
                ("GovLengthRange", "\(govLength.lowerBound) \(govLength.upperBound)"),
                ("ProfilesSupported", profiles.map { $0.name(in: .media2) }.joined(separator: " ")),
            ]
        }
        for name in ["ConstantBitRateSupported", "AverageBitRateSupported", "GuaranteedFrameRateSupported"] {
            attributes.append((name, "false"))
        }
        writer.element(.tr2, "Options", attributes) { writer in
            writer.optional(.tt, "Encoding", codec.name(in: .media2))
            writer.range("QualityRange", Self.quality)
            for resolution in resolutions { writer.resolution("ResolutionsAvailable", resolution) }
            writer.range("BitrateRange", bitrate)
        }
    }
}
