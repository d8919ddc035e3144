import Dispatch
import Synchronization

/// Sends requests through a bounded set of threads, each with its own curl handle and open connections.
///
/// The thread used last is used first again, so that requests one after the other share a connection.
package final class HTTPClient: Sendable {
    /// Enough for one device under test with a few cases at once.
    package static let defaultThreadLimit = 8

    private struct State {
        var idle: [Worker] = []
        var created = 0
        var waiting: [Job] = []
    }

    private let threadLimit: Int
    private let state = Mutex(State())

    /// - Parameter threadLimit: transfers at the same time, at least 1; further ones wait their turn.
    package init(threadLimit: Int = defaultThreadLimit) {
        precondition(threadLimit > 0, "an HTTP client needs at least one thread")
        self.threadLimit = threadLimit
    }

    /// Sends the request and waits for the whole response; a cancelled task ends the transfer.
    package func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let flag = CancellationFlag()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submit(Job(request: request, flag: flag, continuation: continuation))
            }
        } onCancel: {
            flag.raise()
        }
        return try result.get()
    }

    private func submit(_ job: Job) {
        let worker: Worker? = state.withLock { state in
            if let worker = state.idle.popLast() { return worker }
            if state.created < threadLimit {
                state.created += 1
                return Worker(number: state.created)
            }
            state.waiting.append(job)
            return nil
        }
        if let worker { run(job, on: worker) }
    }

    private func run(_ job: Job, on worker: Worker) {
        worker.queue.async {
            job.continuation.resume(returning: worker.perform(job))
            let next: Job? = self.state.withLock { state in
                guard !state.waiting.isEmpty else {
                    state.idle.append(worker)
                    return nil
                }
                return state.waiting.removeFirst()
            }
            if let next { self.run(next, on: worker) }
        }
    }
}

private struct Job: Sendable {
    let request: HTTPRequest
    let flag: CancellationFlag
    let continuation: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>
}

/// A thread with its curl handle.
private final class Worker: @unchecked Sendable {
    let queue: DispatchQueue
    /// Guard: touched only by work on `queue`, which runs one piece at a time.
    private var handle: EasyHandle?

    init(number: Int) { queue = DispatchQueue(label: "glasseye.http.\(number)") }

    func perform(_ job: Job) -> Result<HTTPResponse, HTTPError> {
        do throws(HTTPError) {
            let easy = if let handle { handle } else { try EasyHandle() }
            handle = easy
            return .success(try easy.perform(job.request, until: job.flag))
        } catch {
            return .failure(error)
        }
    }
}
