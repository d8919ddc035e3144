import ONVIF
import Testing

struct EventTopicExpressionTests {
    /// `t` is bound to the ONVIF topics, `other` to something else; there is no default namespace.
    private static func namespace(_ prefix: String) -> String? {
        ["t": "http://www.onvif.org/ver10/topics", "other": "urn:other"][prefix]
    }

    struct Example: Sendable {
        var expression: String
        var matching: Set<String>
    }

    private static let topics = [
        "tns1:Media/ProfileChanged", "tns1:VideoSource/MotionAlarm",
        "tns1:VideoSource/GlobalSceneChange/ImagingService",
    ]

    @Test(arguments: [
        Example(expression: "t:VideoSource/MotionAlarm", matching: [topics[1]]),
        Example(expression: " t:VideoSource//. ", matching: [topics[1], topics[2]]),
        Example(expression: "t:VideoSource", matching: []),
        Example(expression: "t:Video//.", matching: []),
        Example(expression: "t:Media//.|t:VideoSource/MotionAlarm", matching: [topics[0], topics[1]]),
        Example(expression: "t:VideoSource/MotionAlarm//.", matching: [topics[1]]),
        Example(expression: "t:VideoSource/t:MotionAlarm", matching: [topics[1]]),
        Example(expression: "other:VideoSource//.", matching: []),
        Example(expression: "VideoSource//.", matching: []),
    ])
    func anExpressionSelectsTheTopicsThatItsGrammarMeans(_ example: Example) throws {
        let expression = try EventTopicExpression(
            example.expression, dialect: .concreteSet, namespace: Self.namespace)
        #expect(Set(Self.topics.filter(expression.matches)) == example.matching)
    }

    @Test func aRootWithoutPrefixTakesTheDefaultNamespace() throws {
        let expression = try EventTopicExpression("VideoSource//.", dialect: .concreteSet) { prefix in
            prefix.isEmpty ? "http://www.onvif.org/ver10/topics" : nil
        }
        #expect(expression.matches("tns1:VideoSource/MotionAlarm"))
    }

    @Test(arguments: [
        ("", EventTopicExpression.ParseError.malformed("")), ("t:", .malformed("t:")), ("t:A//B", .malformed("t:A//B")),
        ("t:A/*", .malformed("t:A/*")), ("t:A||t:B", .malformed("")), ("a:b:c", .malformed("a:b:c")),
        ("q:A", .unknownPrefix("q")),
    ])
    func whatTheGrammarDoesNotAllowIsRefused(_ text: String, _ error: EventTopicExpression.ParseError) {
        #expect(throws: error) {
            try EventTopicExpression(text, dialect: .concreteSet, namespace: Self.namespace)
        }
    }

    @Test(arguments: ["t:A//.", "t:A|t:B"])
    func theConcreteDialectHasNeitherSetsNorSubtrees(_ text: String) {
        #expect(throws: EventTopicExpression.ParseError.malformed(text)) {
            try EventTopicExpression(text, dialect: .concrete, namespace: Self.namespace)
        }
    }

    @Test func lengthIsBounded() throws {
        let limit = EventTopicExpression.lengthLimit
        _ = try EventTopicExpression(
            "t:" + String(repeating: "A", count: limit - 2), dialect: .concrete, namespace: Self.namespace)
        #expect(throws: EventTopicExpression.ParseError.tooLong(limit: limit)) {
            try EventTopicExpression(
                "t:" + String(repeating: "A", count: limit - 1), dialect: .concrete, namespace: Self.namespace)
        }
    }
}
