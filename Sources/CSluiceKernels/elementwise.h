// What is done to each element or row, written once and compiled for every path.
//
// The including file defines FUSED(a, b, c), a multiply-add that is rounded once, and NAME(x), which
// gives a function its path's name. Straight-line expressions of + − × ÷ √ and FUSED: whatever a
// compiler does to put lanes side by side cannot change a bit of them.
#include "fused.h"
#include "paths.h"

#pragma STDC FP_CONTRACT OFF

#define LANES 16

// e^x = 2^n e^r with n = rint(x / ln 2) and |r| ≤ ln 2 / 2. Adding and subtracting 1.5 · 2^23 rounds
// to an integer, and leaves n in the low bits. The polynomial was fitted for the relative error
// (3.2e-9 before rounding). The scale is applied in two steps, of which only the second can round.
static inline float NAME(exp_inline)(float x) {
  const float shift = 0x1.8p23f;
  x = x < -104.0f ? -104.0f : x;
  x = x > 89.0f ? 89.0f : x;
  float shifted = x * 0x1.715476p+0f + shift;
  float n = shifted - shift;
  float r = FUSED(n, -0x1.62e430p-1f, x);
  r = FUSED(n, 0x1.05c610p-29f, r);
  float p = FUSED(0x1.6a5228p-10f, r, 0x1.12396cp-7f);
  p = FUSED(p, r, 0x1.5558aap-5f);
  p = FUSED(p, r, 0x1.555492p-3f);
  p = FUSED(p, r, 0x1.fffffcp-2f);
  p = FUSED(p, r, 1.0f);
  p = FUSED(p, r, 1.0f);
  int32_t exponent = (int32_t)(sluice_bits32(shifted) - sluice_bits32(shift));
  int32_t half = exponent >> 1;
  float first = sluice_float((uint32_t)(half + 127) << 23);
  float second = sluice_float((uint32_t)(exponent - half + 127) << 23);
  return (p * first) * second;
}

static inline float NAME(with_sign_of)(float magnitude, float x) {
  return sluice_float(sluice_bits32(magnitude) | (sluice_bits32(x) & 0x80000000u));
}

// (1 − e) / (1 + e) with e = e^−2|x|; below 0.02, where that cancels, the series x − x³/3 + 2x⁵/15.
static inline float NAME(tanh_inline)(float x) {
  float a = sluice_float(sluice_bits32(x) & 0x7fffffffu);
  float square = a * a;
  float series = FUSED(a * square, FUSED(square, 0x1.111112p-3f, -0x1.555556p-2f), a);
  float e = NAME(exp_inline)(-2.0f * a);
  float quotient = (1.0f - e) / (1.0f + e);
  return NAME(with_sign_of)(a < 0.02f ? series : quotient, x);
}

// Below 1, x + x q(x²); from there to 4, 1 − e^p(x − 2.5) with p fitted to ln erfc; beyond, 1.
static inline float NAME(erf_inline)(float x) {
  float a = sluice_float(sluice_bits32(x) & 0x7fffffffu);
  float t = a * a;
  float q = FUSED(0x1.4c344ep-14f, t, -0x1.a50b0ep-11f);
  q = FUSED(q, t, 0x1.542e10p-8f);
  q = FUSED(q, t, -0x1.b7fe90p-6f);
  q = FUSED(q, t, 0x1.ce2d50p-4f);
  q = FUSED(q, t, -0x1.812740p-2f);
  q = FUSED(q, t, 0x1.06eba8p-3f);
  float below = FUSED(a, q, a);
  float d = (a > 4.0f ? 4.0f : a) - 2.5f;
  float p = FUSED(-0x1.737e14p-16f, d, 0x1.eca448p-15f);
  p = FUSED(p, d, -0x1.cc866ep-12f);
  p = FUSED(p, d, 0x1.1a896ep-9f);
  p = FUSED(p, d, -0x1.63e0a6p-7f);
  p = FUSED(p, d, -0x1.e345fcp-1f);
  p = FUSED(p, d, -0x1.569250p+2f);
  p = FUSED(p, d, -0x1.f3a2dcp+2f);
  float above = 1.0f - NAME(exp_inline)(p);
  return NAME(with_sign_of)(a < 1.0f ? below : above, x);
}

