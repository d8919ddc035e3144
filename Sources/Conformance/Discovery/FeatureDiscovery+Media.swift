extension FeatureDiscovery {
    /// Source: Feature Discovery Specification, "Media Service – …".
    mutating func discoverMedia() async {
        guard has(.media) else { return }
        note(.mediaJPEG, .supported, "mandatory for the Media service")
        let video = await ask("GetVideoEncoderConfigurationOptions", in: .media)
        if let answer = video.answer {
            note(.mediaH264, ifThere: "trt:Options/tt:H264", in: answer)
            note(.mediaMPEG4, ifThere: "trt:Options/tt:MPEG4", in: answer)
        } else {
            undefine([.mediaH264, .mediaMPEG4], "GetVideoEncoderConfigurationOptions: \(video.summary)")
        }

        let audio = await ask("GetAudioEncoderConfigurationOptions", in: .media)
        noteOperation(.mediaAudio, audio)
        noteOperation(.mediaG711, audio)
        if let answer = audio.answer {
            note(.mediaG726, ifListed: ["G726"], at: "trt:Options/tt:Options/tt:Encoding", in: answer)
            note(.mediaAAC, ifListed: ["AAC"], at: "trt:Options/tt:Options/tt:Encoding", in: answer)
        } else {
            noteOperation(.mediaG726, audio)
            noteOperation(.mediaAAC, audio)
        }
        let outputs = await ask("GetAudioOutputs", in: .media)
        if let answer = outputs.answer {
            note(.mediaAudioOutput, ifThere: "trt:AudioOutputs", in: answer)
        } else {
            noteOperation(.mediaAudioOutput, outputs)
        }

        let capabilities = await probe("GetServiceCapabilities", in: .media)
        if let answer = capabilities.answer {
            let streaming = "trt:Capabilities/trt:StreamingCapabilities"
            note(
                .mediaStreaming, ifSet: XPath(stringLiteral: streaming + "/@NoRTSPStreaming"), in: answer,
                inverted: true)
            note(.mediaStreamingTCP, ifSet: XPath(stringLiteral: streaming + "/@RTP_RTSP_TCP"), in: answer)
            note(.mediaMulticast, ifSet: XPath(stringLiteral: streaming + "/@RTPMulticast"), in: answer)
            if !has(.mediaStreaming) {
                for feature in [Feature.mediaStreamingTCP, .mediaMulticast] {
                    note(feature, .notSupported, "Real-time Streaming is not supported")
                }
            }
        } else {
            undefine(
                [.mediaStreaming, .mediaStreamingTCP, .mediaMulticast],
                "GetServiceCapabilities of media: \(capabilities.summary)")
        }
        await discoverSnapshot()
    }

    private mutating func discoverSnapshot() async {
        let profiles = await ask("GetProfiles", in: .media)
        let ready: XPath = "trt:Profiles[tt:VideoSourceConfiguration and tt:VideoEncoderConfiguration]"
        guard let token = profiles.answer?.node(ready)?.attribute("token") else {
            undefine([.mediaSnapshotURI], "GetProfiles: no profile ready to use (\(profiles.summary))")
            return
        }
        noteOperation(
            .mediaSnapshotURI,
            await ask("GetSnapshotUri", in: .media, "<trt:ProfileToken>\(token)</trt:ProfileToken>"))
    }

    /// Source: Feature Discovery Specification, "Media2 Service – …".
    mutating func discoverMedia2() async {
        guard has(.media2) else { return }
        let flags: [(Feature, XPath)] = [
            (.media2Streaming, "tr2:Capabilities/tr2:StreamingCapabilities/@RTSPStreaming"),
            (.media2StreamingTCP, "tr2:Capabilities/tr2:StreamingCapabilities/@RTP_RTSP_TCP"),
            (.media2Multicast, "tr2:Capabilities/tr2:StreamingCapabilities/@RTPMulticast"),
            (.media2SnapshotURI, "tr2:Capabilities/@SnapshotUri"), (.media2OSD, "tr2:Capabilities/@OSD"),
            (.media2VideoSourceMode, "tr2:Capabilities/@VideoSourceMode"), (.media2Mask, "tr2:Capabilities/@Mask"),
        ]
        let lists: [(Feature, String)] = [
            (.media2Audio, "AudioEncoder"), (.media2AudioOutput, "AudioOutput"), (.media2Analytics, "Analytics"),
            (.media2Metadata, "Metadata"),
        ]
        let probe = await probe("GetServiceCapabilities", in: .media2)
        if let answer = probe.answer {
            for (feature, path) in flags { note(feature, ifSet: path, in: answer) }
            for (feature, word) in lists {
                note(
                    feature, ifListed: [word], at: "tr2:Capabilities/tr2:ProfileCapabilities/@ConfigurationsSupported",
                    in: answer)
            }
            note(
                .media2WebSocket,
                ifThere: "tr2:Capabilities/tr2:StreamingCapabilities/@RTSPWebSocketUri[normalize-space()]", in: answer)
        } else {
            undefine(
                flags.map(\.0) + lists.map(\.0) + [.media2WebSocket],
                "GetServiceCapabilities of media2: \(probe.summary)")
        }
        let https = found[.https]?.state ?? .undefined
        note(
            .media2StreamingHTTPS, has(.media2Streaming) ? https : .notSupported,
            "follows from Device/HTTPS and Real-time Streaming")
        await discoverEncodings(
            "GetVideoEncoderConfigurationOptions", [(.media2H264, ["H264"]), (.media2H265, ["H265"])])
        if has(.media2Audio) {
            await discoverEncodings(
                "GetAudioEncoderConfigurationOptions",
                [(.media2G711, ["PCMU"]), (.media2AAC, ["MP4A-LATM", "MPEG4-GENERIC"])])
        }
    }

    private mutating func discoverEncodings(_ operation: String, _ features: [(Feature, [String])]) async {
        let probe = await ask(operation, in: .media2)
        guard let answer = probe.answer else {
            undefine(features.map(\.0), "\(operation): \(probe.summary)")
            return
        }
        for (feature, words) in features {
            note(feature, ifListed: words, at: "tr2:Options/tt:Encoding", in: answer)
        }
    }

    /// Source: Feature Discovery Specification, "PTZ Nodes Features Support".
    mutating func discoverPTZ() async {
        guard has(.ptz) else { return }
        let flags: [(Feature, XPath)] = [
            (.ptzMoveStatus, "tptz:Capabilities/@MoveStatus"),
            (.ptzStatusPosition, "tptz:Capabilities/@StatusPosition"),
            (.ptzCompatibleConfigurations, "tptz:Capabilities/@GetCompatibleConfigurations"),
        ]
        let capabilities = await probe("GetServiceCapabilities", in: .ptz)
        if let answer = capabilities.answer {
            for (feature, path) in flags { note(feature, ifSet: path, in: answer) }
        } else {
            undefine(flags.map(\.0), "GetServiceCapabilities of PTZ: \(capabilities.summary)")
        }
        let spaces = "tptz:PTZNode/tt:SupportedPTZSpaces/tt:"
        let there: [(Feature, XPath)] = [
            (.ptzAbsolutePanTilt, XPath(stringLiteral: spaces + "AbsolutePanTiltPositionSpace")),
            (.ptzAbsoluteZoom, XPath(stringLiteral: spaces + "AbsoluteZoomPositionSpace")),
            (.ptzRelativePanTilt, XPath(stringLiteral: spaces + "RelativePanTiltTranslationSpace")),
            (.ptzRelativeZoom, XPath(stringLiteral: spaces + "RelativeZoomTranslationSpace")),
            (.ptzContinuousPanTilt, XPath(stringLiteral: spaces + "ContinuousPanTiltVelocitySpace")),
            (.ptzContinuousZoom, XPath(stringLiteral: spaces + "ContinuousZoomVelocitySpace")),
            (.ptzSpeedPanTilt, XPath(stringLiteral: spaces + "PanTiltSpeedSpace")),
            (.ptzSpeedZoom, XPath(stringLiteral: spaces + "ZoomSpeedSpace")),
            (.ptzPresets, "tptz:PTZNode[tt:MaximumNumberOfPresets > 0]"),
            (.ptzHome, "tptz:PTZNode[tt:HomeSupported='true' or tt:HomeSupported='1']"),
            (.ptzAuxiliary, "tptz:PTZNode/tt:AuxiliaryCommands"),
        ]
        let groups: [(Feature, [Feature])] = [
            (.ptzAbsolute, [.ptzAbsolutePanTilt, .ptzAbsoluteZoom]),
            (.ptzRelative, [.ptzRelativePanTilt, .ptzRelativeZoom]),
            (.ptzSpeed, [.ptzSpeedPanTilt, .ptzSpeedZoom]),
        ]
        note(.ptzContinuous, .supported, "mandatory for PTZ nodes")
        let nodes = await ask("GetNodes", in: .ptz)
        guard let answer = nodes.answer, answer.exists("tptz:PTZNode") else {
            undefine(
                there.map(\.0) + groups.map(\.0) + [.ptzHomeConfigurable, .ptzHomeFixed],
                "GetNodes: no node (\(nodes.summary))")
            return
        }
        for (feature, path) in there { note(feature, ifThere: path, in: answer) }
        for (feature, parts) in groups {
            let isThere = parts.contains { has($0) }
            note(feature, isThere ? .supported : .notSupported, "follows from its PanTilt and Zoom spaces")
        }
        guard has(.ptzHome) else {
            for feature in [Feature.ptzHomeConfigurable, .ptzHomeFixed] {
                note(feature, .notSupported, "Home Position is not supported")
            }
            return
        }
        // Without the attribute the specification would try SetHomePosition; that moves the home of a camera in use.
        guard answer.exists("tptz:PTZNode/@FixedHomePosition") else {
            undefine([.ptzHomeConfigurable, .ptzHomeFixed], "GetNodes: FixedHomePosition is absent")
            return
        }
        note(.ptzHomeFixed, ifSet: "tptz:PTZNode/@FixedHomePosition", in: answer)
        note(.ptzHomeConfigurable, ifSet: "tptz:PTZNode/@FixedHomePosition", in: answer, inverted: true)
    }

    /// Source: Feature Discovery Specification, "Imaging Service", "Focus Control".
    mutating func discoverImaging() async {
        guard has(.imaging) else { return }
        let sources = await ask("GetVideoSources", in: has(.media) ? .media : .deviceIO)
        let tokens =
            sources.answer.map { answer in
                answer.nodes("trt:VideoSources").compactMap { $0.attribute("token") } + answer.texts("tmd:Token")
            } ?? []
        guard !tokens.isEmpty else {
            undefine([.imagingFocus, .imagingIrCutFilter], "GetVideoSources: no source (\(sources.summary))")
            return
        }
        var focus = FeatureFinding.State.notSupported
        var filter = FeatureFinding.State.notSupported
        for token in tokens {
            let body: Markup = "<timg:VideoSourceToken>\(token)</timg:VideoSourceToken>"
            if let moves = await ask("GetMoveOptions", in: .imaging, body).answer, moves.exists("timg:MoveOptions/*") {
                focus = .supported
            }
            if let options = await ask("GetOptions", in: .imaging, body).answer {
                let modes = options.texts("timg:ImagingOptions/tt:IrCutFilterModes")
                if modes.count >= 2, modes.contains("OFF") { filter = .supported }
            }
        }
        note(.imagingFocus, focus, "GetMoveOptions of \(tokens.count) video sources")
        note(.imagingIrCutFilter, filter, "GetOptions of \(tokens.count) video sources")
    }
}
