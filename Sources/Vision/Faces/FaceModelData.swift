// swift-format-ignore-file
enum FaceModelData {
    static let checksum = ""
    static let base64 = ""
}
