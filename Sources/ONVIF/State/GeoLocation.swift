/// Where the device, or a part of it, is and looks: `tt:LocationEntity`.
package struct LocationEntity: Codable, Equatable, Sendable {
    /// WGS 84, degrees and metres.
    package struct GeoLocation: Codable, Equatable, Sendable {
        package var longitude: Double?
        package var latitude: Double?
        package var elevation: Double?
    }

    /// Degrees
    package struct GeoOrientation: Codable, Equatable, Sendable {
        package var roll: Double?
        package var pitch: Double?
        package var yaw: Double?
    }

    /// Metres
    package struct LocalLocation: Codable, Equatable, Sendable {
        package var x: Double?
        package var y: Double?
        package var z: Double?
    }

    /// Degrees
    package struct LocalOrientation: Codable, Equatable, Sendable {
        package var pan: Double?
        package var tilt: Double?
        package var roll: Double?
    }

    /// What is placed, for example `Device` or `VideoSource`.
    package var entity: String?
    /// Tells entities of one kind apart.
    package var token: String?
    package var geoLocation: GeoLocation?
    package var geoOrientation: GeoOrientation?
    package var localLocation: LocalLocation?
    package var localOrientation: LocalOrientation?
    package var source: String?
    package var isAutomatic: Bool?

    /// Whether both place the same thing.
    func isSame(as other: LocationEntity) -> Bool { entity == other.entity && token == other.token }
}

/// Where recordings could be sent: `tds:StorageConfigurationData`; kept and shown.
package struct StorageConfiguration: Codable, Equatable, Sendable {
    /// `tds:StorageType`.
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case nfs = "NFS"
        case cifs = "CIFS"
        case cdmi = "CDMI"
        case ftp = "FTP"
        case s3 = "ObjectStorageS3"
        case azure = "ObjectStorageAzure"
    }

    /// The longest text, bytes; session tokens of object stores are long.
    static let textLimit = 2048

    package var token: String
    package var kind: Kind
    package var region: String?
    package var localPath: String?
    package var uri: String?
    package var userName: String?
    /// Never told to anybody.
    package var password: String?
    /// Never told to anybody.
    package var sessionToken: String?
}
