/// The event service: what it says of itself, and its subscriptions.
extension Mutant {
    /// Answers of the event service carry another WS-Addressing action.
    public static let eventActionsAreWrong = Mutant("eventActionsAreWrong")
    /// Faults of the event service carry the action of an answer.
    public static let faultActionsAreWrong = Mutant("faultActionsAreWrong")
    /// The Timestamp of faults is wrong by many years.
    public static let faultsFromTheFuture = Mutant("faultsFromTheFuture")
    /// GetEventProperties lacks the Concrete topic dialect.
    public static let topicDialectConcreteMissing = Mutant("topicDialectConcreteMissing")
    /// GetEventProperties lacks the ConcreteSet topic dialect.
    public static let topicDialectConcreteSetMissing = Mutant("topicDialectConcreteSetMissing")
    /// GetEventProperties names no message content filter dialect.
    public static let contentDialectMissing = Mutant("contentDialectMissing")
    /// TopicNamespaceLocation is no address.
    public static let topicNamespaceIsNoAddress = Mutant("topicNamespaceIsNoAddress")
    /// GetEventProperties announces no topic.
    public static let topicSetEmpty = Mutant("topicSetEmpty")
    /// GetEventProperties leaves out the topics of alarms that are told nevertheless.
    public static let topicSetWithoutAlarms = Mutant("topicSetWithoutAlarms")
    /// Items of topics are described without a type.
    public static let topicItemsWithoutType = Mutant("topicItemsWithoutType")
    /// The capabilities have event brokers, but no protocol for them.
    public static let brokersWithoutProtocols = Mutant("brokersWithoutProtocols")
    /// The capabilities have protocols for event brokers, but no broker.
    public static let protocolsWithoutBrokers = Mutant("protocolsWithoutBrokers")
    /// EventBrokerProtocols has what is no URI scheme.
    public static let brokerProtocolIsNoScheme = Mutant("brokerProtocolIsNoScheme")
    /// GetServiceCapabilities and GetServices differ in MaxPullPoints.
    public static let eventCapabilitiesDiffer = Mutant("eventCapabilitiesDiffer")
    /// SubscriptionReference has a name where an http address belongs.
    public static let subscriptionReferenceIsNoAddress = Mutant("subscriptionReferenceIsNoAddress")
    /// TerminationTime of a new subscription is CurrentTime.
    public static let subscriptionsEndAtOnce = Mutant("subscriptionsEndAtOnce")
    /// TerminationTime of a new subscription lies before the time that was asked for.
    public static let subscriptionsEndTooEarly = Mutant("subscriptionsEndTooEarly")
    /// CurrentTime is missing in the answer to a new subscription.
    public static let subscriptionTimesMissing = Mutant("subscriptionTimesMissing")
    /// Every subscription is refused.
    public static let subscriptionsRefused = Mutant("subscriptionsRefused")
    /// Renew always faults.
    public static let renewRefused = Mutant("renewRefused")
    /// TerminationTime of Renew is CurrentTime.
    public static let renewEndsAtOnce = Mutant("renewEndsAtOnce")
    /// TerminationTime of Renew lies before the time that was asked for.
    public static let renewEndsTooEarly = Mutant("renewEndsTooEarly")
    /// Unsubscribe leaves the subscription alive, and always succeeds.
    public static let unsubscribeForgotten = Mutant("unsubscribeForgotten")
    /// Unsubscribe always faults.
    public static let unsubscribeRefused = Mutant("unsubscribeRefused")
    /// There is one pull point less than MaxPullPoints says.
    public static let fewerPullPointsThanAnnounced = Mutant("fewerPullPointsThanAnnounced")
    /// All pull points have one address.
    public static let pullPointsShareAnAddress = Mutant("pullPointsShareAnAddress")
    /// Topic filters are ignored.
    public static let ignoresTopicFilter = Mutant("ignoresTopicFilter")
    /// A topic filter with alternatives is refused.
    public static let refusesTopicAlternatives = Mutant("refusesTopicAlternatives")
    /// Of a topic filter with alternatives only the first counts.
    public static let takesFirstTopicAlternative = Mutant("takesFirstTopicAlternative")
    /// A topic filter for what lies below a topic is refused.
    public static let refusesTopicSubtrees = Mutant("refusesTopicSubtrees")
    /// A topic filter for what lies below a topic lets another topic through.
    public static let takesTopicSubtreeForAnother = Mutant("takesTopicSubtreeForAnother")
    /// Message content filters are ignored.
    public static let ignoresContentFilter = Mutant("ignoresContentFilter")
    /// Message content filters are refused.
    public static let contentFilterRefused = Mutant("contentFilterRefused")
    /// No message passes a message content filter.
    public static let contentFilterLetsNothingThrough = Mutant("contentFilterLetsNothingThrough")
    /// A filter that nobody understands is taken for none.
    public static let invalidFiltersAccepted = Mutant("invalidFiltersAccepted")
    /// A filter that nobody understands gets a fault that is none of WS-BaseNotification.
    public static let invalidFiltersPlainlyRefused = Mutant("invalidFiltersPlainlyRefused")
}

