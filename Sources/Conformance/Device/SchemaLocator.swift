public import Foundation
import XML

/// Finds the folder of ONVIF schemas that the set-up script fills.
public enum SchemaLocator {
    /// The variable that names the folder.
    public static let variable = "GLASSEYE_SCHEMAS"
    /// The folder's name in a checkout.
    public static let folderName = ".schemas"

    /// The first that is there: the option, the environment, `.schemas` upward from the working directory, then from
    /// the executable.
    ///
    /// - Throws: ``SchemasMissing``. An option or variable that names no such folder is an error, not a step.
    public static func find(
        option: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
        workingDirectory: String = FileManager.default.currentDirectoryPath,
        executable: String = CommandLine.arguments.first ?? ""
    ) throws(SchemasMissing) -> String {
        for named in [option, environment[variable]].compactMap({ $0 }) where !named.isEmpty {
            guard isSchemaFolder(named) else { throw SchemasMissing(places: [named]) }
            return named
        }
        let places = ancestors(of: workingDirectory) + ancestors(of: (executable as NSString).deletingLastPathComponent)
        for place in places where isSchemaFolder(place) { return place }
        throw SchemasMissing(places: [workingDirectory + "/" + folderName])
    }

    private static func isSchemaFolder(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/ver10/schema/onvif.xsd")
    }

    private static func ancestors(of path: String) -> [String] {
        var url = URL(filePath: path.isEmpty ? "." : path).standardizedFileURL
        var result: [String] = []
        while true {
            result.append(url.appending(path: folderName).path)
            let parent = url.deletingLastPathComponent().standardizedFileURL
            if parent.path == url.path || url.path == "/" { return result }
            url = parent
        }
    }
}

/// No folder of schemas was found.
public struct SchemasMissing: Error, Equatable, CustomStringConvertible {
    public var places: [String]

    public var description: String {
        "no ONVIF schemas at \(places.joined(separator: ", ")); run CI/setup, or name their folder in "
            + SchemaLocator.variable
    }
}
