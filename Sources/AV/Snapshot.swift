package import Pictures

extension Clip {
    /// The picture of video frame `frame` as a JPEG file.
    ///
    /// Decodes from the key frame before it, so the cost grows with the distance: some milliseconds a picture.
    ///
    /// - Throws: `noSuchFrame`, `noPicture`, or what libav said.
    package func snapshot(frame: Int) throws(AVError) -> [UInt8] {
        let size = video.parameters
        return try picture(frame: frame, width: size.width, height: size.height).jpeg()
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
