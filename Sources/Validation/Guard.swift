/// The sixteen ways in which such a benchmark becomes dishonest, and what stands against each.
package struct Guard: Hashable, Sendable {
    package var number: Int
    package var danger: String
    /// What enforces it.
    package var defence: String

    package static let all: [Guard] = [
        Guard(
            number: 1, danger: "truth reaches the core",
            defence:
                "the core is a process of its own with the pictures, the camera's pose and the rules; truth is made "
                + "after its answer by replaying the seed"),
        Guard(
            number: 2, danger: "the core imports what knows the truth",
            defence: "the target Vision depends on Pictures alone; a test compares all imports with the package"),
        Guard(number: 3, danger: "the core lives by something other than pictures", defence: "five canaries"),
        Guard(
            number: 4, danger: "identities of the test were trained on",
            defence: "disjoint ranges of seeds for training, calibration, gallery and strangers; tests compare them"),
        Guard(
            number: 5, danger: "no impostors",
            defence: "strangers and look-alikes are part of the open-set score; trivial baselines stand beside"),
        Guard(
            number: 6, danger: "a threshold tuned on the test",
            defence: "thresholds are constants from calibration seeds; the realised FPIR is told with the FNIR"),
        Guard(
            number: 7, danger: "seeds are picked",
            defence: "COMMITMENT holds the digest of seeds and tier files; all seeds are reported, worst and mean"),
        Guard(
            number: 8, danger: "too easy",
            defence: "a tier counts only where trivial baselines fail its must; tiers are not edited in place"),
        Guard(
            number: 9, danger: "training and test come from one renderer",
            defence: "it is said here: nothing of this speaks of real pictures; another drawing style may cost "
                + "0.15 HOTA at most"),
        Guard(
            number: 10, danger: "ideal metadata sold as analytics",
            defence: "Source says ground-truth or reference-core; conformance and scores do not mention each other"),
        Guard(
            number: 11, danger: "a lenient score",
            defence: "the share of rows that are not asked for is told; a delay is told, never undone; no threshold is "
                + "chosen afterwards"),
        Guard(
            number: 12, danger: "bugs of the metric that flatter",
            defence: "golden values of the reference evaluator and a second evaluator in the tests of Scoring"),
        Guard(
            number: 13, danger: "few samples",
            defence: "FPIR 0.01 is told only with 3,000 strangers; intervals over scenes stand beside each mean"),
        Guard(
            number: 14, danger: "the warm-up is hidden",
            defence: "the seconds that are scored are told; nothing but the pre-roll is left out"),
        Guard(
            number: 15, danger: "speed of another machine, or without decoding",
            defence: "both speeds, with processor, load, codec and people a frame; measured as processor time"),
        Guard(
            number: 16, danger: "drift to real people",
            defence: "only drawn subjects; no pictures can be enrolled; tests look for photographs and model weights"),
    ]
}
