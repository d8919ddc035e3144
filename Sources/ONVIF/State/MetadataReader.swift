package import Foundation
import XML

/// Reads, for the metadata stream of one media profile, what has happened since it was read last, as documents.
///
/// Events come by a subscription of its own, which no client sees and no limit counts.
///
/// Source: ONVIF Streaming 26.06 §5.1.2.1.1 RTP for Metadata stream.
package struct MetadataReader: Sendable {
    /// The most events of one document; further ones are in the next.
    static let eventLimit = 50

    private let profile: String
    /// What the profile's metadata was set to when the subscription was made.
    private var stream: MetadataStream?
    private var subscription: String?
    private var toldStatus: HeadStatus?

    /// What makes the status of a head worth telling again.
    private struct HeadStatus: Equatable {
        var view: PTZView?
        var isPanTiltMoving: Bool?
        var isZoomMoving: Bool?
    }

    /// - Parameter profile: token of the media profile.
    package init(profile: String) {
        self.profile = profile
    }

    /// The next document.
    ///
    /// - Parameters:
    ///   - device: its state; the reader's subscription is kept in it.
    ///   - isComplete: everything is told anew, for somebody who knows nothing yet.
    ///   - isRequired: a document is made also where there is nothing new; it tells the head's status, if that is told.
    ///   - now: the device's time.
    /// - Returns: `tt:MetadataStream`; nil where there is nothing to tell, or the profile has no metadata (any more).
    package mutating func read(
        _ device: inout DeviceState, isComplete: Bool, isRequired: Bool, now: Date
    ) -> [UInt8]? {
        guard let stream = device.media.metadataStream(ofProfile: profile) else {
            end(&device, now: now)
            return nil
        }
        if stream != self.stream || isComplete { end(&device, now: now) }
        self.stream = stream
        let events = self.events(stream, &device, now: now)
        let head = stream.hasPTZStatus || stream.hasPTZPosition ? try? device.head(ofProfile: profile) : nil
        let status = head.map { Self.status($0, stream, now) }
        let tellsStatus = status != nil && (status != toldStatus || isRequired || isComplete)
        guard !events.isEmpty || tellsStatus || isRequired || isComplete else { return nil }
        toldStatus = status
        var writer = XMLWriter()
        if tellsStatus, let head {
            writer.element(.tt, "PTZ") { writer in
                writer.element(.tt, "PTZStatus") { writer in
                    writer.statusOfHead(
                        head, position: stream.hasPTZPosition, movement: stream.hasPTZStatus, at: now)
                }
            }
        }
        if !events.isEmpty {
            writer.element(.tt, "Event") { writer in
                for event in events { event.writeNotification(to: &writer) }
            }
        }
        return writer.document(root: .tt, "MetadataStream", vocabulary: XMLNamespace.messages)
    }

    /// Whether `read` has something to tell without being required to. Costs little.
    package func hasNews(_ device: DeviceState, now: Date) -> Bool {
        guard let stream = device.media.metadataStream(ofProfile: profile) else { return self.stream != nil }
        if stream != self.stream { return true }
        if stream.topics != nil, subscription.map(device.events.hasMessages) ?? true { return true }
        guard stream.hasPTZStatus || stream.hasPTZPosition, let head = try? device.head(ofProfile: profile) else {
            return false
        }
        return Self.status(head, stream, now) != toldStatus
    }

    /// Nobody reads any more.
    package mutating func end(_ device: inout DeviceState, now: Date) {
        if let subscription { try? device.events.unsubscribe(atPath: EventState.path(of: subscription), now: now) }
        (subscription, stream, toldStatus) = (nil, nil, nil)
    }

    private static func status(_ head: PTZState, _ stream: MetadataStream, _ now: Date) -> HeadStatus {
        HeadStatus(
            view: stream.hasPTZPosition ? head.view(at: now) : nil,
            isPanTiltMoving: stream.hasPTZStatus ? head.isPanTiltMoving(at: now) : nil,
            isZoomMoving: stream.hasPTZStatus ? head.isZoomMoving(at: now) : nil)
    }

    private mutating func events(_ stream: MetadataStream, _ device: inout DeviceState, now: Date) -> [Event] {
        guard let topics = stream.topics else { return [] }
        let known = subscription.flatMap { device.events.subscription($0) }
        if known == nil {
            var filter = EventFilter()
            // Expressions were checked when they were set; of those that are of no use by now, none matches.
            filter.topics = topics.compactMap { expression in
                EventTopicExpression.Dialect(rawValue: expression.dialect).flatMap { dialect in
                    try? EventTopicExpression(expression.text, dialect: dialect) { prefix in
                        prefix == XMLNamespace.tns1.prefix ? XMLNamespace.tns1.uri : nil
                    }
                }
            }
            subscription = try? device.subscribe(
                .stream, filter: filter, changedOnly: false, origin: "", until: .distantFuture, now: now
            ).token
        }
        guard let subscription else { return [] }
        let path = EventState.path(of: subscription)
        let events = try? device.events.withSubscription(atPath: path, now: now) { (subscription) throws(Fault) in
            subscription.dequeue(Self.eventLimit)
        }
        return events ?? []
    }
}

extension Event {
    /// Writes the `wsnt:NotificationMessage` of a metadata stream, which belongs to no subscription.
    fileprivate func writeNotification(to writer: inout XMLWriter) {
        writer.use(.tns1)
        writer.element(.wsnt, "NotificationMessage") { writer in
            writer.element(
                .wsnt, "Topic", [("Dialect", EventTopicExpression.Dialect.concreteSet.rawValue)], topic)
            writer.element(.wsnt, "Message") { writer in
                writeMessage(to: &writer)
            }
        }
    }
}
