import FakeServer
import Foundation
import ONVIF
import Synchronization
import Testing

@testable import Conformance

struct RunnerTests {
    private func example(
        id: String = "GE-TEST-1", requires: [Feature] = [], disrupts: Set<Disruption> = [], timeout: Duration? = nil,
        _ body: @escaping TestCase.Body
    ) -> TestCase {
        TestCase(
            id: id, title: "example", covers: .core("1"), requires: requires, disrupts: disrupts, timeout: timeout,
            mutants: Mutant("none"), body: body)
    }

    private var asksForHostname: TestCase { example { device, _ in try await device.call("GetHostname") } }

    private func verdict(
        of testCase: TestCase, _ reply: FakeServer.Reply, timeout: Duration = .seconds(60)
    ) async throws -> Verdict {
        let report = try await ScriptedCamera.replacing("GetHostname") { _ in reply }
            .run([testCase], requestTimeout: timeout)
        return try #require(report.results.first?.verdict)
    }

    @Test func aHangingDeviceIsInconclusive() async throws {
        let verdict = try await verdict(of: asksForHostname, .hang, timeout: .milliseconds(100))
        guard case .inconclusive(let reason) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(reason.contains("no complete response within"))
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<a"])
    func aConnectionThatClosesEarlyIsInconclusive(bytes: String) async throws {
        let verdict = try await verdict(of: asksForHostname, .closing(bytes))
        guard case .inconclusive(let reason) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(reason.contains("closed before the response was complete"))
    }

    @Test(arguments: [
        (FakeServer.Reply.closing("garbage\r\n\r\n"), "not HTTP"),
        (.response(200, "no xml"), "not well-formed"),
        (.response(200, ""), "empty"),
        (.response(200, "<html/>"), "envelope"),
        (.response(200, "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), "document type"),
        (.response(404, "<html/>"), "HTTP 404"),
        (.soap("<tds:GetScopesResponse/>"), "GetScopesResponse instead of GetHostnameResponse"),
        (.fault("Receiver", "ActionNotSupported"), "ter:ActionNotSupported"),
        (.body(bytes: 1 << 30), "larger than"),
    ])
    func anAnswerThatIsNoneFails(reply: FakeServer.Reply, words: String) async throws {
        let verdict = try await verdict(of: asksForHostname, reply)
        #expect(verdict.findings.first?.found.contains(words) == true, "\(verdict)")
    }

    @Test func aDeviceOutOfReachMakesAllCasesInconclusive() async throws {
        let address = try await FakeServer.serving({ _ in .hang }, { $0.address })
        let runner = try Runner(target: Target(url: address), schema: nil)
        let report = await runner.run(started: Date(timeIntervalSince1970: 0), toolVersion: "test")
        #expect(report.results.count == TestCase.all.count)
        #expect(report.count("inconclusive") == report.results.count)
    }

    /// Waits until its task is cancelled.
    private static func hang() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        for await _ in stream {}
        continuation.finish()
    }

    @Test func aCaseThatTakesTooLongIsInconclusive() async throws {
        let slow = example(timeout: .milliseconds(20)) { _, _ in await Self.hang() }
        let report = try await ScriptedCamera().run([slow])
        let verdict = try #require(report.results.first?.verdict)
        #expect(verdict == .inconclusive(reason: "the case did not end within \(Duration.milliseconds(20))"))
    }

    @Test func findingsBeforeTheTimeOutStillFail() async throws {
        let slow = example(timeout: .milliseconds(20)) { _, findings in
            findings.expect(1, is: 2, "a number")
            await Self.hang()
        }
        let report = try await ScriptedCamera().run([slow])
        #expect(report.results.first?.verdict.findings.map(\.expected) == ["a number: 2"])
    }

    @Test func aSchemaViolationIsAFindingByItself() async throws {
        let invalid = FakeServer.Reply.soap(
            "<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>perhaps</tt:FromDHCP>"
                + "</tds:HostnameInformation></tds:GetHostnameResponse>")
        let verdict = try await verdict(of: asksForHostname, invalid)
        #expect(verdict.findings.first?.found.contains("FromDHCP") == true)
        #expect(verdict.findings.first?.exchange == 1)
    }

    @Test func aMissingFeatureIsNotApplicable() async throws {
        let report = try await ScriptedCamera().run([example(requires: [.ptz]) { _, _ in }])
        #expect(report.results.map(\.verdict) == [.notApplicable(missing: [.ptz])])
    }

    @Test func anUndefinedFeatureDoesNotKeepACaseBack() async throws {
        let camera = ScriptedCamera.replacing("GetServiceCapabilities") { _ in .fault("Receiver", "Action") }
        let report = try await camera.run([example(requires: [.ntp]) { _, _ in }])
        #expect(report.features.first { $0.feature == .ntp }?.state == .undefined)
        #expect(report.results.map(\.verdict) == [.pass])
    }

    @Test func destructiveCasesRunOnlyWhenAllowedByName() async throws {
        let destructive = example(disrupts: [.reboot, .users]) { _, _ in }
        var options = RunOptions()
        options.allowed = [.reboot]
        let refused = try await ScriptedCamera().run([destructive], options: options)
        #expect(
            refused.results.map(\.verdict)
                == [.inconclusive(reason: "not run: it needs --allow-destructive users")])
        options.allowed = [.reboot, .users]
        let allowed = try await ScriptedCamera().run([destructive], options: options)
        #expect(allowed.results.map(\.verdict) == [.pass])
    }

    @Test func changesAreUndoneLatestFirstEvenAfterAFailure() async throws {
        let order = Mutex<[String]>([])
        let changing = example { device, findings in
            device.afterwards("first") { _ in order.withLock { $0.append("first") } }
            device.afterwards("second") { _ in order.withLock { $0.append("second") } }
            _ = try findings.require(nil as Int?, "a value")
        }
        let report = try await ScriptedCamera().run([changing])
        #expect(order.withLock { $0 } == ["second", "first"])
        #expect(report.results.map(\.verdict.word) == ["fail"])
    }

    @Test func whatCannotBePutBackIsAFinding() async throws {
        let changing = example { device, _ in
            device.afterwards("host name") { try await $0.call("SetHostname") }
        }
        let report = try await ScriptedCamera().run([changing])
        #expect(report.results.first?.verdict.findings.map(\.expected) == ["host name can be put back as it was"])
    }

    @Test func progressComesInOrder() async throws {
        let seen = Mutex<[String]>([])
        try await FakeServer.serving({ ScriptedCamera().reply(to: $0) }) { server in
            var target = Target(url: server.address, credentials: ScriptedCamera.user)
            target.discoveryPort = nil
            let runner = try Runner(target: target, schema: nil)
            _ = await runner.run(
                [example(id: "GE-1") { _, _ in }, example(id: "GE-2") { _, _ in }],
                started: Date(timeIntervalSince1970: 0), toolVersion: "test"
            ) { event in
                let text =
                    switch event {
                    case .discovering: "discovering"
                    case .discovered(let profile): "discovered \(profile.identity.model)"
                    case .started(let testCase, let number, let count): "\(number)/\(count) \(testCase.id)"
                    case .finished(let result, _, _): result.verdict.word
                    }
                seen.withLock { $0.append(text) }
            }
        }
        #expect(
            seen.withLock { $0 } == ["discovering", "discovered Mo", "1/2 GE-1", "pass", "2/2 GE-2", "pass"])
    }

    @Test(arguments: [
        ([], [], ["DEVICE-1-1-2", "DEVICE-2-1-1", "PTZ-1-1-1"]),
        (["DEVICE-*"], [], ["DEVICE-1-1-2", "DEVICE-2-1-1"]),
        (["device-1-1-?"], [], ["DEVICE-1-1-2"]),
        ([], ["*-1-1-*"], ["DEVICE-2-1-1"]),
        (["DEVICE-*"], ["DEVICE-2*"], ["DEVICE-1-1-2"]),
        (["MEDIA"], [], []),
    ])
    func choosesByGlob(only: [String], skip: [String], chosen: [String]) throws {
        var options = RunOptions()
        options.only = only
        options.skip = skip
        let runner = try Runner(target: Target(url: "http://h"), options: options, schema: nil)
        let cases = ["DEVICE-1-1-2", "DEVICE-2-1-1", "PTZ-1-1-1"].map { example(id: $0) { _, _ in } }
        #expect(runner.chosen(of: cases).map(\.id) == chosen)
    }
}
