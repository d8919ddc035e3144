package import ONVIF
package import XML

/// A seeded non-conformity: the emulated camera is wrong in this one respect, so that tests can be seen to notice.
///
/// Operations know nothing of mutations; a mutation changes what they made of the state and of the answer.
package struct Mutation: Sendable {
    package let mutant: Mutant
    /// What is wrong, in one line.
    package let cause: String
    private let rule: Rule

    /// How a mutation acts.
    package enum Rule: Sendable {
        /// Changes the outcome of one operation, or of all (nil), after it was applied.
        case exchange(operation: String?, service: Service?, @Sendable (inout Exchange) -> Void)
        /// Changes who is let in.
        case access(
            @Sendable (Authorization.Decision, AccessClass, Authorization.Credentials, [User]) -> Authorization.Decision
        )
        /// Refuses a message for its wording, before it is read.
        case wording(@Sendable (String) -> Bool)
        /// Changes a notification on its way to a consumer.
        case push(@Sendable (inout EventPush) -> Void)
        /// Changes what the listeners do.
        case habit(Habit)
    }

    package init(_ mutant: Mutant, _ cause: String, _ rule: Rule) {
        self.mutant = mutant
        self.cause = cause
        self.rule = rule
    }

    func change(_ exchange: inout Exchange) {
        guard case .exchange(let operation, let service, let change) = rule,
            operation == nil || operation == exchange.entry.name, service == nil || service == exchange.entry.service
        else { return }
        change(&exchange)
    }

    func decide(
        _ decision: Authorization.Decision, _ access: AccessClass, _ credentials: Authorization.Credentials,
        _ users: [User]
    ) -> Authorization.Decision {
        guard case .access(let decide) = rule else { return decision }
        return decide(decision, access, credentials, users)
    }

    /// The fault for a message whose wording the device falsely minds.
    func refuse(_ message: some Sequence<UInt8>) -> Fault? {
        guard case .wording(let isRefused) = rule, isRefused(String(decoding: Array(message), as: UTF8.self)) else {
            return nil
        }
        return .sender("WellFormed", reason: "the message is not understood")
    }

    func change(_ push: inout EventPush) {
        guard case .push(let change) = rule else { return }
        change(&push)
    }

    package var habit: Habit? {
        guard case .habit(let habit) = rule else { return nil }
        return habit
    }
}

/// What a listener does otherwise than it should.
package enum Habit: Sendable {
    case sendsNoHello
    case sendsNoBye
    case answersEveryProbe
    case answersNoProbe
    case answersProbeWithoutScopes
    case answersProbeWithoutTypes
    case answersProbeToWrongMessage
    case answersProbeWithWrongAddress
    case answersProbeWithWrongPath
    case answersProbeWithoutLocation
    case answersProbeWithForeignType
    case answersOnlyMulticastProbe
    case mindsPrefixesOfProbe
    case mindsDefaultNamespacesOfProbe
    case mindsRedeclaredPrefixesOfProbe
    case helloWithoutScopes
    case helloWithoutLocation
    case helloWithoutTypes
    case helloWithForeignType
    case helloWithoutReference
    case announcesAlways
    case rtspWithoutAuthentication
    case rtspRefusesSetParameter
    case rtspRefusesOptions
    case rtspRefusesTeardown
    case rtspTellsNoTimeout
    case rtspDescribesIPv6
    case rtspDescribesAnotherEncoding
    case rtspDescribesAnotherPayloadType
    case rtspDescribesSendOnly
    case rtspHangsUp
    case rtspSendsBrokenPackets
    case rtspSendsGarbledPictures
    case rtspSendsBrokenReports
    case rtspStreamIsSilent
    case rtspSendsNoSenderReports
    case rtspSendsNoSound
    case snapshotIsNoJPEG
    case snapshotIsMissing
    case snapshotIsCutShort
    case notifiesNobody
    case rebootsNever
}

/// One request on its way through the device: what it asked, what became of it.
package struct Exchange: Sendable {
    package let entry: OperationEntry
    /// The request element.
    package let request: XMLElement
    package let call: Call
    /// The state before the request.
    package let before: DeviceState
    /// The state that the device will have.
    package var after: DeviceState
    package var result: Result<any ResponseMessage, Fault> = .success(EmptyResponse())
    /// The WS-Addressing action of the answer; nil for the right one.
    package var action: String?

    init(entry: OperationEntry, request: XMLElement, call: Call, before: DeviceState, after: DeviceState) {
        self.entry = entry
        self.request = request
        self.call = call
        self.before = before
        self.after = after
    }

    /// Edits the response element as a tree; a fault stays as it is.
    package mutating func edit(_ change: (inout XMLElement) -> Void) {
        guard case .success(let response) = result else { return }
        var writer = XMLWriter()
        writer.element(entry.namespace, entry.name + "Response", [], response.write)
        let bytes = writer.document(root: .env, "Body", vocabulary: XMLNamespace.messages)
        guard var element = try? XMLParser.parse(bytes).children.first else {
            preconditionFailure("\(entry.name) wrote a response that is not well-formed")
        }
        change(&element)
        result = .success(EditedResponse(element: element))
    }

    /// Does what another request asks for instead; an answer that would have to wait is the one without news.
    package mutating func perform(_ change: (inout XMLElement) -> Void) {
        var request = request
        change(&request)
        after = before
        do throws(Fault) {
            result = .success(try entry.perform(request, &after, call))
        } catch {
            after = before
            result = .failure(error)
        }
    }

    private struct EditedResponse: ResponseMessage {
        let element: XMLElement

        func write(to writer: inout XMLWriter) {
            writer.declare(element.qualifiedNamePrefixes)
            writer.text(element.text)
            for child in element.children { writer.element(child, vocabulary: XMLNamespace.messages) }
        }
    }
}

extension XMLElement {
    /// The prefixes that QNames in the content may use: topics and fault codes.
    fileprivate var qualifiedNamePrefixes: [XMLNamespace] { [.tns1, .xs, .tt, .ter, .wsnt] }

    /// Changes every element of that name below this one.
    package mutating func change(_ name: String, _ change: (inout XMLElement) -> Void) {
        for index in children.indices {
            if children[index].name == name { change(&children[index]) }
            children[index].change(name, change)
        }
    }

    /// Removes every element of that name below this one.
    package mutating func remove(_ name: String) {
        children.removeAll { $0.name == name }
        for index in children.indices { children[index].remove(name) }
    }

    package mutating func setAttribute(_ name: String, _ value: String) {
        attributes.removeAll { $0.name == name }
        attributes.append(XMLAttribute(name: name, value: value))
    }
}
