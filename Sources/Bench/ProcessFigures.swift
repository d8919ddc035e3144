import Foundation

/// What the system tells of a process, as /proc shows it (proc(5)).
struct ProcessFigures {
    /// User and system, seconds.
    var cpuSeconds: Double
    var residentBytes: Int
    var threads: Int

    /// Nil where there is no such process.
    init?(of pid: Int32) {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return nil }
        // After the name in brackets: the state is the first field, utime and stime are the 12th and 13th, threads the
        // 18th, resident pages the 22nd.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]),
            let threads = Int(fields[17]), let pages = Int(fields[21])
        else { return nil }
        cpuSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        self.threads = threads
        residentBytes = pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// CPU time of this process, user and system, seconds.
    static var ownCPU: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}
