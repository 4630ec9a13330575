// The arithmetic of SLUICE-F32-1, written once and compiled for every instruction set that is used.
//
// The contract fixes each operation, so that a digest of logits can be compared between machines:
//
// - Values are IEEE 754 binary32, rounded to nearest even; subnormals are kept. Nothing is fused but
//   what is written as a fused multiply-add here, and there is no call into a mathematics library.
// - An element of a product is one chain: it starts from the bias or from +0, and k ascends. Vector
//   lanes hold different elements, never parts of one, so neither the width of a vector nor the
//   shape of a tile nor the number of threads can be seen in a result.
// - Sums over a row (norms, softmax) use 16 lanes: element i goes to lane i mod 16, in ascending
//   order; then lane[j] += lane[j + half] for half = 8, 4, 2, 1.
//
// Any change that moves one bit of one result is a new contract with a new name.
//
// Matrices are packed in panels: 16 columns side by side, the depth k outermost inside a panel,
// `panel[p][k][lane]` being the weight of column 16 p + lane. Lanes beyond the last column hold +0.
#ifndef C_SLUICE_KERNELS_H
#define C_SLUICE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How the arithmetic is carried out; every way gives the same bits.
enum sluice_path {
  /// Plain C with the fused multiply-add of `sluice_fused`.
  SLUICE_PATH_SCALAR = 0,
  /// Vectors of eight with the processor's own fused multiply-add.
  SLUICE_PATH_AVX2 = 1,
};

/// The functions applied to each element of a hidden layer.
enum sluice_activation {
  /// x / 2 · (1 + erf(x / √2)).
  SLUICE_ACTIVATION_GELU_ERF = 0,
  /// x / 2 · (1 + tanh(√(2/π) (x + 0.044715 x³))).
  SLUICE_ACTIVATION_GELU_TANH = 1,
  /// x / (1 + e^−x).
  SLUICE_ACTIVATION_SILU = 2,
  /// The larger of x and 0.
  SLUICE_ACTIVATION_RELU = 3,
};

/// How a stored number is written; little-endian.
enum sluice_element {
  SLUICE_ELEMENT_F32 = 0,
  SLUICE_ELEMENT_F16 = 1,
  SLUICE_ELEMENT_BF16 = 2,
  SLUICE_ELEMENT_F64 = 3,
};

/// A product of rows with a packed matrix: `out[m][n] = start + Σ rows[m][k] · matrix[k][n]`.
///
/// Only the columns of panels `first_panel` to `end_panel` (exclusive) are computed, which is how
/// threads share one product. Strides count floats.
struct sluice_product {
  const float *rows;
  size_t row_count;
  size_t row_stride;
  const float *panels;
  size_t panel_stride;
  size_t first_panel;
  size_t end_panel;
  size_t depth;
  size_t columns;
  /// Where each chain starts, an element a column; NULL for +0. Ignored when accumulating.
  const float *bias;
  float *out;
  size_t out_stride;
  /// Whether each chain goes on from what `out` holds.
  bool accumulate;
};

/// A matrix as it is stored, on its way into panels.
struct sluice_matrix {
  const void *source;
  enum sluice_element element;
  size_t depth;
  size_t columns;
  /// Whether the source is `[columns][depth]` (a linear layer), not `[depth][columns]`.
  bool column_major;
};

/// Whether this processor can take `path`.
bool sluice_path_is_available(enum sluice_path path);

/// Rounds a · b + c once, in plain C: exact for every input, subnormals, zeros and infinities included.
float sluice_fused(float a, float b, float c);

/// Sets rounding to nearest, keeps subnormals, masks traps; returns what was set before.
uint64_t sluice_environment_enter(void);

/// Restores what `sluice_environment_enter` returned. Both act on the calling thread only.
void sluice_environment_leave(uint64_t before);

/// Computes a product, or the panels of it that are asked for.
void sluice_multiply(enum sluice_path path, const struct sluice_product *product);

/// out = (x − mean) · 1/√(variance + ε) · weight + bias for each row, variance over n.
void sluice_layer_norm(enum sluice_path path, const float *x, size_t row_count, size_t width,
                       const float *weight, const float *bias, float epsilon, float *out);

/// Turns scores into probabilities in place: softmax of scale · x over `count` elements.
void sluice_softmax(enum sluice_path path, float *x, size_t count, float scale);

/// Applies an activation in place.
void sluice_activate(enum sluice_path path, enum sluice_activation activation, float *x,
                     size_t count);

/// e^x, within one unit in the last place; for tests and tables.
float sluice_exp(enum sluice_path path, float x);

/// The hyperbolic tangent; for tests and tables.
float sluice_tanh(enum sluice_path path, float x);

/// The error function; for tests and tables.
float sluice_erf(enum sluice_path path, float x);

/// x[i] = x[i] + y[i].
void sluice_add(float *x, const float *y, size_t count);

/// x[i] = x[i] + 0, which maps −0 to +0 and leaves all else alone.
void sluice_clear_signs_of_zero(float *x, size_t count);

/// The index of the first NaN or infinity, or `count` if there is none.
size_t sluice_first_nonfinite(const float *x, size_t count);

/// Widens stored numbers to binary32: exact, but for F64, which is rounded to nearest even.
void sluice_widen(enum sluice_element element, const void *source, size_t count, float *out);

/// Packs the panels `first_panel` to `end_panel` (exclusive); `out` is where panel 0 begins.
void sluice_pack(const struct sluice_matrix *matrix, size_t first_panel, size_t end_panel,
                 float *out);

/// The index of the first stored word of `width` bytes (1, 2, 4 or 8) whose bits under `mask`
/// equal `pattern`, or `count` if there is none.
size_t sluice_find_word(const void *source, size_t count, size_t width, uint64_t mask,
                        uint64_t pattern);

#endif
