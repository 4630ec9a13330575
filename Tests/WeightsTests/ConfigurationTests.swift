import SluiceEncoding
import SluiceWeights
import Testing

@Suite("A config.json")
struct ConfigurationTests {
  @Test func `of GPT-2 gives its numbers`() throws {
    let configuration = try read(
      #"{"model_type":"gpt2","n_embd":48,"n_head":3,"n_layer":3,"n_inner":80,"n_positions":48,"#
        + #""vocab_size":211,"layer_norm_epsilon":0.0001,"scale_attn_by_inverse_layer_idx":true,"#
        + #""activation_function":"gelu","tie_word_embeddings":false,"scale_attn_weights":false}"#
    )
    var shape = GPT2Shape(vocabulary: 211, positions: 48, width: 48, layers: 3, heads: 3)
    shape.inner = 80
    shape.epsilon = 1e-4
    shape.scalesByLayer = true
    shape.activation = .geluErf
    shape.isTied = false
    shape.scalesAttention = false
    #expect(configuration.architecture == .gpt2(shape))
    #expect(configuration.unsupported == [])
  }

  @Test func `leaves defaults out`() throws {
    let shape = GPT2Shape(vocabulary: 50_257, positions: 1024, width: 768, layers: 12, heads: 12)
    #expect(try read(#"{"model_type":"gpt2","n_inner":null}"#).architecture == .gpt2(shape))
    var short = shape
    short.positions = 512
    #expect(try read(#"{"model_type":"gpt2","n_ctx":512}"#).architecture == .gpt2(short))
  }

  @Test(arguments: [
    (#""activation_function":"mish""#, #"config key activation_function = "mish" not supported"#),
    (#""pruned_heads":{"0":[1]}"#, #"config key pruned_heads = {"0":[1]} not supported"#),
    (
      #""quantization_config":{"bits":4}"#,
      #"config key quantization_config = {"bits":4} not supported"#
    ),
    (#""add_cross_attention":true"#, "config key add_cross_attention = true not supported"),
  ])
  func `names what is not supported`(member: String, sentence: String) throws {
    let configuration = try read(#"{"model_type":"gpt2",\#(member)}"#)
    #expect(configuration.unsupported.map(\.description) == [sentence])
  }

  @Test func `of BERT names what is not supported`() throws {
    let configuration = try read(
      #"{"model_type":"bert","position_embedding_type":"relative_key","is_decoder":true}"#
    )
    #expect(configuration.unsupported.map(\.key) == ["position_embedding_type", "is_decoder"])
  }

  @Test(arguments: [
    #"{"model_type":"llama"}"#,
    #"{"model_type":"gpt2","architectures":["GPT2ForTokenClassification"]}"#,
    #"{"architectures":["resnet50"]}"#,
  ])
  func `of another architecture is read, and no more`(text: String) throws {
    #expect(try read(text).architecture == .unknown)
  }

  @Test func `that names code is said to`() throws {
    #expect(try read(#"{"model_type":"x","auto_map":{"AutoModel":"m.M"}}"#).namesCode)
    #expect(try !read(#"{"model_type":"x"}"#).namesCode)
  }

  @Test(arguments: [
    #"{"model_type":"gpt2","n_embd":770,"n_head":12}"#, #"{"model_type":"gpt2","n_layer":0}"#,
    #"{"model_type":"gpt2","n_layer":1000000}"#, #"{"model_type":"gpt2","n_embd":"768"}"#,
    #"{"model_type":"gpt2","layer_norm_epsilon":-1e-5}"#,
    #"{"model_type":"gpt2","layer_norm_epsilon":1e99}"#, #"{"model_type":7}"#,
    #"{"model_type":"gpt2","model_type":"bert"}"#, #"{"model_type":"gpt2","n_layer":NaN}"#,
    #"{"architectures":[1]}"#, "[]", "",
  ])
  func `that is malformed is refused`(text: String) {
    #expect(throws: Malformed.self) { try read(text) }
  }

  @Test func `of more than a mebibyte is refused`() {
    let text = #"{"a":""# + String(repeating: "x", count: 1 << 20) + #""}"#
    #expect(throws: Malformed.self) { try read(text) }
  }

  private func read(_ text: String) throws(Malformed) -> Configuration {
    try Configuration(parsing: Array(text.utf8))
  }
}
