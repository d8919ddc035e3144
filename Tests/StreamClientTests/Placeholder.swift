import Testing

@testable import StreamClient

