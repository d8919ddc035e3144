import Documents

extension ProfileFile {
    /// Reads `habits:`, a list of names.
    ///
    /// - Throws: `wrongValue` for a name that no habit has, and for one that stands there twice.
    static func habits(_ top: ProfileNode) throws(ProfileError) -> [PersonaHabit] {
        var habits: [PersonaHabit] = []
        for (name, line) in top.has("habits") ? try top.strings("habits") : [] {
            guard let habit = PersonaHabit.all.first(where: { $0.name == name }) else {
                throw .wrongValue(
                    file: top.file, line: line, key: "habits", value: name,
                    expected: "some of \(PersonaHabit.all.map(\.name).joined(separator: ", "))")
            }
            guard !habits.contains(where: { $0.name == name }) else {
                throw .wrongValue(file: top.file, line: line, key: "habits", value: name, expected: "each habit once")
            }
            habits.append(habit)
        }
        return habits
    }
}
