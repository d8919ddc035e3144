extension ScoreReport {
    /// For the page's template.
    var values: [String: Any] {
        [
            "title": title, "notes": notes, "hasNotes": !notes.isEmpty, "summary": summary,
            "tiles": tiles, "hasTiles": !tiles.isEmpty,
            "plots": plots.map { ["title": $0.title, "svg": $0.svg, "legend": $0.legend] as [String: Any] },
            "tables": tables, "timelines": clips.map(timeline),
        ]
    }

    private var tiles: [[String: Any]] {
        guard let whole else { return [] }
        let figures = [
            ("HOTA", whole.hota.hota), ("DetA", whole.hota.mean(\.detA)), ("AssA", whole.hota.mean(\.assA)),
            ("MOTA", whole.clear.mota), ("IDF1", whole.identity.idf1),
        ]
        let intervals = intervals
        return figures.enumerated().map { place, figure in
            var between = ""
            if let intervals, place < intervals.intervals.count {
                let interval = intervals.intervals[place]
                between = "\(interval.low.inThousandths) – \(interval.high.inThousandths)"
            }
            return ["name": figure.0, "value": figure.1.inThousandths, "interval": between]
        } + [["name": "id switches", "value": "\(whole.clear.identitySwitches)", "interval": ""]]
    }

    private var plots: [Plot] {
        let unit = 0.0...1.0
        var plots: [Plot] = []
        if let whole {
            let figures = HOTAScore.figures.prefix(3).map { figure in
                Plot.Series(
                    name: figure.name,
                    points: zip(HOTAScore.alphas, whole.hota.levels).map { ($0, $1[keyPath: figure.value]) })
            }
            plots.append(
                Plot(
                    title: "HOTA, DetA and AssA over alpha", x: .init(label: "alpha (overlap)", range: unit),
                    y: .init(label: "score", range: unit), series: figures))
        }
        if !clips.isEmpty {
            let curves = clips.prefix(4).map { clip in
                Plot.Series(
                    name: clips.count == 1 ? "overlap 0.5, AP \(clip.detection.ap50.inThousandths)" : clip.name,
                    points: clip.detection.curves[0].map { ($0.recall, $0.precision) })
            }
            plots.append(
                Plot(
                    title: "Detection: precision over recall", x: .init(label: "recall", range: unit),
                    y: .init(label: "precision", range: unit), series: Array(curves)))
        }
        let rates = 0.001...1.0
        if let identification {
            plots.append(
                Plot(
                    title: "Identification: FNIR over FPIR",
                    x: .init(label: "FPIR", range: rates, isLogarithmic: true),
                    y: .init(label: "FNIR", range: 0.01...1, isLogarithmic: true),
                    series: [
                        Plot.Series(
                            name: "\(identification.mated.count) mated, \(identification.strangers.count) strangers",
                            points: identification.curve.map { ($0.fpir, $0.fnir) }.filter { $0.0 > 0 },
                            isStepped: true)
                    ]))
        }
        if let verification {
            plots.append(
                Plot(
                    title: "Comparison: FNMR over FMR", x: .init(label: "FMR", range: rates, isLogarithmic: true),
                    y: .init(label: "FNMR", range: 0.01...1, isLogarithmic: true),
                    series: [
                        Plot.Series(
                            name: "comparisons",
                            points: verification.curve.map { ($0.fmr, $0.fnmr) }.filter { $0.0 > 0 },
                            isStepped: true)
                    ]))
        }
        return plots
    }

    private func timeline(_ clip: ClipScore) -> [String: Any] {
        let left = clip.timeline.lines.count - TimelineDrawing.lineLimit
        return [
            "name": clip.name, "svg": TimelineDrawing.svg(clip.timeline),
            "confusion": TimelineDrawing.confusion(clip.timeline),
            "hidden": left > 0 ? "\(left) more objects are not drawn" : "",
        ]
    }

    /// Each with a head, and rows of cells.
    private var tables: [[String: Any]] {
        var tables: [[String: Any]] = []
        func add(_ title: String, _ head: [String], _ rows: [[String]]) {
            guard !rows.isEmpty else { return }
            tables.append([
                "title": title, "head": head, "rows": rows.map { ["cells": $0] as [String: Any] },
            ])
        }
        let figures = ["HOTA", "DetA", "AssA", "LocA", "MOTA", "MOTP", "IDF1", "IDSW", "Frag", "MT/PT/ML"]
        if clips.count > 1 || joined != nil {
            add("Clips", ["clip"] + figures, clips.map { [$0.name] + Self.cells($0.tracking) })
        }
        if let whole { add("Tracking", [""] + figures, [[joined == nil ? "all" : "joined"] + Self.cells(whole)]) }
        if clips.count > 1 {
            add(
                "By scene, tier, camera and condition", ["", "clips"] + figures,
                groups.map { ["\($0.kind) \($0.name)", "\($0.count)"] + Self.cells($0.score) })
        }
        add(
            "Detection and counting", ["clip", "AP@.5", "AP@.5:.95", "count MAE", "RMSE", "bias", "WAPE"],
            clips.map { clip in
                [
                    clip.name, clip.detection.ap50.inThousandths, clip.detection.ap.inThousandths,
                    clip.counts.mae.inThousandths, clip.counts.rmse.inThousandths, clip.counts.bias.inThousandths,
                    clip.counts.wape.inThousandths,
                ]
            })
        add(
            "Plates", ["clip", "passes", "exact", "signs right", "frames", "exact", "signs right"],
            clips.compactMap { clip in
                clip.plates.map {
                    [
                        clip.name, "\($0.passes)", $0.exactPerPass.inThousandths, $0.passAccuracy.inThousandths,
                        "\($0.frames)", $0.exactPerFrame.inThousandths, $0.frameAccuracy.inThousandths,
                    ]
                }
            })
        if let events {
            add(
                "Events", ["told", "missed", "made up", "precision", "recall"],
                [
                    [
                        "\(events.truePositives)", "\(events.falseNegatives)", "\(events.falsePositives)",
                        events.precision.inThousandths, events.recall.inThousandths,
                    ]
                ])
        }
        if let identification {
            add(
                "Open-set identification", ["FPIR", "threshold", "FNIR (rank 1)", "FNIR (any rank)"],
                ScoreThreshold.targets.map { target in
                    guard identification.resolves(fpir: target),
                        let threshold = identification.threshold(forFPIR: target)
                    else { return ["\(target)", "not resolvable", "–", "–"] }
                    return [
                        "\(target)", threshold.inThousandths, identification.fnirRank1(threshold).inThousandths,
                        identification.fnirAny(threshold).inThousandths,
                    ]
                })
        }
        return tables
    }

    private static func cells(_ score: TrackingScore) -> [String] {
        let (hota, clear) = (score.hota, score.clear)
        return [hota.hota, hota.mean(\.detA), hota.mean(\.assA), hota.mean(\.locA), clear.mota, clear.motp].map(
            \.inThousandths) + [
                score.identity.idf1.inThousandths, "\(clear.identitySwitches)", "\(clear.fragments)",
                "\(clear.mostlyTracked)/\(clear.partlyTracked)/\(clear.mostlyLost)",
            ]
    }
}
