import Yams

extension ProfileFile {
    /// `encode: false` for cameras whose recordings go out as they are and nothing else, such as those of load tests.
    static func encodes(_ top: ProfileNode) throws(ProfileError) -> Bool {
        try top.boolean("encode", otherwise: true)
    }
}
