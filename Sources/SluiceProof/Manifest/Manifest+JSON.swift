public import SluiceEncoding

extension Manifest {
  private static let type = "https://in-toto.io/Statement/v1"
  private static let predicateType = "https://model_signing/signature/v1.0"
  private static let format = "manifest"

  /// The statement in the one form that is written here.
  static func json(_ parts: Parts) -> JSONValue {
    let resources = parts.resources.map { resource -> JSONValue in
      [
        "name": .string(resource.path), "algorithm": "sha256",
        "digest": .string(resource.sha256.hex),
      ]
    }
    var predicate: JSONObject = [
      "serialization": [
        "method": "files", "hash_type": "sha256", "allow_symlinks": false,
        "ignore_paths": .array(parts.ignoredPaths.map { .string($0) }),
      ],
      "resources": .array(resources),
    ]
    if let binding = parts.binding {
      var sizes: JSONObject = [:]
      for resource in parts.resources { sizes[resource.path] = resource.size.map { .integer($0) } }
      predicate["sluice"] = [
        "release": .string(binding.release), "tier": .string(binding.tier),
        "audience": .string(binding.audience), "sizes": .object(sizes),
      ]
    }
    return [
      "_type": .string(type),
      "predicateType": .string(predicateType),
      "subject": [["name": .string(parts.model), "digest": ["sha256": .string(parts.root.hex)]]],
      "predicate": .object(predicate),
    ]
  }

  /// Reads a statement, ours or one that upstream's tool made.
  ///
  /// One with `predicate.sluice` must be spelt exactly as it is written here. Of another one the
  /// form is free, as JSON allows it, and unknown members of its predicate are ignored, as its
  /// specification asks.
  ///
  /// - Throws: `Malformed` for other types, methods and hashes, symbolic links, more subjects than
  ///   one, paths that the rules refuse, two of one name, and a root that does not fit.
  public init(statement: [UInt8]) throws(Malformed) {
    let value = try JSONValue(
      parsing: statement,
      .document.limited(to: Self.maximumBytes),
      format: Self.format
    )
    var fields = try JSONFields(value, format: Self.format)
    try fields.expect("_type", Self.type)
    try fields.expect("predicateType", Self.predicateType)
    let (model, root) = try Self.subject(try fields.array("subject"))
    var predicate = try fields.fields("predicate")
    try fields.finish()

    var serialization = try predicate.fields("serialization")
    try serialization.expect("method", "files")
    try serialization.expect("hash_type", "sha256")
    guard try !serialization.bool("allow_symlinks") else {
      throw serialization.fault("allow_symlinks", "must be false")
    }
    var ignored: [String] = []
    for path in try serialization.optionalArray("ignore_paths") ?? [] {
      guard let path = path.stringValue else {
        throw serialization.fault("ignore_paths", "must be an array of texts")
      }
      ignored.append(path)
    }
    var extra = try predicate.optionalFields("sluice")
    let sizes = try extra?.object("sizes")
    let resources = try Self.resources(try predicate.array("resources"), sizes: sizes)
    var binding: Binding?
    if var extra {
      binding = Binding(
        release: try extra.string("release"),
        tier: try extra.string("tier"),
        audience: try extra.string("audience")
      )
      try extra.finish()
    }
    let parts = Parts(
      model: model,
      resources: resources,
      root: root,
      ignoredPaths: ignored,
      binding: binding
    )
    if binding != nil {
      try self.init(model: model, resources: resources, binding: binding)
      guard self.statement == statement else {
        throw Malformed(Self.format, "is not in the one form of a manifest with predicate.sluice")
      }
    } else {
      try self.init(parts, statement: statement)
    }
  }

  private static func subject(
    _ subjects: [JSONValue]
  ) throws(Malformed) -> (model: String, root: SHA256Digest) {
    guard subjects.count == 1 else { throw Malformed(format, "subject: must be exactly one") }
    var subject = try JSONFields(subjects[0], format: format, path: "subject[0]")
    let model = try subject.string("name")
    var digest = try subject.fields("digest")
    let root = try digest.digest("sha256")
    try digest.finish()
    try subject.finish()
    return (model, root)
  }

  private static func resources(
    _ values: [JSONValue],
    sizes: JSONObject?
  ) throws(Malformed) -> [Resource] {
    var resources: [Resource] = []
    for (index, value) in values.enumerated() {
      var fields = try JSONFields(value, format: format, path: "predicate.resources[\(index)]")
      let path = try fields.string("name")
      try fields.expect("algorithm", "sha256")
      let size = sizes?[path]?.integerValue
      resources.append(Resource(path: path, sha256: try fields.digest("digest"), size: size))
    }
    return resources
  }
}

extension JSONFields {
  /// Takes a text that must be `text`.
  mutating func expect(_ name: String, _ text: String) throws(Malformed) {
    guard try string(name).utf8.elementsEqual(text.utf8) else {
      throw fault(name, "must be \(text)")
    }
  }
}
