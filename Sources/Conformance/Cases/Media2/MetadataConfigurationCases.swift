import ONVIF

extension TestCase {
    static let media2SetsAllMetadataOptions = TestCase(
        id: "MEDIA2-8-1-1",
        title: "MODIFY ALL SUPPORTED METADATA CONFIGURATIONS",
        covers: .media2("5.3.3"), .media2("5.2.8"), .media2("5.16.2"),
        requires: [.media2, .media2Metadata, .events],
        mutants: .media2ForgetsMetadataSettings, .media2RefusesMetadataSettings, .media2ForgetsMetadataEvents,
        .media2ForgetsMetadataMulticast, .media2ClaimsMetadataAnalytics, .media2ClaimsMetadataCompression,
        .media2ClaimsMetadataPTZ, .media2TellsNotOfMetadata, .media2TellsOfOtherType
    ) { device, findings in
        let configurations = try await device.media2Configurations("Metadata")
        let watch = try await MediaEventWatch.onConfigurations(device)
        let hasPTZ = await device.has(.ptz)
        let hasAnalytics = await device.has(.analytics)
        for present in configurations {
            let token = present.attribute("token") ?? ""
            let options = try await device.call(
                "GetMetadataConfigurationOptions", in: .media2,
                "<tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken>")
            let node = try options.requireNodes("tr2:Options")[0]
            let restoration = present.echoed(
                as: "tr2:Configuration", keeping: ["token", "CompressionType", "GeoLocation", "ShapePolygon"])
            device.afterwards("metadata configuration") { device in
                try await device.call("SetMetadataConfiguration", in: .media2, restoration)
            }
            for isFirst in [true, false] {
                let trial = MetadataTrial(
                    present: present, options: node, hasPTZ: hasPTZ, hasAnalytics: hasAnalytics, isFirst: isFirst)
                try await device.set(trial, watch, &findings)
            }
        }
    }
}

extension TestDevice {
    fileprivate func set(
        _ trial: MetadataTrial, _ watch: MediaEventWatch?, _ findings: inout Findings
    ) async throws {
        try await call("SetMetadataConfiguration", in: .media2, trial.markup)
        try await watch?.expect(
            [("Token", trial.token), ("Type", "Metadata")], after: "SetMetadataConfiguration", self,
            clause: .media2("5.16.2"), &findings)
        let answer = try await call(
            "GetMetadataConfigurations", in: .media2,
            "<tr2:ConfigurationToken>\(trial.token)</tr2:ConfigurationToken>")
        trial.check(try answer.requireNodes("tr2:Configurations")[0], &findings, in: answer)
    }
}

/// Everything that the options of a metadata configuration offer (first), or as little as can be.
private struct MetadataTrial {
    let present: AnswerNode
    let options: AnswerNode
    let hasPTZ: Bool
    let hasAnalytics: Bool
    let isFirst: Bool

    var token: String { present.attribute("token") ?? "" }
    private var name: String { isFirst ? "TestName1" : "TestName2" }

    private var compression: String? {
        let types = options.texts("tt:Extension/tt:CompressionType")
        return isFirst ? types.first : types.dropFirst().first ?? types.first
    }

    private func offers(_ flags: String...) -> Bool {
        flags.contains { options.flag(XPath(stringLiteral: "tt:PTZStatusFilterOptions/tt:\($0)")) == true }
    }

    private var status: Bool { isFirst && offers("PanTiltStatusSupported", "ZoomStatusSupported") }
    private var position: Bool { isFirst && offers("PanTiltPositionSupported", "ZoomPositionSupported") }

    var markup: Markup {
        let compression: Markup? = compression.map { " CompressionType=\"\($0)\"" }
        let ptz: Markup = """
            <tt:PTZStatus><tt:Status>\(status)</tt:Status><tt:Position>\(position)</tt:Position></tt:PTZStatus>
            """
        let dialect = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"
        let events: Markup = """
            <tt:Events><tt:Filter><wsnt:TopicExpression Dialect="\(dialect)">tns1:Media/ConfigurationChanged\
            </wsnt:TopicExpression></tt:Filter></tt:Events>
            """
        return """
            <tr2:Configuration token="\(token)"\(compression)><tt:Name>\(name)</tt:Name>\
            <tt:UseCount>\(present.text("tt:UseCount") ?? "0")</tt:UseCount>\(hasPTZ ? ptz : nil)\
            \(isFirst ? events : nil)\(hasAnalytics ? "<tt:Analytics>\(isFirst)</tt:Analytics>" : nil)\
            \(present.node("tt:Multicast")?.markup)\(present.node("tt:SessionTimeout")?.markup)</tr2:Configuration>
            """
    }

    /// Absent flags count as false.
    func check(_ after: AnswerNode, _ findings: inout Findings, in answer: Answer) {
        findings.expect(after.attribute("token"), is: token, "token of the metadata configuration", in: answer)
        findings.expect(after.text("tt:Name"), is: name, "Name of the metadata configuration", in: answer)
        if let compression {
            findings.expect(after.attribute("CompressionType"), is: compression, "CompressionType", in: answer)
        } else {
            findings.expect(
                [nil, "None"].contains(after.attribute("CompressionType")), "no CompressionType, as none is offered",
                found: after.attribute("CompressionType") ?? "", in: answer)
        }
        if hasPTZ {
            findings.expect(after.flag("tt:PTZStatus/tt:Status") ?? false, is: status, "PTZStatus/Status", in: answer)
            findings.expect(
                after.flag("tt:PTZStatus/tt:Position") ?? false, is: position, "PTZStatus/Position", in: answer)
        }
        findings.expect(
            after.exists("tt:Events/tt:Filter/wsnt:TopicExpression"), is: isFirst,
            "whether there is a topic expression in Events/Filter", in: answer)
        findings.expect(after.flag("tt:Analytics") ?? false, is: hasAnalytics && isFirst, "Analytics", in: answer)
        let paths: [XPath] = [
            "tt:Address/tt:Type", "tt:Address/tt:IPv4Address", "tt:Address/tt:IPv6Address", "tt:Port", "tt:TTL",
            "tt:AutoStart",
        ]
        for path in paths {
            findings.expect(
                after.node("tt:Multicast")?.text(path), is: present.node("tt:Multicast")?.text(path),
                "Multicast/\(path.text) of the metadata configuration", in: answer)
        }
    }
}
