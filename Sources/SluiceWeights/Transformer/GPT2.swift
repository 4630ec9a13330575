/// A GPT-2 with its weights packed, ready to run.
struct GPT2: Sendable {
  /// One layer: attention and feed-forward, each behind a norm.
  struct Layer: Sendable {
    let attentionNorm: Norm
    let attention: Linear
    let attentionOut: Linear
    let innerNorm: Norm
    let inner: Linear
    let innerOut: Linear
  }

  let shape: GPT2Shape
  let tokens: Tensor
  let positions: Tensor
  let layers: [Layer]
  let finalNorm: Norm
  let head: Linear

  /// Packs the weights of a checkpoint whose tensors are exactly those of its configuration.
  init(_ shape: GPT2Shape, _ checkpoint: Checkpoint, on engine: Engine) throws {
    let parameters = Source(checkpoint: checkpoint, epsilon: shape.epsilon, engine: engine)
    self.shape = shape
    tokens = try parameters.tensor("wte.weight")
    positions = try parameters.tensor("wpe.weight")
    layers = try (0..<shape.layers).map { layer in
      try Task.checkCancellation()
      return Layer(
        attentionNorm: try parameters.norm("h.\(layer).ln_1"),
        attention: try parameters.linear("h.\(layer).attn.c_attn"),
        attentionOut: try parameters.linear("h.\(layer).attn.c_proj"),
        innerNorm: try parameters.norm("h.\(layer).ln_2"),
        inner: try parameters.linear("h.\(layer).mlp.c_fc"),
        innerOut: try parameters.linear("h.\(layer).mlp.c_proj")
      )
    }
    finalNorm = try parameters.norm("ln_f")
    let output = shape.isTied ? tokens : try parameters.tensor("lm_head.weight")
    head = Linear(matrix: PackedMatrix(output, isTransposed: true, on: engine), bias: [])
  }

  /// The factor of the scores in a layer: 1/√d, divided by the layer's number where that is asked.
  func scale(layer: Int) -> Float {
    let root = Float(shape.width / shape.heads).squareRoot()
    let scale: Float = shape.scalesAttention ? 1 / root : 1
    return shape.scalesByLayer ? scale / Float(layer + 1) : scale
  }

  // The names of the original release have no prefix, and the head never has one.
  private struct Source {
    let checkpoint: Checkpoint
    let epsilon: Float
    let engine: Engine

    func tensor(_ name: String) throws -> Tensor {
      let names: [TensorName] = ["\(name)", "transformer.\(name)"]
      guard let tensor = names.lazy.compactMap({ checkpoint.tensors[$0] }).first else {
        var comparison = Inventory.Comparison()
        comparison.missing = [names[1]]
        throw WeightsFault(Configuration.fileName, .inventory(comparison))
      }
      return tensor
    }

    func norm(_ name: String) throws -> Norm {
      Norm(
        weight: try tensor("\(name).weight").widened(),
        bias: try tensor("\(name).bias").widened(),
        epsilon: epsilon
      )
    }

    func linear(_ name: String) throws -> Linear {
      let weight = try tensor("\(name).weight")
      return Linear(
        matrix: PackedMatrix(weight, isTransposed: false, on: engine),
        bias: try tensor("\(name).bias").widened()
      )
    }
  }
}
