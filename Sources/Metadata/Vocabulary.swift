package import XML

/// The namespaces of scene descriptions.
///
/// `tt` and `ge` are those of other messages too and equal to theirs, so that a frame can stand in any of them.
package enum MetadataVocabulary {
    package static let tt = XMLNamespace("tt", "http://www.onvif.org/ver10/schema", index: 2)
    package static let ge = XMLNamespace("ge", "urn:glasseye:emulator", index: 20)
    package static let fc = XMLNamespace("fc", "http://www.onvif.org/ver20/analytics/humanface", index: 41)
    package static let bd = XMLNamespace("bd", "http://www.onvif.org/ver20/analytics/humanbody", index: 42)

    package static let all = [tt, fc, bd, ge]
}
