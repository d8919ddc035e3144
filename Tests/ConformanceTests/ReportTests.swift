import FakeServer
import Foundation
import ONVIF
import Testing
import XML

@testable import Conformance

struct ReportTests {
    private static let secret = ScriptedCamera.user.password

    /// A run with every verdict, in which the device gives the password away wherever it can.
    private func report() async throws -> Report {
        let cases = [
            TestCase(id: "GE-A-1", title: "passes", covers: .core("1"), mutants: Mutant("none")) { _, _ in },
            TestCase(id: "GE-A-2", title: "fails \u{1}\u{0} <&>", covers: .core("2"), mutants: Mutant("none")) {
                device, findings in
                let answer = try await device.call(
                    "GetHostname", "<tds:Password>\(Self.secret)</tds:Password>")
                findings.expect(answer.text("tds:Name"), is: "]]>\u{7}", "name")
                let reply = try await device.reply(
                    to: "CreateUsers", authentication: .usernameToken(.withPlainPassword))
                findings.record(expected: "no secret", found: reply.summary + Self.secret)
            },
            TestCase(
                id: "GE-B-1", title: "not applicable", covers: .core("3"), requires: [.ptz], mutants: Mutant("none")
            ) { _, _ in },
            TestCase(id: "GE-B-2", title: "inconclusive", covers: .core("4"), mutants: Mutant("none")) { _, _ in
                throw CaseEnd.notTestable(reason: "because of \(Self.secret)")
            },
        ]
        let escaped = Self.secret.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
            ">", with: "&gt;")
        var camera = ScriptedCamera.replacing("GetHostname") { _ in
            .soap("<tds:GetHostnameResponse><tds:Name>\(escaped)</tds:Name></tds:GetHostnameResponse>")
        }
        camera.replaced["CreateUsers"] = { _ in
            .fault("Sender", "InvalidArgVal", reason: "http://admin:hunter22@h/ \(escaped)")
        }
        return try await camera.run(cases)
    }

    @Test func noReportHoldsASecret() async throws {
        let report = try await report()
        let json = String(decoding: try report.json(), as: UTF8.self)
        for text in [json, report.junit(), try report.html()] {
            #expect(!text.contains("s3cret"))
            #expect(!text.contains("hunter22"))
            #expect(text.contains("[redacted]"))
            #expect(!text.contains("#PasswordText\">s"))
        }
        let nonces = report.results.flatMap(\.exchanges).filter { $0.request.contains("<wsse:Nonce") }
        #expect(!nonces.isEmpty)
        #expect(nonces.allSatisfy { $0.request.contains(">[redacted]</wsse:Nonce>") })
    }

    @Test func headersWithSecretsAreCut() {
        let redactor = Redactor(credentials: nil)
        let text =
            "POST /\nAuthorization: Digest username=\"a\", nonce=\"x\"\nwww-authenticate: Digest nonce=\"y\"\nA: b"
        #expect(redactor.redacted(text) == "POST /\nAuthorization: [redacted]\nwww-authenticate: [redacted]\nA: b")
        #expect(
            redactor.redacted("<a:Password x=\"1\">p</a:Password>") == "<a:Password x=\"1\">[redacted]</a:Password>")
    }

    @Test func junitIsWellFormedAndCounts() async throws {
        let document = try XMLDocument(Array(try await report().junit().utf8))
        let expectations: [(String, XPathValue)] = [
            ("string(/testsuites/@tests)", .string("4")), ("string(/testsuites/@failures)", .string("1")),
            ("string(/testsuites/@skipped)", .string("2")), ("count(/testsuites/testsuite)", .number(2)),
            ("count(//testcase)", .number(4)), ("count(//testcase/failure)", .number(1)),
            ("count(//testcase/skipped)", .number(2)),
            ("string(//testcase[skipped][1]/skipped/@message)", .string("not applicable: the device has no PTZ")),
            // U+0001 and U+0000 as the symbols U+2401 and U+2400.
            ("string(//testcase[failure]/@name)", .string("GE-A-2 fails \u{2401}\u{2400} <&>")),
            ("boolean(//testcase[failure]/system-out[contains(., 'GetHostname')])", .boolean(true)),
            ("string(//testsuite[1]/@timestamp)", .string("1970-01-01T00:00:00Z")),
        ]
        for (path, value) in expectations {
            let found = try document.evaluate(path)
            #expect(found == value, "\(path)")
        }
    }

    @Test func jsonComesBackAsItWas() async throws {
        var report = try await report()
        let again = try Report(json: try report.json())
        for index in report.results.indices
        where ["pass", "not applicable"].contains(report.results[index].verdict.word) {
            report.results[index].exchanges = []
        }
        #expect(again == report)
        #expect(again.schemaVersion == 1)
    }

    @Test func htmlIsOnePageWithoutResourcesFromElsewhere() async throws {
        let page = try await report().html()
        #expect(page.contains("GE-A-2"))
        #expect(page.contains("ONVIF Core 26.06 §2"))
        #expect(!page.contains("src="))
        #expect(!page.contains("<link"))
        #expect(!page.contains("url("))
        #expect(!page.contains("<script"))
        #expect(page.contains("prefers-color-scheme: dark"))
        #expect(!page.contains("{{"))
    }

    @Test func theOffendingElementIsMarkedInAOneLineBody() {
        let finding = Finding(
            expected: "", found: "line 1: Element '{urn:a}Name': This element is not expected.", clause: .core("1"),
            exchange: 1, line: 1)
        let layout = ResponseLayout("HTTP 200\nA: b\n\n<a:R><a:Name>x</a:Name><a:Names/></a:R>", findings: [finding])
        #expect(layout.lines.filter(\.isMarked).map(\.text) == ["  <a:Name>x</a:Name>"])
        #expect(
            layout.lines.map(\.text)
                == ["HTTP 200", "A: b", "", "<a:R>", "  <a:Name>x</a:Name>", "  <a:Names/>", "</a:R>"])
    }
}
