import Foundation
import ONVIF
import Testing

struct EventItemFilterTests {
    private static func namespace(_ prefix: String) -> String? {
        ["tt": "http://www.onvif.org/ver10/schema", "other": "urn:other"][prefix]
    }

    /// Source "1", Rule "Fence", IsInside "true".
    private static let event = Event(
        topic: "tns1:RuleEngine/FieldDetector/ObjectsInside", time: Date(timeIntervalSince1970: 0),
        source: [.init("VideoSourceConfigurationToken", "1"), .init("Rule", "Fence")], data: [.init("IsInside", "true")]
    )

    /// The expressions of ONVIF Core 26.06 §9.4.4 and variations; expectations worked out by hand.
    @Test(arguments: [
        (#"boolean(//tt:SimpleItem[@Name="VideoSourceConfigurationToken" and @Value="1"])"#, true),
        (#"boolean(//tt:SimpleItem[@Name="VideoSourceConfigurationToken" and @Value="2"])"#, false),
        (#"not( boolean(//tt:SimpleItem[@Name="VideoAnalyticsConfigurationToken"] ) )"#, true),
        (#"not(boolean(//tt:SimpleItem[@Name="Rule"]))"#, false),
        (
            #"boolean(//tt:SimpleItem[@Name="IsInside" and @Value="true"] ) and "#
                + #"boolean(//tt:SimpleItem[@Name="Rule" and @Value="Fence"] )"#, true
        ),
        // The two comparisons must hold for one item.
        (#"boolean(//tt:SimpleItem[@Name="IsInside" and @Value="1"])"#, false),
        (#"boolean(//tt:SimpleItem[@Name="IsInside" and not(@Value="false")])"#, true),
        (#"boolean(//SimpleItem[@Value='Fence'])"#, true),
        (#"boolean(//tt:SimpleItem[(@Name="A" or @Name="Rule") and @Value="Fence"])"#, true),
        // `and` before `or`: false and false or true.
        (
            #"boolean(//tt:SimpleItem[@Name="A"]) and boolean(//tt:SimpleItem[@Name="A"])"#
                + #" or boolean(//tt:SimpleItem[@Name="Rule"])"#, true
        ),
        // true or (true and false), not (true or true) and false.
        (
            #"boolean(//tt:SimpleItem[@Name="Rule"]) or boolean(//tt:SimpleItem[@Name="Rule"])"#
                + #" and boolean(//tt:SimpleItem[@Name="A"])"#, true
        ),
        (
            #"(boolean(//tt:SimpleItem[@Name="Rule"]) or boolean(//tt:SimpleItem[@Name="Rule"]))"#
                + #" and boolean(//tt:SimpleItem[@Name="A"])"#, false
        ),
        (#"boolean(//tt:ElementItem[@Name="Rule"])"#, false),
        (#"boolean(//tt:ElementItem[not(@Name="Rule")])"#, false),
    ])
    func anExpressionHoldsAsItsGrammarMeans(_ text: String, _ expected: Bool) throws {
        #expect(try EventItemFilter(text, namespace: Self.namespace).matches(Self.event) == expected)
    }

    @Test(arguments: [
        "", "true", "boolean()", "boolean(//tt:SimpleItem)", #"boolean(//tt:SimpleItem[@Name="a"]"#,
        #"boolean(//tt:SimpleItem[@Name="a"]))"#, #"boolean(//tt:SimpleItem[@Other="a"])"#,
        #"boolean(//tt:SimpleItem[@Name=a])"#, #"boolean(//tt:SimpleItem[@Name="a])"#,
        #"boolean(/tt:SimpleItem[@Name="a"])"#,
        #"boolean(//tt:Message[@Name="a"])"#, #"not boolean(//tt:SimpleItem[@Name="a"])"#,
        #"boolean(//tt:SimpleItem[@Name="a"]) boolean(//tt:SimpleItem[@Name="a"])"#,
        #"boolean(//other:SimpleItem[@Name="a"])"#, #"boolean(//none:SimpleItem[@Name="a"])"#,
        #"boolean(//tt:SimpleItem[@Name="a"]) and"#, "$",
    ])
    func whatTheGrammarDoesNotAllowIsRefused(_ text: String) {
        #expect(throws: EventItemFilter.ParseError.self) {
            try EventItemFilter(text, namespace: Self.namespace)
        }
    }

    @Test func nestingAndLengthAreBounded() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + #"boolean(//tt:SimpleItem[@Name="a"])"#
                + String(repeating: ")", count: depth)
        }
        _ = try EventItemFilter(nested(EventItemFilter.depthLimit), namespace: Self.namespace)
        #expect(throws: EventItemFilter.ParseError.tooDeep(limit: EventItemFilter.depthLimit)) {
            try EventItemFilter(nested(EventItemFilter.depthLimit + 1), namespace: Self.namespace)
        }
        #expect(throws: EventItemFilter.ParseError.tooLong(limit: EventItemFilter.lengthLimit)) {
            try EventItemFilter(
                String(repeating: " ", count: EventItemFilter.lengthLimit + 1), namespace: Self.namespace)
        }
    }
}
