import Foundation
import Testing

/// The walls between the targets, as folders and import lines show them.
struct ImportTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What each target may import of ours; imports point from the executable down to the wrappers.
    private static let allowed: [String: Set<String>] = [
        "XML": ["CXML2"], "HTTP": ["CCurl"], "Gzip": ["CZlib"], "AV": ["CAV", "Pictures"],
        "Pictures": [], "Authentication": [], "Certificates": [],
        "Documents": [], "Truth": [], "Worlds": ["CSpans", "Documents", "Pictures", "Truth"],
        "Datagrams": ["CDatagrams"], "Multicast": [], "RTSP": [], "SRTP": [],
        "RTP": ["AV"],
        "ONVIF": ["XML", "Authentication", "Certificates", "Metadata"],
        "MQTT": ["CMosquitto"], "Metadata": ["XML"], "Vision": ["Pictures"],
        "VisionTrainer": ["AV", "Pictures", "Truth", "Vision", "Worlds"],
        "Scoring": ["Metadata", "Truth"],
        "Analytics": ["Metadata", "ONVIF", "Pictures", "Truth", "Vision", "XML"],
        "Validation": [
            "AV", "Analytics", "Documents", "Emulator", "Metadata", "Pictures", "Scoring", "StreamClient", "Truth",
            "Vision", "Worlds", "XML",
        ],
        "Emulator": [
            "XML", "AV", "Analytics", "Authentication", "Certificates", "Datagrams", "Documents", "Gzip", "MQTT",
            "Metadata", "Multicast", "ONVIF", "RTSP", "RTP", "SRTP", "Pictures", "Truth", "Vision", "Worlds",
        ],
        "StreamClient": ["XML", "AV", "Authentication", "Multicast", "RTSP", "RTP"],
        "Conformance": ["XML", "AV", "Authentication", "HTTP", "Multicast", "ONVIF", "RTSP", "RTP", "StreamClient"],
        "Bench": ["Authentication", "RTSP"],
        "glasseye": [
            "AV", "Analytics", "Bench", "Conformance", "Documents", "Emulator", "Gzip", "Metadata", "Pictures",
            "Scoring", "StreamClient", "Truth", "Validation", "Vision", "Worlds",
        ],
    ]

    /// Only these open sockets.
    private static let opensPorts: Set<String> = ["Bench", "Emulator", "Conformance", "MQTT", "StreamClient"]

    private static func modules(of target: String) throws -> [(file: String, module: String)] {
        let folder = root.appending(path: "Sources/\(target)")
        let files =
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" } ?? []
        #expect(!files.isEmpty, "no sources in \(folder.path)")
        return try files.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ")
                guard let keyword = words.firstIndex(of: "import"), keyword <= 1, words.count == keyword + 2 else {
                    return nil
                }
                return (file.lastPathComponent, String(words[keyword + 1]))
            }
        }
    }

    @Test
    func everyTargetIsListed() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        let system: Set = ["CXML2", "CCurl", "CAV", "CDatagrams", "CMosquitto", "CSpans", "CZlib"]
        #expect(Set(folders).subtracting(system) == Set(Self.allowed.keys))
    }

    @Test(arguments: allowed.keys.sorted())
    func importsPointOneWay(target: String) throws {
        let ours = Set(Self.allowed.keys).union([
            "CXML2", "CCurl", "CAV", "CDatagrams", "CMosquitto", "CSpans", "CZlib",
        ])
        let allowed = try #require(Self.allowed[target])
        for (file, module) in try Self.modules(of: target) where ours.contains(module) {
            #expect(allowed.contains(module), "\(target)/\(file) imports \(module)")
        }
    }

    @Test(arguments: allowed.keys.sorted())
    func onlyTheRimOpensPorts(target: String) throws {
        let opens = try Self.modules(of: target).filter { $0.module == "NIOPosix" }.map(\.file)
        #expect(Self.opensPorts.contains(target) || opens.isEmpty, "\(target): \(opens)")
    }

    /// Protocol values know no clock and no file: Foundation's dates are values, its file manager is not.
    @Test(arguments: [
        "Analytics", "Authentication", "Certificates", "Metadata", "ONVIF", "Pictures", "RTSP", "RTP", "SRTP",
        "Scoring",
        "Truth", "Vision",
    ])
    func protocolValuesTouchNothing(target: String) throws {
        let folder = Self.root.appending(path: "Sources/\(target)")
        let effects = ["FileManager", "Date()", "Date.now", "ContinuousClock", "ProcessInfo", " print("]
        for file in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) ?? .init() {
            guard let file = file as? URL, file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for effect in effects {
                #expect(!text.contains(effect), "\(file.lastPathComponent) uses \(effect)")
            }
        }
    }
}
