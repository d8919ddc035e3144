import Foundation
import Mustache

extension ValidationReport {
    /// One page that needs nothing else.
    ///
    /// - Throws: never in a sound build; the template is part of it.
    package func html() throws -> String {
        var values: [String: Any] = [
            "name": name, "way": way, "generator": generator, "processor": machine.processor,
            "processors": machine.processors, "load": machine.load.text(2), "isGood": isGood,
            "pinned": machine.isPinned ? "the core has one of them to itself" : "only processor time is counted",
            "groups": groups.map { group($0) }, "canaries": canaries.map(Self.values),
            "hasCanaries": !canaries.isEmpty, "hasRuns": !runs.isEmpty,
            "guards": Guard.all.map {
                ["number": $0.number, "danger": $0.danger, "defence": $0.defence] as [String: Any]
            },
        ]
        if let commitment {
            values["commitment"] = commitment.digest
            values["kept"] =
                switch commitment.isKept {
                case true?: "as committed"
                case false?: "NOT what was committed"
                case nil: "nothing was committed to"
                }
        }
        if let style {
            values["style"] = [
                "usual": style.usual.text(3), "restyled": style.restyled.text(3), "loss": style.loss.text(3),
                "class": style.isSmall ? "pass" : "fail", "tolerance": StyleShift.tolerance.text(2),
            ]
        }
        return try MustacheTemplate(string: ValidationTemplate.text).render(values)
    }

    private static func values(_ canary: Canary) -> [String: Any] {
        [
            "title": canary.kind.title, "verdict": canary.verdict.rawValue, "found": canary.found,
            "class": canary.verdict == .pass ? "pass" : canary.verdict == .fail ? "fail" : "open",
        ]
    }

    private func group(_ group: Group) -> [String: Any] {
        let runs = runs.filter { $0.scene == group.scene }
        let columns = ["HOTA", "DetA", "AssA", "LocA", "MOTA", "IDF1"]
        let baselines = runs.first { !$0.baselines.isEmpty }
        return [
            "scene": group.scene, "tier": group.tier.rawValue, "count": runs.count,
            "seconds": runs.first.map { $0.scoredSeconds.text(0) } ?? "", "quality": runs.first?.quality ?? 0,
            "rows": group.rows.map(Self.row),
            "columns": columns.map { ["name": $0] },
            "runs": runs.map { run in
                [
                    "seed": String(run.seed), "camera": run.camera,
                    "cells": columns.map { ["text": run.figures[$0]?.text(3) ?? ""] },
                    "switches": run.figures["IDSW"]?.text(0) ?? "",
                    "people": run.figures["people"]?.text(1) ?? "",
                    "speed": run.cost.processorSeconds > 0 ? run.cost.speed.text(1) : "",
                    "memory": run.cost.peakMemory > 0 ? (Double(run.cost.peakMemory) / 1_048_576).text(0) : "",
                    "delay": run.figures["delay"]?.text(2) ?? "",
                    "bar": Int(((run.figures["HOTA"] ?? 0) * 200).rounded()),
                ] as [String: Any]
            },
            "hasBaselines": baselines != nil, "baselineSeed": baselines.map { String($0.seed) } ?? "",
            "baselines": (baselines?.baselines ?? [:]).sorted { $0.key < $1.key }.map {
                ["name": $0.key, "hota": $0.value.text(3)]
            },
            "validity": group.baselinesFail.map {
                $0 ? "they fail the must, as they have to" : "one meets the must: the tier is too easy"
            } ?? "",
            "validityClass": group.baselinesFail == false ? "fail" : "pass",
            "pictures": runs.flatMap { run in
                run.pictures.map { picture in
                    [
                        "image": picture.image, "seed": String(run.seed), "camera": run.camera,
                        "frame": picture.frame, "missed": picture.missed, "invented": picture.invented,
                    ] as [String: Any]
                }
            },
        ]
    }

    private static func row(_ row: Row) -> [String: Any] {
        func text(_ value: Double) -> String {
            row.name.hasSuffix("bytes")
                ? "\((value / 1_048_576).text(1)) MB" : abs(value) >= 20 ? value.text(0) : value.text(3)
        }
        return [
            "name": row.name.replacingOccurrences(of: ", bytes", with: ""), "mean": text(row.mean),
            "worst": text(row.worst), "interval": row.interval.map { "\(text($0[0])) – \(text($0[1]))" } ?? "",
            "must": row.must.map(text) ?? "", "reach": row.reach.map(text) ?? "",
            "verdict": row.isMet.map { $0 ? "met" : "missed" } ?? "",
            "class": row.isMet.map { $0 ? "pass" : "fail" } ?? "",
            "reached": row.isReached.map { $0 ? "reached" : "not reached" } ?? "",
            "reachedClass": row.isReached == true ? "pass" : "open",
        ]
    }
}
