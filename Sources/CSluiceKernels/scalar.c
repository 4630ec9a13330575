// The path that runs everywhere: plain C, with its own fused multiply-add.
#include "fused.h"
#include "paths.h"

#pragma STDC FP_CONTRACT OFF

#define NAME(x) sluice_##x##_scalar
#define FUSED(a, b, c) sluice_fused_inline(a, b, c)
#define ROWS 4
#define GROUP 2

static void NAME(tile)(const float *rows, size_t row_count, size_t row_stride, const float *panel,
                       size_t depth, const float *start, size_t start_stride, float *out,
                       size_t out_stride) {
  for (size_t m = 0; m < row_count; m++) {
    float chain[16];
    memcpy(chain, start + m * start_stride, sizeof chain);
    for (size_t k = 0; k < depth; k++)
      for (size_t lane = 0; lane < 16; lane++)
        chain[lane] = FUSED(rows[m * row_stride + k], panel[k * 16 + lane], chain[lane]);
    memcpy(out + m * out_stride, chain, sizeof chain);
  }
}

static void NAME(strip)(const float *row, const float *panels, size_t panel_stride, size_t depth,
                        const float *start, float *out) {
  for (size_t p = 0; p < GROUP; p++)
    NAME(tile)(row, 1, 0, panels + p * panel_stride, depth, start + p * 16, 0, out + p * 16, 0);
}

#include "product.h"

#include "elementwise.h"

float sluice_fused(float a, float b, float c) { return sluice_fused_inline(a, b, c); }
