internal import CAV
package import Pictures

extension Clip {
    /// The picture of video frame `frame` as a JPEG file.
    ///
    /// Decodes from the key frame before it, so the cost grows with the distance: some milliseconds a picture.
    ///
    /// - Throws: `noSuchFrame`, `noPicture`, or what libav said.
    package func snapshot(frame: Int) throws(AVError) -> [UInt8] {
        guard video.frames.indices.contains(frame) else { throw .noSuchFrame(frame, count: video.frames.count) }
        let decoder = try PictureDecoder(AV_CODEC_ID_H264, strict: false)
        var latest: [UInt8]?
        let key = video.keyFrame(before: frame)
        var shown = key - 1
        for index in key...frame {
            try decoder.decode(accessUnit(index)) { picture throws(AVError) in
                shown += 1
                if shown == frame { latest = try JPEGEncoder.encode(picture) }
            }
        }
        if latest == nil {
            try decoder.decode([]) { picture throws(AVError) in
                shown += 1
                if shown == frame { latest = try JPEGEncoder.encode(picture) }
            }
        }
        guard let latest else { throw .noPicture(frame: frame) }
        return latest
    }

    /// The picture of video frame `frame` in that size, decoded from the key frame before it.
    ///
    /// - Throws: `noSuchFrame`, `noPicture`, or what libav said.
    package func picture(frame: Int, width: Int, height: Int) throws(AVError) -> YUVPicture {
        try ClipPlayer(self, width: width, height: height).picture(of: frame)
    }

    /// Frame `index` as libavcodec takes it: NAL units with start codes, parameter sets or configuration in front of a key
    /// frame.
    package func accessUnit(_ index: Int) -> [UInt8] {
        let frame = video.frames[index]
        var unit = frame.isKey ? video.parameters.configuration : []
        let startCode = video.parameters.codec.kind.hasNALUnits ? NALUnits.startCode : []
        for range in video.units[frame.units] { unit += startCode + bytes[range] }
        return unit
    }
}
