extension TrackingScore {
    /// The main figures in one line.
    package var summary: String {
        "HOTA \(hota.hota.inThousandths) (DetA \(hota.mean(\.detA).inThousandths), "
            + "AssA \(hota.mean(\.assA).inThousandths)), MOTA \(clear.mota.inThousandths), "
            + "IDF1 \(identity.idf1.inThousandths), \(clear.identitySwitches) id switches; \(truthIDs) ids and "
            + "\(truthRows) rows of truth, \(trackerIDs) ids and \(trackerRows) rows of the tracker, \(frames) frames"
    }
}

extension IdentificationScore {
    /// The main figures in one line, with the counts that they rest on.
    package var summary: String {
        let rates = ScoreThreshold.targets.dropFirst().map { target in
            guard resolves(fpir: target), let threshold = threshold(forFPIR: target) else {
                return "FNIR at FPIR \(target) not resolvable"
            }
            return "FNIR at FPIR \(target) \(fnirRank1(threshold).inThousandths)"
        }
        return "rank-1 \(rank(1).inThousandths), \(rates.joined(separator: ", ")); \(mated.count) mated probes, "
            + "\(strangers.count) strangers, gallery \(gallery)"
    }
}

extension VerificationScore {
    /// The main figures in one line.
    package var summary: String {
        ScoreThreshold.targets.dropFirst().compactMap { target in
            threshold(forFMR: target).map { "FNMR at FMR \(target) \(fnmr($0).inThousandths)" }
        }.joined(separator: ", ")
    }
}

extension Double {
    /// Three decimals, for people.
    package var inThousandths: String {
        guard isFinite else { return "–" }
        let thousandths = Int((self * 1000).rounded())
        let digits = String(thousandths.magnitude % 1000)
        return (thousandths < 0 ? "-" : "") + "\(thousandths.magnitude / 1000)."
            + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
