internal import CSluiceKernels

extension Tensor {
  /// The index of the first element that is a NaN or an infinity; `nil` if there is none.
  ///
  /// Element types that cannot hold either are not looked at.
  public var firstNonFinite: Int? {
    guard let form = elementType.nonFinite else { return nil }
    return withUnsafeBytes { bytes in
      let count = bytes.count / form.width
      let found = sluice_find_word(bytes.baseAddress, count, form.width, form.mask, form.pattern)
      return found == count ? nil : found * form.width * 8 / elementType.bits
    }
  }
}

extension ElementType {
  /// The words whose bits under `mask` equal `pattern` are the NaNs and infinities of a type.
  fileprivate var nonFinite: (width: Int, mask: UInt64, pattern: UInt64)? {
    switch self {
    case .f16: (2, 0x7c00, 0x7c00)
    case .bf16: (2, 0x7f80, 0x7f80)
    case .f32, .c64: (4, 0x7f80_0000, 0x7f80_0000)
    case .f64: (8, 0x7ff0_0000_0000_0000, 0x7ff0_0000_0000_0000)
    case .f8E5M2: (1, 0x7c, 0x7c)
    case .f8E4M3: (1, 0x7f, 0x7f)
    case .f8E4M3FNUZ, .f8E5M2FNUZ: (1, 0xff, 0x80)
    case .f8E8M0: (1, 0xff, 0xff)
    case .bool, .f4, .f6E2M3, .f6E3M2, .u8, .i8, .i16, .u16, .i32, .u32, .i64, .u64: nil
    }
  }
}
