import AV
import RTP
import XML

/// Decodes the frames of a media and keeps count of what fails; lives under the lock of its receiver.
final class FrameJudge {
    private enum Work {
        case pictures(VideoCodec.Kind)
        case documents
        case none
    }

    private let work: Work
    private let configuration: [UInt8]
    private var decoder: StreamDecoder?
    private(set) var summary = DecodingSummary()

    init(_ media: StreamMedia) {
        let format = media.format
        configuration = format.decoderConfiguration
        work =
            switch format.codec {
            case .video(let kind): .pictures(kind)
            case .metadata(.none): .documents
            default: .none
            }
    }

    /// Takes the next frame in sequence.
    func take(_ frame: MediaFrame) {
        switch work {
        case .pictures(let kind): decode(frame, kind)
        case .documents: read(frame.bytes)
        case .none: break
        }
    }

    private func decode(_ frame: MediaFrame, _ kind: VideoCodec.Kind) {
        if decoder == nil {
            // Nothing before the first key frame can be decoded.
            guard frame.isKey, let made = try? StreamDecoder(kind, configuration: configuration) else { return }
            decoder = made
            summary.isDecoded = true
        }
        guard let decoder else { return }
        decoder.decode(frame.bytes)
        summary.decoded = Int64(decoder.pictures)
        summary.errors = Int64(decoder.errors)
        summary.latestError = decoder.latestError.map { "\($0)" }
        summary.width = decoder.size?.width
        summary.height = decoder.size?.height
        summary.reordersPictures = decoder.reordersPictures
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