float NAME(exp)(float x) { return NAME(exp_inline)(x); }
float NAME(tanh)(float x) { return NAME(tanh_inline)(x); }
float NAME(erf)(float x) { return NAME(erf_inline)(x); }

void NAME(activate)(enum sluice_activation activation, float *x, size_t count) {
  switch (activation) {
  case SLUICE_ACTIVATION_GELU_ERF:
    for (size_t i = 0; i < count; i++)
      x[i] = (0.5f * x[i]) * (1.0f + NAME(erf_inline)(x[i] * 0x1.6a09e6p-1f));
    break;
  case SLUICE_ACTIVATION_GELU_TANH:
    for (size_t i = 0; i < count; i++) {
      float cube = (x[i] * x[i]) * x[i];
      float u = 0x1.988454p-1f * FUSED(0x1.6e4e26p-5f, cube, x[i]);
      x[i] = (0.5f * x[i]) * (1.0f + NAME(tanh_inline)(u));
    }
    break;
  case SLUICE_ACTIVATION_SILU:
    for (size_t i = 0; i < count; i++) x[i] = x[i] / (1.0f + NAME(exp_inline)(-x[i]));
    break;
  case SLUICE_ACTIVATION_RELU:
    for (size_t i = 0; i < count; i++) x[i] = x[i] < 0.0f ? 0.0f : x[i];
    break;
  }
}

static inline float NAME(fold)(float *lanes) {
  for (size_t half = LANES / 2; half > 0; half /= 2)
    for (size_t j = 0; j < half; j++) lanes[j] += lanes[j + half];
  return lanes[0];
}

void NAME(layer_norm)(const float *x, size_t row_count, size_t width, const float *weight,
                      const float *bias, float epsilon, float *out) {
  for (size_t row = 0; row < row_count; row++, x += width, out += width) {
    float lanes[LANES] = {0};
    size_t whole = width - width % LANES;
    for (size_t i = 0; i < whole; i += LANES)
      for (size_t j = 0; j < LANES; j++) lanes[j] += x[i + j];
    for (size_t j = 0; whole + j < width; j++) lanes[j] += x[whole + j];
    float mean = NAME(fold)(lanes) / (float)width;
    memset(lanes, 0, sizeof lanes);
    for (size_t i = 0; i < whole; i += LANES)
      for (size_t j = 0; j < LANES; j++) {
        float t = x[i + j] - mean;
        lanes[j] = FUSED(t, t, lanes[j]);
      }
    for (size_t j = 0; whole + j < width; j++) {
      float t = x[whole + j] - mean;
      lanes[j] = FUSED(t, t, lanes[j]);
    }
    float variance = NAME(fold)(lanes) / (float)width;
    float r = 1.0f / __builtin_elementwise_sqrt(variance + epsilon);
    for (size_t i = 0; i < width; i++) out[i] = FUSED((x[i] - mean) * r, weight[i], bias[i]);
  }
}

void NAME(softmax)(float *x, size_t count, float scale) {
  if (count == 0) return;
  float lanes[LANES];
  size_t whole = count - count % LANES;
  for (size_t i = 0; i < count; i++) x[i] = x[i] * scale;
  for (size_t j = 0; j < LANES; j++) lanes[j] = x[0];
  for (size_t i = 0; i < whole; i += LANES)
    for (size_t j = 0; j < LANES; j++) lanes[j] = x[i + j] > lanes[j] ? x[i + j] : lanes[j];
  for (size_t j = 0; whole + j < count; j++)
    lanes[j] = x[whole + j] > lanes[j] ? x[whole + j] : lanes[j];
  float largest = lanes[0];
  for (size_t j = 1; j < LANES; j++) largest = lanes[j] > largest ? lanes[j] : largest;
  for (size_t i = 0; i < count; i++) x[i] = NAME(exp_inline)(x[i] - largest);
  memset(lanes, 0, sizeof lanes);
  for (size_t i = 0; i < whole; i += LANES)
    for (size_t j = 0; j < LANES; j++) lanes[j] += x[i + j];
  for (size_t j = 0; whole + j < count; j++) lanes[j] += x[whole + j];
  float reciprocal = 1.0f / NAME(fold)(lanes);
  for (size_t i = 0; i < count; i++) x[i] = x[i] * reciprocal;
}
