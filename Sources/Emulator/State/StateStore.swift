import Crypto
import Dispatch
import Foundation
import GRDB
import Logging
import NIOCore
import ONVIF
import Synchronization

/// Keeps the state of devices in one SQLite file, a row a device.
///
/// A change is durable when the future of `save` succeeds: WAL with `synchronous = FULL` syncs at each commit. One writer
/// takes whatever has gathered while the last commit was under way, so that all devices share its sync.
final class StateStore: Sendable {
    /// The database in the folder of the state.
    static let fileName = "devices.sqlite"
    /// Rows in one transaction; the rest waits for the next, so that no answer waits for all devices.
    private static let batchLimit = 1024

    /// Whose state it is.
    struct Key: Sendable {
        let uuid: UUID
        /// Tells models apart.
        let fingerprint: String
        /// How people call the model.
        let model: String

        init(_ identity: DeviceIdentity, _ model: DeviceModel) {
            uuid = identity.uuid
            guard let json = try? model.canonicalJSON() else { preconditionFailure("a model always encodes") }
            fingerprint = SHA256.hash(data: json).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
                .joined()
            self.model = "\(model.manufacturer) \(model.model)"
        }

        var row: String { uuid.uuidString.lowercased() }
    }

    private struct Change {
        let key: Key
        let kept: KeptState
        let promise: EventLoopPromise<Void>
    }

    private struct Waiting {
        var changes: [Change] = []
        var isWriting = false
    }

    /// The file, for messages.
    let path: String
    let database: DatabaseQueue
    private let logger: Logger
    private let writer = DispatchQueue(label: "glasseye.state")
    private let waiting = Mutex(Waiting())

    /// Opens or makes the database.
    ///
    /// - Parameters:
    ///   - folder: made where it is missing; only its owner may read it, as passwords are in it.
    ///   - logger: told what cannot be kept.
    /// - Throws: `StateError`.
    init(folder: String, logger: Logger) throws(StateError) {
        path = URL(filePath: folder).appending(path: Self.fileName).path
        self.logger = logger
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            if !FileManager.default.fileExists(atPath: path),
                !FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            {
                throw CocoaError(.fileWriteNoPermission)
            }
        } catch {
            throw .cannotOpen(file: path, reason: error.localizedDescription)
        }
        do {
            database = try Self.open(path)
            try Self.migrator.migrate(database)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw .inUse(file: path)
        } catch {
            throw .cannotOpen(file: path, reason: Self.reason(error))
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.prepareDatabase { database in
            // One process at a time, and no shared memory file.
            try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // After the journal mode, with which GRDB sets NORMAL.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return queue
    }

    /// The shapes of the database; what a row keeps has a version of its own (`KeptState.version`).
    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("devices") { database in
            try database.create(table: "device") { table in
                table.primaryKey("uuid", .text)
                table.column("model", .text).notNull()
                table.column("fingerprint", .text).notNull()
                table.column("version", .integer).notNull()
                table.column("kept", .blob).notNull()
            }
        }
        return migrator
    }

    /// What the device kept; nil for one that never changed anything.
    ///
    /// - Throws: `StateError` where the row is another model's or cannot be read.
    func load(_ key: Key) throws(StateError) -> KeptState? {
        let row: Row?
        do {
            row = try database.read { try Row.fetchOne($0, sql: Self.select, arguments: [key.row]) }
        } catch {
            throw .cannotOpen(file: path, reason: Self.reason(error))
        }
        guard let row else { return nil }
        guard row["fingerprint"] == key.fingerprint else {
            throw .anotherModel(file: path, device: key.row, kept: row["model"], now: key.model)
        }
        do {
            return try KeptState(json: row["kept"], version: row["version"])
        } catch {
            throw .unreadable(file: path, device: key.row, reason: Self.reason(error))
        }
    }

    private static let select = "SELECT model, fingerprint, version, kept FROM device WHERE uuid = ?"
    private static let upsert = """
        INSERT INTO device (uuid, model, fingerprint, version, kept) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (uuid) DO UPDATE SET model = excluded.model, fingerprint = excluded.fingerprint,
        version = excluded.version, kept = excluded.kept
        """

    /// Writes what a device keeps; the owner has one change under way at a time.
    ///
    /// - Returns: done on `loop` when it is durable; fails where the disk does.
    func save(_ kept: KeptState, _ key: Key, on loop: any EventLoop) -> EventLoopFuture<Void> {
        let promise = loop.makePromise(of: Void.self)
        let isIdle = waiting.withLock { waiting in
            waiting.changes.append(Change(key: key, kept: kept, promise: promise))
            defer { waiting.isWriting = true }
            return !waiting.isWriting
        }
        if isIdle { writer.async { self.writeAll() } }
        return promise.futureResult
    }

    /// Writes until nothing waits.
    private func writeAll() {
        while true {
            let batch = waiting.withLock { waiting in
                let batch = Array(waiting.changes.prefix(Self.batchLimit))
                waiting.changes.removeFirst(batch.count)
                waiting.isWriting = !batch.isEmpty
                return batch
            }
            guard !batch.isEmpty else { return }
            do {
                let rows = try batch.map { ($0.key, try $0.kept.json()) }
                try database.write { database in
                    let statement = try database.cachedStatement(sql: Self.upsert)
                    for (key, json) in rows {
                        try statement.execute(
                            arguments: [key.row, key.model, key.fingerprint, KeptState.version, json])
                    }
                }
                for change in batch { change.promise.succeed(()) }
            } catch {
                logger.error(
                    "\(path): the changes of \(batch.count) device(s) are refused, as they cannot be kept: \(Self.reason(error)); make room or mend the disk",
                    metadata: ["device": "\(batch[0].key.row)"])
                for change in batch { change.promise.fail(error) }
            }
        }
    }

    /// Closes the file after what is under way.
    func close() {
        writer.sync {}
        do {
            try database.close()
        } catch {
            logger.error("\(path): cannot be closed: \(Self.reason(error))")
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as DatabaseError: error.message ?? "\(error.resultCode)"
        case DecodingError.keyNotFound(let key, _): "it has no \"\(key.stringValue)\""
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            "\((context.codingPath.map(\.stringValue) + [""]).joined(separator: ": "))\(context.debugDescription)"
        default: "\(error)"
        }
    }
}