/// The event service: messages.
extension Mutant {
    /// PullMessages answers with more messages than MessageLimit allows.
    public static let pullsMoreThanAsked = Mutant("pullsMoreThanAsked")
    /// TerminationTime of PullMessages is CurrentTime.
    public static let pullEndsAtOnce = Mutant("pullEndsAtOnce")
    /// PullMessages does not keep the pull point alive.
    public static let pullDoesNotProlong = Mutant("pullDoesNotProlong")
    /// PullMessages refuses a timeout above a minute without saying what it takes.
    public static let pullRefusesLongTimeoutPlainly = Mutant("pullRefusesLongTimeoutPlainly")
    /// PullMessages refuses a timeout above a minute, and does not keep the pull point alive.
    public static let pullRefusesLongTimeoutAndDoesNotProlong = Mutant("pullRefusesLongTimeoutAndDoesNotProlong")
    /// PullMessages refuses the timeout of a minute that it must take.
    public static let pullRefusesMinute = Mutant("pullRefusesMinute")
    /// PullMessages never has a message.
    public static let pullPointsTellNothing = Mutant("pullPointsTellNothing")
    /// Messages of properties lack PropertyOperation.
    public static let messagesAreNoProperties = Mutant("messagesAreNoProperties")
    /// UtcTime lies ahead of the device's clock.
    public static let messagesFromTheFuture = Mutant("messagesFromTheFuture")
    /// Messages have no topic.
    public static let messagesWithoutTopic = Mutant("messagesWithoutTopic")
    /// Messages have no content.
    public static let messagesWithoutContent = Mutant("messagesWithoutContent")
    /// SetSynchronizationPoint always faults.
    public static let synchronizationPointRefused = Mutant("synchronizationPointRefused")
    /// SetSynchronizationPoint repeats no property.
    public static let synchronizationPointTellsNothing = Mutant("synchronizationPointTellsNothing")
    /// Consumers are sent nothing.
    public static let notifiesNobody = Mutant("notifiesNobody")
    /// Notifications go to another path than that of ConsumerReference.
    public static let notifiesAnotherPath = Mutant("notifiesAnotherPath")
    /// Notify carries another WS-Addressing action.
    public static let notifyActionIsWrong = Mutant("notifyActionIsWrong")
    /// Notify asks for a reply without a message id.
    public static let notifyAsksForReplyWithoutMessageID = Mutant("notifyAsksForReplyWithoutMessageID")
    /// UtcTime of notifications lies ahead of the device's clock.
    public static let notifyFromTheFuture = Mutant("notifyFromTheFuture")
    /// Notifications have no topic.
    public static let notifyWithoutTopic = Mutant("notifyWithoutTopic")
    /// Notifications of properties lack PropertyOperation.
    public static let notifyTellsNoProperties = Mutant("notifyTellsNoProperties")
}
