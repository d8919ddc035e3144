package struct ImagingState: Sendable {
    package init(model: ImagingModel) {}
}
