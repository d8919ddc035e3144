/// What decoders made of a media's frames so far.
package struct DecodingSummary: Sendable, Equatable {
    /// Pictures, audio frames or metadata documents that came out.
    package var decoded: Int64 = 0
    package var errors: Int64 = 0
    /// The latest error in the decoder's words.
    package var latestError: String?
    /// Pixels, of the latest picture.
    package var width: Int?
    /// Pixels.
    package var height: Int?
    /// Whether pictures come in another order than they are shown in, so that timestamps step back.
    package var reordersPictures = false
    /// Whether this media is decoded at all.
    package var isDecoded = false

    package init() {}
}
