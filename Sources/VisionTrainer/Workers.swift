import Foundation
import Synchronization

/// Several threads that share a list of jobs.
enum Workers {
    /// Threads; results do not depend on it.
    static let count = 4

    /// The results in the order of the items, whichever thread made them.
    static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ transform: @escaping @Sendable (Item) -> Result
    ) -> [Result] {
        let shelf = Shelf<Result>(items.count)
        let done = DispatchGroup()
        for _ in 0..<count {
            done.enter()
            // Ends when no item is left.
            Thread.detachNewThread {
                while let index = shelf.next() { shelf.put(transform(items[index]), at: index) }
                done.leave()
            }
        }
        done.wait()
        return shelf.all
    }

    private final class Shelf<Result: Sendable>: Sendable {
        private let state: Mutex<(next: Int, results: [Result?])>

        init(_ count: Int) { state = Mutex((0, Array(repeating: nil, count: count))) }

        func next() -> Int? {
            state.withLock { state in
                guard state.next < state.results.count else { return nil }
                state.next += 1
                return state.next - 1
            }
        }

        func put(_ result: Result, at index: Int) { state.withLock { $0.results[index] = result } }

        var all: [Result] { state.withLock { $0.results.compactMap { $0 } } }
    }
}
