import Foundation

package struct ImagingState: Sendable {
    mutating func clockMoved(by seconds: TimeInterval) {}
    package init(model: ImagingModel) {}
}
