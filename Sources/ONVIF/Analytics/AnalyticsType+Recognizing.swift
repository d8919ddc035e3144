/// Rules that know somebody, something, or a sound.
extension AnalyticsType {
    static let recognizing = [faceRecognition, licensePlateRecognition, audioClassDetector]

    private static let source = [("VideoSource", "tt:ReferenceToken"), ("Rule", "xs:string")]

    /// Source: ONVIF Analytics 26.06 §13.1 Generic parameters for recognition rule engines.
    private static let parameters: [AnalyticsParameter] = [
        .includeImage, .number("Threshold", 0...1, standard: 0.5), .boolean("Armed", standard: true).optional,
    ]

    /// Of subjects of the enrolment list, which are those of drawn scenes.
    ///
    /// Source: ONVIF Analytics 26.06 §13.2 Face Recognition.
    static let faceRecognition = rule(
        "FaceRecognition", parameters + [.polygon("Region").optional],
        event(
            "Recognition/Face", source: source,
            [
                ("Likelihood", "xs:float"), ("Label", "xs:string"), ("ImageUri", "xs:anyURI"),
                ("EnrollmentID", "xs:string"),
            ],
            elements: [
                ("ObjectId", "tt:ObjectId"), ("ParentObjectId", "tt:ObjectId"), ("Image", "xs:base64Binary"),
                ("BoundingBox", "tt:Rectangle"),
            ]))

    /// Source: ONVIF Analytics 26.06 §13.3 License Plate Recognition.
    static let licensePlateRecognition = rule(
        "LicensePlateRecognition",
        parameters + [
            .number("PlateMinWidth", 0...100, standard: 0).optional,
            .number("PlateMaxWidth", 0...100, standard: 100).optional,
            .integer("EventInterval", 0...86_400, standard: 10, type: "xs:int").optional, .polygon("Region").optional,
            .polyline("SnapLine").optional,
        ],
        event(
            "Recognition/LicensePlate", source: source,
            [
                ("Likelihood", "xs:float"), ("Label", "xs:string"), ("ImageUri", "xs:anyURI"), ("Speed", "xs:float"),
                ("Direction", "tt:Direction"),
            ],
            elements: [
                ("ObjectId", "tt:ObjectId"), ("ParentObjectId", "tt:ObjectId"), ("BoundingBox", "tt:Rectangle"),
                ("Image", "xs:base64Binary"), ("LicensePlateInfo", "tt:LicensePlateInfo"),
                ("VehicleInfo", "tt:VehicleInfo"),
            ]))

    /// Source: ONVIF Analytics 26.06 §14.1 Audio Classification.
    static let audioClassDetector = rule(
        "AudioClassDetector",
        [
            .words("ClassFilter") { _ in soundClasses }.optional,
            .number("ConfidenceLevel", 0...100, standard: 0).optional,
        ],
        event(
            "AudioDetector/Class",
            source: [
                ("AudioSource", "tt:ReferenceToken"), ("AnalyticsConfiguration", "tt:ReferenceToken"),
                ("Rule", "xs:string"),
            ], [("Class", "tt:StringList"), ("Score", "tt:FloatList")]),
        needs: { $0.hasScene && $0.hears })

    /// `tt:AudioClassification`.
    package static let soundClasses = ["GunShot", "Scream", "GlassBreaking", "TireScreech", "Alarm"]
}
