extension Appearance {
    /// Metres that a whole walking cycle (two steps) of this subject covers; `Figure.gait` is the way gone over it.
    ///
    /// The legs are drawn by it: where motion and drawing agree, feet stay where they are planted.
    package var metresPerCycle: Double { 0.76 * height }
}
