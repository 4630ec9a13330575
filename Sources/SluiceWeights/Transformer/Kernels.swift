internal import CSluiceKernels

/// The arithmetic contract's name and the ways of carrying it out.
public enum Kernels {
  /// The contract: what is fixed is written in `CSluiceKernels.h` and in the files here.
  ///
  /// Any change that moves one bit of one result is a new contract with a new name.
  public static let contract = "SLUICE-F32-1"

  /// A way of carrying out the contract; all give the same bits.
  public enum Path: String, CaseIterable, Hashable, Sendable {
    /// Vectors and fused multiply-adds of x86-64 processors since 2013.
    case avx2
    /// Plain C with a fused multiply-add of its own; runs everywhere, a hundred times slower.
    case scalar

    /// Whether this processor can.
    public var isAvailable: Bool { sluice_path_is_available(code) }

    /// The fastest that this processor can.
    public static var best: Path { allCases.first(where: \.isAvailable) ?? .scalar }

    var code: sluice_path {
      switch self {
      case .avx2: SLUICE_PATH_AVX2
      case .scalar: SLUICE_PATH_SCALAR
      }
    }
  }
}

extension ElementType {
  /// The form from which weights are widened to binary32; `nil` for one that is not read.
  var element: sluice_element? {
    switch self {
    case .f32: SLUICE_ELEMENT_F32
    case .f16: SLUICE_ELEMENT_F16
    case .bf16: SLUICE_ELEMENT_BF16
    case .f64: SLUICE_ELEMENT_F64
    default: nil
    }
  }
}

extension Activation {
  var code: sluice_activation {
    switch self {
    case .geluErf: SLUICE_ACTIVATION_GELU_ERF
    case .geluTanh: SLUICE_ACTIVATION_GELU_TANH
    case .silu: SLUICE_ACTIVATION_SILU
    case .relu: SLUICE_ACTIVATION_RELU
    }
  }
}
