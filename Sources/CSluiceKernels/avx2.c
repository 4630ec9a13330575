// The path for x86-64 processors with AVX2 and FMA, chosen at run time.
//
// Only the functions of this file are compiled for those instructions, so that the program still
// starts on a processor without them.
#if defined(__x86_64__)

#include "fused.h"
#include "paths.h"

#include <immintrin.h>

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define NAME(x) sluice_##x##_avx2
#define FUSED(a, b, c) __builtin_elementwise_fma(a, b, c)
#define ROWS 6
#define GROUP 4

// `count` is a constant at every call, so each call becomes its own loop with its own registers.
static inline __attribute__((always_inline)) void NAME(tile_of)(
    const size_t count, const float *rows, size_t row_stride, const float *panel, size_t depth,
    const float *start, size_t start_stride, float *out, size_t out_stride) {
  __m256 low[ROWS], high[ROWS];
#pragma clang loop unroll(full)
  for (size_t m = 0; m < count; m++) {
    low[m] = _mm256_loadu_ps(start + m * start_stride);
    high[m] = _mm256_loadu_ps(start + m * start_stride + 8);
  }
  for (size_t k = 0; k < depth; k++) {
    __m256 left = _mm256_loadu_ps(panel + k * 16);
    __m256 right = _mm256_loadu_ps(panel + k * 16 + 8);
#pragma clang loop unroll(full)
    for (size_t m = 0; m < count; m++) {
      __m256 x = _mm256_broadcast_ss(rows + m * row_stride + k);
      low[m] = _mm256_fmadd_ps(x, left, low[m]);
      high[m] = _mm256_fmadd_ps(x, right, high[m]);
    }
  }
#pragma clang loop unroll(full)
  for (size_t m = 0; m < count; m++) {
    _mm256_storeu_ps(out + m * out_stride, low[m]);
    _mm256_storeu_ps(out + m * out_stride + 8, high[m]);
  }
}

#define TILE(count)                                                                               \
  NAME(tile_of)(count, rows, row_stride, panel, depth, start, start_stride, out, out_stride)

static void NAME(tile)(const float *rows, size_t row_count, size_t row_stride, const float *panel,
                       size_t depth, const float *start, size_t start_stride, float *out,
                       size_t out_stride) {
  switch (row_count) {
  case 1: TILE(1); break;
  case 2: TILE(2); break;
  case 3: TILE(3); break;
  case 4: TILE(4); break;
  case 5: TILE(5); break;
  default: TILE(6); break;
  }
}

static void NAME(strip)(const float *row, const float *panels, size_t panel_stride, size_t depth,
                        const float *start, float *out) {
  __m256 chain[2 * GROUP];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < 2 * GROUP; i++) chain[i] = _mm256_loadu_ps(start + i * 8);
  for (size_t k = 0; k < depth; k++) {
    __m256 x = _mm256_broadcast_ss(row + k);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 2 * GROUP; i++) {
      const float *weights = panels + (i / 2) * panel_stride + k * 16 + (i % 2) * 8;
      chain[i] = _mm256_fmadd_ps(x, _mm256_loadu_ps(weights), chain[i]);
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < 2 * GROUP; i++) _mm256_storeu_ps(out + i * 8, chain[i]);
}

#include "product.h"

#include "elementwise.h"

#pragma clang attribute pop

#endif
