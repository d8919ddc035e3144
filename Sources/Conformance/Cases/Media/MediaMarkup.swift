/// Pieces of requests that the media cases build from what the device told.
extension AnswerNode {
    /// The element under another name, with its own attributes and children, to be sent back as it is.
    ///
    /// `attributes`: names of those to keep, all of no namespace.
    func echoed(as element: Markup, keeping attributes: [String] = ["token"]) -> Markup {
        let kept = attributes.compactMap { name -> Markup? in
            attribute(name).map { "\(Markup(raw: " " + name))=\"\($0)\"" }
        }
        return "<\(element)\(kept)>\(nodes("*").map(\.markup))</\(element)>"
    }

    /// `xs:int` or a real number within the `Min` and `Max` at the path, as near to the wish as can be.
    ///
    /// - Returns: the wish itself where the device names no range.
    func number(near wish: Double, within range: XPath) -> Double {
        guard let range = node(range), let low = range.number("tt:Min"), let high = range.number("tt:Max") else {
            return wish
        }
        return min(max(wish, low), high)
    }

    /// Of the `Width` and `Height` pairs at the path, the one whose area is nearest to 640×480.
    ///
    /// Source: ONVIF Real Time Streaming Device Test Specification, annex "Resolution Selection".
    func resolution(at path: XPath) -> (width: Int, height: Int)? {
        let sizes = nodes(path).compactMap { node -> (width: Int, height: Int)? in
            guard let width = node.number("tt:Width"), let height = node.number("tt:Height") else { return nil }
            return (Int(width), Int(height))
        }
        let wish = 640 * 480
        return sizes.min { abs($0.width * $0.height - wish) < abs($1.width * $1.height - wish) }
    }

    /// The words of a list attribute.
    func words(_ name: String) -> [String] { (attribute(name) ?? "").split(separator: " ").map(String.init) }
}

extension Double {
    /// Without a fraction where there is none, as `xs:int` wants it.
    var plain: String { self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)" }
}
