/// All that a camera does to the sensor's picture at one moment.
package struct Retouch: Hashable, Sendable {
    package var turn: PictureTurn
    package var levels: PictureLevels
    package var masks: [PictureMask]
    /// Their words are those of the moment.
    package var texts: [PictureText]

    package init(
        turn: PictureTurn = PictureTurn(), levels: PictureLevels = PictureLevels(), masks: [PictureMask] = [],
        texts: [PictureText] = []
    ) {
        self.turn = turn
        self.levels = levels
        self.masks = masks
        self.texts = texts
    }

    /// The picture stays as it is.
    package var isIdentity: Bool { turn.isIdentity && levels.isIdentity && masks.isEmpty && texts.isEmpty }

    /// Turns, as masks and texts have their places in the turned picture; sets the levels, then hides, then writes, so that a
    /// text can stand on a mask.
    package func apply(to picture: inout YUVPicture) {
        if !turn.isIdentity { turn.apply(to: &picture) }
        if !levels.isIdentity { levels.apply(to: &picture) }
        for mask in masks { mask.apply(to: &picture) }
        if !texts.isEmpty { PictureText.write(texts, to: &picture) }
    }
}
