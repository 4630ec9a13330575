extension Inventory {
  /// The tensors of a GPT-2; two-dimensional weights of its layers are `[in, out]`.
  static func gpt2(_ shape: GPT2Shape, prefix: String) -> Inventory {
    let (width, inner) = (shape.width, shape.inner)
    var inventory = Inventory()
    inventory.expect("\(prefix)wte.weight", [shape.vocabulary, width])
    inventory.expect("\(prefix)wpe.weight", [shape.positions, width])
    for layer in 0..<shape.layers {
      let name = "\(prefix)h.\(layer)"
      inventory.expect("\(name).ln_1", weight: [width], bias: width)
      inventory.expect("\(name).attn.c_attn", weight: [width, 3 * width], bias: 3 * width)
      inventory.expect("\(name).attn.c_proj", weight: [width, width], bias: width)
      inventory.expect("\(name).ln_2", weight: [width], bias: width)
      inventory.expect("\(name).mlp.c_fc", weight: [width, inner], bias: inner)
      inventory.expect("\(name).mlp.c_proj", weight: [inner, width], bias: width)
      inventory.expect("\(name).attn.bias", [1, 1, shape.positions, shape.positions], .buffer)
      inventory.expect("\(name).attn.masked_bias", [], .buffer)
    }
    inventory.expect("\(prefix)ln_f", weight: [width], bias: width)
    if !shape.isTied { inventory.expect("lm_head.weight", [shape.vocabulary, width]) }
    return inventory
  }

  /// The tensors of a BERT; all weights are `[out, in]`, and the heads are there or not.
  static func bert(_ shape: BERTShape, prefix: String) -> Inventory {
    let (width, inner) = (shape.width, shape.inner)
    var inventory = Inventory()
    func norm(_ name: String, _ presence: Presence = .required) {
      inventory.expect(
        "\(name).LayerNorm.weight",
        [width],
        presence,
        or: ["\(name).LayerNorm.gamma"]
      )
      inventory.expect("\(name).LayerNorm.bias", [width], presence, or: ["\(name).LayerNorm.beta"])
    }
    let embeddings = "\(prefix)embeddings"
    inventory.expect("\(embeddings).word_embeddings.weight", [shape.vocabulary, width])
    inventory.expect("\(embeddings).position_embeddings.weight", [shape.positions, width])
    inventory.expect("\(embeddings).token_type_embeddings.weight", [shape.segments, width])
    inventory.expect("\(embeddings).position_ids", [1, shape.positions], .buffer)
    norm(embeddings)
    for layer in 0..<shape.layers {
      let name = "\(prefix)encoder.layer.\(layer)"
      for part in ["query", "key", "value"] {
        inventory.expect("\(name).attention.self.\(part)", weight: [width, width], bias: width)
      }
      inventory.expect("\(name).attention.output.dense", weight: [width, width], bias: width)
      norm("\(name).attention.output")
      inventory.expect("\(name).intermediate.dense", weight: [inner, width], bias: inner)
      inventory.expect("\(name).output.dense", weight: [width, inner], bias: width)
      norm("\(name).output")
    }
    let pooler = Presence.together("pooler")
    inventory.expect("\(prefix)pooler.dense", weight: [width, width], bias: width, pooler)
    let masked = Presence.together("masked language model")
    let head = "cls.predictions"
    inventory.expect("\(head).transform.dense", weight: [width, width], bias: width, masked)
    norm("\(head).transform", masked)
    inventory.expect("\(head).bias", [shape.vocabulary], masked, or: ["\(head).decoder.bias"])
    inventory.expect("\(head).decoder.weight", [shape.vocabulary, width], .buffer)
    let next = Presence.together("next sentence")
    inventory.expect("cls.seq_relationship", weight: [2, width], bias: 2, next)
    return inventory
  }
}
