import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import ONVIF

/// Posts notifications to the consumers of base notification subscriptions.
///
/// Source: WS-BaseNotification 1.3 §3.2 Notify.
enum NotificationSender {
    /// How long a consumer may take to accept a notification, seconds.
    static let timeout: Int64 = 5

    /// - Returns: whether the consumer answered with a status of success.
    static func send(_ body: [UInt8], to consumer: String, on loop: any EventLoop) -> EventLoopFuture<Bool> {
        guard let url = URL(string: consumer), url.scheme == "http", let host = url.host else {
            return loop.makeSucceededFuture(false)
        }
        let port = url.port ?? 80
        let path = url.path(percentEncoded: true)
        let target = (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?\($0)" } ?? "")
        let promise = loop.makePromise(of: Bool.self)
        let deadline = loop.scheduleTask(in: .seconds(timeout)) { promise.succeed(false) }
        promise.futureResult.whenComplete { _ in deadline.cancel() }
        ClientBootstrap(group: loop)
            .connectTimeout(.seconds(timeout))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(
                        Poster(body: body, target: target, authority: "\(host):\(port)", promise: promise))
                }
            }
            .connect(host: host, port: port)
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    promise.futureResult.whenComplete { _ in channel.close(promise: nil) }
                case .failure: promise.succeed(false)
                }
            }
        return promise.futureResult
    }

    private final class Poster: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        typealias OutboundOut = HTTPClientRequestPart

        private let body: [UInt8]
        private let target: String
        private let authority: String
        private let promise: EventLoopPromise<Bool>

        init(body: [UInt8], target: String, authority: String, promise: EventLoopPromise<Bool>) {
            self.body = body
            self.target = target
            self.authority = authority
            self.promise = promise
        }

        func channelActive(context: ChannelHandlerContext) {
            let headers: HTTPHeaders = [
                "Host": authority, "Content-Type": HTTPReply.soapType, "Content-Length": "\(body.count)",
                "Connection": "close",
            ]
            let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: target, headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .head(let head) = unwrapInboundIn(data) {
                promise.succeed((200..<300).contains(Int(head.status.code)))
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            promise.succeed(false)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            promise.succeed(false)
            context.close(promise: nil)
        }
    }
}
