import AV
import XML

/// Decodes the frames of a media and keeps count of what fails; lives under the lock of its receiver.
final class FrameJudge {
    private enum Work {
        case pictures(StreamDecoder.Coding)
        case documents
        case none
    }

    private let work: Work
    /// In front of the first key frame where the stream has none in band.
    private let parameterSets: [UInt8]
    private var decoder: StreamDecoder?
    private var hasStarted = false
    private(set) var summary = DecodingSummary()

    init(_ media: StreamMedia) {
        switch media.encoding.uppercased() {
        case "H264": work = .pictures(.h264)
        case "H265": work = .pictures(.h265)
        case "JPEG": work = .pictures(.jpeg)
        case "MP4V-ES": work = .pictures(.mpeg4)
        case "VND.ONVIF.METADATA", "VND.ONVIF.METADATA+GZIP": work = .documents
        default: work = .none
        }
        let sets = ParameterCheck.parameterSets(of: media).reduce(into: [UInt8]()) { $0 += [0, 0, 0, 1] + $1 }
        parameterSets = sets.isEmpty ? ParameterCheck.configuration(of: media) : sets
    }

    /// Takes the next frame in sequence.
    func take(_ frame: MediaFrame) {
        switch work {
        case .pictures(let coding): decode(frame, coding)
        case .documents: read(frame.bytes)
        case .none: break
        }
    }

    private func decode(_ frame: MediaFrame, _ coding: StreamDecoder.Coding) {
        // Nothing before the first key frame can be decoded.
        guard hasStarted || frame.isKey else { return }
        if decoder == nil {
            guard let made = try? StreamDecoder(coding) else { return }
            decoder = made
            summary.isDecoded = true
        }
        let lacksSets = !hasStarted && !hasSets(frame, coding)
        decoder?.decode(lacksSets ? parameterSets + frame.bytes : frame.bytes)
        hasStarted = true
        guard let decoder else { return }
        summary.decoded = Int64(decoder.pictures)
        summary.errors = Int64(decoder.errors)
        summary.latestError = decoder.latestError.map { "\($0)" }
        summary.width = decoder.size?.width
        summary.height = decoder.size?.height
        summary.reordersPictures = decoder.reordersPictures
    }

    private func hasSets(_ frame: MediaFrame, _ coding: StreamDecoder.Coding) -> Bool {
        switch coding {
        case .h264: frame.unitTypes.contains(7)
        case .h265: frame.unitTypes.contains(33)
        case .mpeg4: frame.bytes.starts(with: [0, 0, 1, 0xB0])
        case .jpeg: true
        }
    }

    /// Source: ONVIF Streaming 26.06 §5.1.2.1.1.
    private func read(_ bytes: [UInt8]) {
        summary.isDecoded = true
        do throws(XMLDocumentError) {
            let document = try XMLDocument(bytes)
            let root = try? document.evaluate(
                "boolean(/tt:MetadataStream)", from: nil, namespaces: ["tt": "http://www.onvif.org/ver10/schema"])
            guard case .boolean(true)? = root else {
                summary.errors += 1
                summary.latestError = "the root element is not tt:MetadataStream"
                return
            }
            summary.decoded += 1
        } catch {
            summary.errors += 1
            summary.latestError = "\(error)"
        }
    }
}
