internal import CAV
package import Pictures

/// The pictures of a media file in order, read and decoded one by one: memory does not grow with the file.
package struct PictureFile: Sendable {
    package let file: String

    package init(_ file: String) {
        self.file = file
    }

    /// Hands over each picture as it was coded, on one thread.
    ///
    /// - Parameter body: given the place of the picture, from 0, and the picture.
    /// - Throws: `ClipError` for a file that is none or has no pictures, `AVError` where one cannot be decoded, and what
    ///   `body` throws.
    package func forEachPicture(_ body: (Int, YUVPicture) throws -> Void) throws {
        let demuxer = try Demuxer(file: file)
        guard let stream = demuxer.streams().first(where: \.isVideo) else { throw ClipError.noVideo(file: file) }
        let decoder = try PictureDecoder(
            stream.codec, configuration: stream.extradata, strict: false, reorderDepth: stream.videoDelay)
        let scaler = PictureScaler()
        var count = 0
        var pending: [YUVPicture] = []
        func feed(_ bytes: [UInt8]) throws {
            try decoder.decode(bytes) { picture throws(AVError) in pending.append(try scaler.convert(picture)) }
            for picture in pending {
                try body(count, picture)
                count += 1
            }
            pending.removeAll(keepingCapacity: true)
        }
        try demuxer.forEachPacket { packet in
            if packet.stream == stream.index, !packet.bytes.isEmpty { try feed(packet.bytes) }
        }
        try feed([])
    }
}
