import ONVIF
import XML

extension PersonaHabit {
    /// Events say 1 and 0 where others say true and false; `xs:boolean` has both.
    ///
    /// Source: github.com/home-assistant/core#36145 and #37545 (comments on recorders whose motion State is 1).
    static let digitsForBooleans = PersonaHabit(
        "digits-for-booleans", "pulled messages say 1 and 0 for true and false",
        .exchange { exchange in
            guard exchange.entry.name == "PullMessages" else { return }
            exchange.edit { response in
                response.change("SimpleItem") { item in
                    switch item.attribute("Value") {
                    case "true": item.setAttribute("Value", "1")
                    case "false": item.setAttribute("Value", "0")
                    default: break
                    }
                }
            }
        })
}
