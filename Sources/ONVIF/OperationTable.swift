/// What the standard has for cameras, and what becomes of each operation on the devices here.
package struct OperationTable: Sendable {
    /// What a device does with an operation.
    package enum Answer: String, Sendable {
        case performs = "yes"
        /// The model lacks the feature: `ActionNotSupported`.
        case refuses = "–"
    }

    package struct Row: Equatable, Sendable {
        package let service: String
        package let operation: String
        /// The access class; nil for an operation that is missing.
        package let access: AccessClass?
        /// One for each model, in their order; empty for an operation that is missing.
        package let answers: [Answer]
        /// Why the operation is missing.
        package let reason: String?
    }

    /// The names of the models, as columns.
    package let models: [String]
    package let rows: [Row]

    /// - Parameter models: the devices to compare, by the names that the columns get.
    package init(models: [(name: String, model: DeviceModel)]) {
        self.models = models.map(\.name)
        let implemented = Operations.all.map { entry in
            Row(
                service: entry.service.title, operation: entry.name, access: entry.access,
                answers: models.map { entry.isSupported(by: $0.model) ? .performs : .refuses }, reason: nil)
        }
        let missing = MissingOperations.all.flatMap { group in
            group.names.map {
                Row(service: group.service, operation: $0, access: nil, answers: [], reason: group.reason)
            }
        }
        let order = Service.allCases.map(\.title)
        func position(_ row: Row) -> Int { order.firstIndex(of: row.service) ?? order.count }
        rows = (implemented + missing).sorted {
            (position($0), $0.service, $0.operation) < (position($1), $1.service, $1.operation)
        }
    }

    /// The services in the order of the table.
    package var services: [String] {
        var seen: Set<String> = []
        return rows.map(\.service).filter { seen.insert($0).inserted }
    }

    // MARK: Writing

    /// The whole document as Markdown.
    package var markdown: String {
        var lines = [
            "# Operations", "",
            "Made by `glasseye serve --operations Profiles/*.yaml`; a test compares it with the official WSDL files.",
            "",
            "\(Answer.performs.rawValue): performed. \(Answer.refuses.rawValue): answered with "
                + "`ter:ActionNotSupported`, because the profile lacks the feature. Missing operations are answered so "
                + "by every profile.", "",
        ]
        lines += Self.table(
            ["service", "in the standard", "implemented", "missing"] + models,
            services.map { service in
                let rows = rows.filter { $0.service == service }
                return [service] + counts(of: rows)
            } + [["**all**"] + counts(of: rows)])
        for service in services {
            lines += ["", "## \(service)", ""]
            let rows = rows.filter { $0.service == service }
            lines += Self.table(
                ["operation", "access class"] + models,
                rows.filter { $0.reason == nil }.map { row in
                    [row.operation, row.access?.rawValue ?? ""] + row.answers.map(\.rawValue)
                })
            for reason in Set(rows.compactMap(\.reason)).sorted() {
                let names = rows.filter { $0.reason == reason }.map(\.operation)
                lines += ["", "Missing: \(names.joined(separator: ", ")): \(reason)."]
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func counts(of rows: [Row]) -> [String] {
        let missing = rows.count { $0.reason != nil }
        let performed = models.indices.map { model in
            rows.count { $0.answers.indices.contains(model) && $0.answers[model] == .performs }
        }
        return ([rows.count, rows.count - missing, missing] + performed).map(String.init)
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let lines = [head, head.map { _ in "---" }] + rows
        return lines.map { "| " + $0.joined(separator: " | ") + " |" }
    }
}

extension Service {
    /// As people call the service.
    package var title: String {
        switch self {
        case .device: "Device management"
        case .events: "Events"
        case .media: "Media"
        case .media2: "Media2"
        case .ptz: "PTZ"
        case .imaging: "Imaging"
        case .deviceIO: "Device IO"
        case .analytics: "Analytics"
        case .security: "Advanced Security"
        case .thermal: "Thermal"
        case .receiver: "Receiver"
        }
    }
}
