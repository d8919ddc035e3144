import FakeServer
import Foundation
import Testing

@testable import Conformance

struct TestCaseTests {
    /// Official id → title, out of the inventory of the ONVIF device test specifications.
    static let inventory: [String: String] = {
        guard
            let file = Bundle.module.url(
                forResource: "device-test-cases", withExtension: "tsv", subdirectory: "Fixtures"),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return [:] }
        let rows = text.split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        return Dictionary(rows.map { (String($0[0]), String($0[1])) }, uniquingKeysWith: { first, _ in first })
    }()

    @Test func theInventoryIsWhole() {
        #expect(Self.inventory.count == 1339)
    }

    @Test func noIdIsUsedTwice() {
        let ids = TestCase.all.map(\.id)
        #expect(Set(ids).count == ids.count)
    }

    @Test(arguments: TestCase.all)
    func officialIdsAndTitlesAreThoseOfTheInventory(testCase: TestCase) {
        if testCase.id.hasPrefix("GE-") {
            #expect(Self.inventory[testCase.id] == nil)
        } else {
            #expect(Self.inventory[testCase.id] == testCase.title)
        }
    }

    @Test func aFeatureIsListedOnce() {
        #expect(Set(Feature.all).count == Feature.all.count)
        let known = Set(Feature.all)
        #expect(TestCase.all.allSatisfy { known.isSuperset(of: $0.requires) })
    }

    @Test(
        arguments: TestCase.all.filter {
            ["DEVICE-3-1-1", "DEVICE-3-1-9", "DEVICE-1-1-13", "DEVICE-2-1-17", "SECURITY-1-1-1"].contains($0.id)
        })
    func passesTheSoundScript(testCase: TestCase) async throws {
        let report = try await ScriptedCamera().run([testCase])
        #expect(report.results.map(\.verdict) == [.pass])
    }

    private static let wrong: [(id: String, operation: String, reply: FakeServer.Reply)] = [
        (
            "DEVICE-3-1-1", "GetSystemDateAndTime",
            .soap(
                "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType>"
                    + "<tt:DaylightSavings>false</tt:DaylightSavings></tds:SystemDateAndTime>"
                    + "</tds:GetSystemDateAndTimeResponse>")
        ),
        ("DEVICE-3-1-1", "GetSystemDateAndTime", .soap(ScriptedCamera.time(Date(), type: "Sundial"))),
        (
            "DEVICE-3-1-9", "GetDeviceInformation",
            .soap(
                "<tds:GetDeviceInformationResponse><tds:Manufacturer>M</tds:Manufacturer><tds:Model></tds:Model>"
                    + "<tds:FirmwareVersion>1</tds:FirmwareVersion><tds:SerialNumber>2</tds:SerialNumber>"
                    + "<tds:HardwareId>3</tds:HardwareId></tds:GetDeviceInformationResponse>")
        ),
        ("DEVICE-3-1-9", "GetDeviceInformation", .fault("Receiver", "ActionNotSupported")),
        ("DEVICE-1-1-13", "GetServices", .soap("<tds:GetServicesResponse/>")),
        ("DEVICE-2-1-17", "GetNetworkInterfaces", .soap("<tds:GetNetworkInterfacesResponse/>")),
        ("SECURITY-1-1-1", "GetUsers", .soap("<tds:GetUsersResponse/>")),
        ("SECURITY-1-1-1", "GetUsers", .fault("Sender", "NotAuthorized", status: 400)),
    ]

    @Test(arguments: wrong.indices)
    func failsTheWrongAnswer(index: Int) async throws {
        let (id, operation, reply) = Self.wrong[index]
        let report = try await ScriptedCamera.replacing(operation) { _ in reply }
            .run(TestCase.all.filter { $0.id == id })
        #expect(report.results.map(\.verdict.word) == ["fail"])
        #expect(report.results.first?.verdict.findings.allSatisfy { $0.exchange != nil } == true)
    }
}
