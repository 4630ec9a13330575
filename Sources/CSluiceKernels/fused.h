// A fused multiply-add in plain C, rounded once.
#ifndef SLUICE_FUSED_H
#define SLUICE_FUSED_H

#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

static inline uint64_t sluice_bits64(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline uint32_t sluice_bits32(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline float sluice_float(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// The product of two binary32 numbers is exact in binary64. The sum is not, and rounding it a second
// time, to binary32, could go the wrong way. So the sum is rounded to odd: where it was inexact, of
// the two neighbours in binary64 the one with an odd last bit is taken. A number with more than two
// bits to spare that was rounded to odd keeps on which side of every midpoint it lies, and the second
// rounding is then the only one (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums").
//
// No branch, so that a compiler may put lanes side by side. The error of the sum is that of Knuth's
// two-sum; it is NaN where the sum is not finite, and then nothing is corrected.
static inline float sluice_fused_inline(float a, float b, float c) {
  double product = (double)a * (double)b;
  double addend = (double)c;
  double sum = product + addend;
  double virtual_addend = sum - product;
  double error = (product - (sum - virtual_addend)) + (addend - virtual_addend);
  uint64_t bits = sluice_bits64(sum);
  uint64_t inexact = (uint64_t)(error > 0.0) | (uint64_t)(error < 0.0);
  uint64_t step = inexact & ~bits & 1;
  uint64_t opposed = (bits ^ sluice_bits64(error)) >> 63;
  bits += step - 2 * (step & opposed);
  double odd;
  memcpy(&odd, &bits, sizeof odd);
  return (float)odd;
}

#endif
