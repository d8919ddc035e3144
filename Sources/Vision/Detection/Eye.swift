import Pictures

/// All that is known of one direction of one camera: background, ground, and what differs from them.
final class Eye {
    let view: GroundView
    let picture: WorkPicture
    let model: BackgroundModel
    let mask: ForegroundMask
    private var start: BackgroundStart?
    private let median: WorkPicture
    private let share: PixelShare
    private let finder: NewcomerFinder
    private var gauge = ShadeGauge()

    init(_ camera: VisionCamera, width: Int, height: Int) {
        view = GroundView(camera, width: width, height: height)
        picture = WorkPicture(width: width, height: height)
        median = WorkPicture(width: width, height: height)
        let size = (picture.width, picture.height)
        model = BackgroundModel(width: size.0, height: size.1)
        mask = ForegroundMask(width: size.0, height: size.1)
        start = BackgroundStart(width: size.0, height: size.1)
        share = PixelShare(width: size.0, height: size.1, scale: picture.scale)
        finder = NewcomerFinder(width: size.0, height: size.1, scale: picture.scale)
    }

    /// Looks at a picture and tells the tracker what it shows.
    func see(_ full: YUVPicture, time: Double, tracker: ObjectTracker) {
        picture.take(full)
        if let start, start.take(picture, time: time) {
            start.median(into: median)
            model.begin(luma: median.luma, blue: median.blue, red: median.red)
            if start.kept >= BackgroundStart.depth { self.start = nil }
        }
        guard start.map({ $0.kept >= BackgroundStart.rounds[0] }) ?? true else { return }
        hold(tracker.tracks)
        model.follow(picture)
        model.look(at: picture)
        mask.clean(model.raw)
        mask.removeSpecks(view: view, scale: picture.scale)
        let tracks = tracker.tracks
        let claims = tracks.map { PixelShare.Claim(box: $0.box, colors: $0.colors, kind: $0.kind) }
        let shares = share.share(claims, mask: mask.marks, picture: picture)
        let free = finder.newcomers(
            mask: mask.marks, owners: share.owners, known: tracks.map(\.box), view: view)
        model.shadeFloor = gauge.learn(tracks, mask: mask.marks, model: model, picture: picture)
        share.hasShadows = gauge.hasShadows
        tracker.take(shares: shares, free: free, time: time, view: view)
    }

    /// Keeps the model from learning who stands.
    private func hold(_ tracks: [FollowedObject]) {
        model.hold.fill(0)
        let scale = Double(picture.scale)
        for track in tracks {
            let margin = 0.1 * track.box.height
            let (columns, rows) = model.hold.clipped(
                VisionBox(
                    x: (track.box.x - margin) / scale, y: (track.box.y - margin) / scale,
                    width: (track.box.width + 2 * margin) / scale, height: (track.box.height + 2 * margin) / scale))
            for y in rows { for x in columns { model.hold[x, y] = 1 } }
        }
    }
}
