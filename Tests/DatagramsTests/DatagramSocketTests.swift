import Datagrams
import NIOCore
import NIOPosix
import Testing

@Suite struct DatagramSocketTests {
    /// What arrives at a socket of SwiftNIO on this machine.
    private struct Receiver {
        let channel: NIOAsyncChannel<AddressedEnvelope<ByteBuffer>, Never>

        static func open(_ host: String) async throws -> Receiver {
            let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.socketOption(.so_rcvbuf), value: 4 << 20)
                .bind(host: host, port: 0) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<AddressedEnvelope<ByteBuffer>, Never>(wrappingChannelSynchronously: channel)
                    }
                }
            return Receiver(channel: channel)
        }

        var address: DatagramAddress {
            get throws { try #require(channel.channel.localAddress.flatMap { DatagramAddress($0) }) }
        }

        func take(_ count: Int) async throws -> [String] {
            try await channel.executeThenClose { inbound, _ in
                var texts: [String] = []
                for try await envelope in inbound {
                    texts.append(String(buffer: envelope.data))
                    if texts.count == count { break }
                }
                return texts
            }
        }
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func oneStagedBufferGoesOutInPiecesToSeveral(_ host: String) async throws {
        let (one, other) = (try await Receiver.open(host), try await Receiver.open(host))
        let socket = try DatagramSocket(host: host, port: 0)
        let staged = try #require(socket.stage(ByteBuffer(string: "headtail"), datagrams: 2))
        socket.send(staged, offset: 0, count: 4, to: try one.address)
        socket.send(staged, offset: 4, count: 4, to: try other.address)
        socket.send(staged, offset: 4, count: 4, to: try one.address)
        #expect(socket.holds(staged))
        socket.flush()
        #expect(!socket.holds(staged))
        #expect(try await one.take(2) == ["head", "tail"])
        #expect(try await other.take(1) == ["tail"])
        #expect(socket.dropped == 0)
    }

    /// More datagrams than the queue holds go out in several calls.
    @Test func aFullQueueIsHandedOver() async throws {
        let receiver = try await Receiver.open("127.0.0.1")
        let socket = try DatagramSocket(host: "127.0.0.1", port: 0)
        let staged = try #require(socket.stage(ByteBuffer(string: "x"), datagrams: 1))
        for _ in 0..<DatagramSocket.datagramLimit + 1 {
            socket.send(staged, offset: 0, count: 1, to: try receiver.address)
        }
        socket.flush()
        #expect(socket.dropped == 0)
        #expect(try await receiver.take(1) == ["x"])
    }

    /// A port that nobody listens on is no reason to keep the rest back, nor a group that there is no route to.
    @Test func anAddressThatRefusesDoesNotHoldUpTheOthers() async throws {
        let receiver = try await Receiver.open("127.0.0.1")
        let socket = try DatagramSocket(host: "127.0.0.1", port: 0)
        let staged = try #require(socket.stage(ByteBuffer(string: "x"), datagrams: 1))
        // Port 0 is no address to send to.
        socket.send(staged, offset: 0, count: 1, to: try #require(DatagramAddress(host: "127.0.0.1", port: 0)))
        socket.send(staged, offset: 0, count: 1, to: try receiver.address)
        socket.flush()
        #expect(socket.dropped == 1)
        #expect(try await receiver.take(1) == ["x"])
    }

    /// A key frame of a large picture has a megabyte and more.
    @Test func aPictureOfMegabytesIsTakenWhole() throws {
        let socket = try DatagramSocket(host: "127.0.0.1", port: 0)
        #expect(socket.stage(ByteBuffer(repeating: 0, count: 3 << 20), datagrams: 2200) != nil)
        #expect(socket.dropped == 0)
    }

    @Test func whatDoesNotFitIsDropped() throws {
        let socket = try DatagramSocket(host: "127.0.0.1", port: 0)
        #expect(socket.stage(ByteBuffer(repeating: 0, count: DatagramSocket.byteLimit + 1), datagrams: 7) == nil)
        #expect(socket.dropped == 7)
    }

    @Test func aPortInUseIsRefused() throws {
        let socket = try DatagramSocket(host: "127.0.0.1", port: 0)
        #expect(throws: DatagramError.self) { try DatagramSocket(host: "127.0.0.1", port: socket.port) }
        #expect(throws: DatagramError.self) { try DatagramSocket(host: "camera.example", port: 0) }
    }

    @Test func portsOfAddressesChange() throws {
        for host in ["192.0.2.1", "2001:db8::1"] {
            var address = try #require(DatagramAddress(host: host, port: 5000))
            address.port = 6001
            #expect(address == DatagramAddress(host: host, port: 6001))
            #expect(address != DatagramAddress(host: host, port: 5000))
            #expect(address.isIPv6 == host.contains(":"))
        }
    }
}
