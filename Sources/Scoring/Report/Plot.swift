/// Curves over two axes, as SVG in the colours of the page.
struct Plot {
    struct Axis {
        var label: String
        var range: ClosedRange<Double>
        /// Powers of ten apart instead of equal steps; then the range is above 0.
        var isLogarithmic = false

        /// 0…1 along the axis; what lies outside is at its end.
        func place(_ value: Double) -> Double {
            let value = min(max(value, range.lowerBound), range.upperBound)
            return isLogarithmic
                ? (log10(value) - log10(range.lowerBound)) / (log10(range.upperBound) - log10(range.lowerBound))
                : (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        }

        var ticks: [Double] {
            guard isLogarithmic else {
                return (0...5).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 5 }
            }
            var (ticks, value): ([Double], Double) = ([], range.lowerBound)
            while value <= range.upperBound * 1.001 {
                ticks.append(value)
                value *= 10
            }
            return ticks
        }

        private func log10(_ value: Double) -> Double { Logarithm.ten(value) }
    }

    struct Series {
        var name: String
        var points: [(x: Double, y: Double)]
        /// Horizontal and vertical lines only.
        var isStepped = false
    }

    var title: String
    var x: Axis
    var y: Axis
    var series: [Series]

    /// Pixels.
    private static let (width, height) = (520.0, 340.0)
    private static let (left, right, top, bottom) = (56.0, 16.0, 14.0, 44.0)
    /// Points of a curve that are drawn at most.
    private static let pointLimit = 2000
    /// Dots and dashes tell the curves apart where colours do not.
    private static let dashes = ["", "7 4", "2 4", "9 3 2 3"]

    var svg: String {
        var svg =
            "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\" aria-label=\"\(title.escaped)\">"
        for tick in x.ticks {
            let at = across(tick)
            svg += line(at, down(y.range.lowerBound), at, Self.top, "grid")
            svg += text(at, Self.height - Self.bottom + 18, "middle", name(tick, x))
        }
        for tick in y.ticks {
            let at = down(tick)
            svg += line(Self.left, at, Self.width - Self.right, at, "grid")
            svg += text(Self.left - 8, at + 4, "end", name(tick, y))
        }
        svg += text((Self.left + Self.width - Self.right) / 2, Self.height - 6, "middle", x.label)
        svg +=
            "<text class=\"axis\" transform=\"translate(14 \((Self.top + Self.height - Self.bottom) / 2)) rotate(-90)\" "
            + "text-anchor=\"middle\">\(y.label.escaped)</text>"
        for (place, one) in series.enumerated() {
            svg +=
                "<path class=\"curve c\(place % Self.dashes.count)\" stroke-dasharray=\""
                + "\(Self.dashes[place % Self.dashes.count])\" d=\"\(path(one))\"><title>\(one.name.escaped)</title></path>"
        }
        return svg + "</svg>"
    }

    /// Names of the curves, for the page.
    var legend: [[String: Any]] {
        series.enumerated().map { ["name": $1.name, "class": "c\($0 % Self.dashes.count)"] }
    }

    private func across(_ value: Double) -> Double {
        Self.left + x.place(value) * (Self.width - Self.left - Self.right)
    }

    private func down(_ value: Double) -> Double {
        Self.height - Self.bottom - y.place(value) * (Self.height - Self.top - Self.bottom)
    }

    private func path(_ series: Series) -> String {
        let step = max(1, series.points.count / Self.pointLimit)
        var path = ""
        for (place, point) in series.points.enumerated()
        where place % step == 0 || place == series.points.count - 1 {
            let (x, y) = (across(point.x).short, down(point.y).short)
            path += path.isEmpty ? "M\(x) \(y)" : series.isStepped ? "H\(x)V\(y)" : "L\(x) \(y)"
        }
        return path
    }

    private func name(_ tick: Double, _ axis: Axis) -> String {
        axis.isLogarithmic
            ? "\(tick < 0.0015 ? 0.001 : (tick * 1000).rounded() / 1000)" : "\((tick * 100).rounded() / 100)"
    }

    private func line(_ x: Double, _ y: Double, _ toX: Double, _ toY: Double, _ kind: String) -> String {
        "<line class=\"\(kind)\" x1=\"\(x.short)\" y1=\"\(y.short)\" x2=\"\(toX.short)\" y2=\"\(toY.short)\"/>"
    }

    private func text(_ x: Double, _ y: Double, _ anchor: String, _ text: String) -> String {
        "<text class=\"axis\" x=\"\(x.short)\" y=\"\(y.short)\" text-anchor=\"\(anchor)\">\(text.escaped)</text>"
    }
}

extension Double {
    /// One decimal: enough for a picture.
    var short: String { "\((self * 10).rounded() / 10)" }
}

extension String {
    /// As text of a page.
    var escaped: String {
        reduce(into: "") { text, sign in
            switch sign {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            default: text.append(sign)
            }
        }
    }
}
