import XML

/// Faces and bodies, in the order of `humanface.xsd` and `humanbody.xsd` 25.06.
extension MetadataWriter {
    func write(_ face: HumanFace, to writer: inout XMLWriter) {
        let fc = MetadataVocabulary.fc
        writer.element(MetadataVocabulary.tt, "HumanFace") { writer in
            if let hasBeard = face.hasBeard {
                writer.element(fc, "FacialHair") { writer in writer.element(fc, "Beard", hasBeard) }
            }
            writer.optional(fc, "Expression", face.expression)
            let angles = [("roll", face.roll), ("pitch", face.pitch), ("yaw", face.yaw)].compactMap { name, angle in
                angle.map { (name, MetadataNumber.text($0, decimals: 2)) }
            }
            if !angles.isEmpty {
                writer.element(fc, "PoseAngle") { writer in writer.empty(fc, "PoseAngles", angles) }
            }
            let worn = [("Opticals", face.wearsGlasses), ("Hat", face.wearsHat), ("Mask", face.wearsMask)]
            guard worn.contains(where: { $0.1 != nil }) else { return }
            writer.element(fc, "Accessory") { writer in
                for case (let name, let isWorn?) in worn {
                    writer.element(fc, name) { writer in writer.element(fc, "Wear", isWorn) }
                }
            }
        }
    }

    func write(_ body: HumanBody, to writer: inout XMLWriter) {
        let bd = MetadataVocabulary.bd
        writer.element(MetadataVocabulary.tt, "HumanBody") { writer in
            if let height = body.height {
                writer.element(bd, "BodyMetric") { writer in
                    writer.element(bd, "Height", MetadataNumber.text(height * 100, decimals: 0))
                }
            }
            let hasBottoms = body.lowerColor != nil || body.lowerCategory != nil
            if body.upperColor != nil || hasBottoms || body.shoesColor != nil {
                writer.element(bd, "Clothing") { writer in
                    if let color = body.upperColor {
                        writer.element(bd, "Tops") { writer in writer.color(bd, "Color", [color]) }
                    }
                    if hasBottoms {
                        writer.element(bd, "Bottoms") { writer in
                            writer.optional(bd, "Category", body.lowerCategory)
                            if let color = body.lowerColor { writer.color(bd, "Color", [color]) }
                        }
                    }
                    if let color = body.shoesColor {
                        writer.element(bd, "Shoes") { writer in writer.color(bd, "Color", [color]) }
                    }
                }
            }
            if let bag = body.bag {
                writer.element(bd, "Belongings") { writer in
                    writer.element(bd, "Bag") { writer in
                        if !bag.isEmpty { writer.element(bd, "Category", bag) }
                    }
                }
            }
        }
    }
}
