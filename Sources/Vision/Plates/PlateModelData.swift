// swift-format-ignore-file
/// Constants of `PlateModel`, made by the trainer.
enum PlateModelData {
    static let base64 = ""
}
