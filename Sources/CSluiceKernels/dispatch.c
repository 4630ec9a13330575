// Which path is taken, and what does not depend on it.
#include "paths.h"

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define DISPATCH(path, name, ...)                                                                 \
  ((path) == SLUICE_PATH_AVX2 ? sluice_##name##_avx2(__VA_ARGS__)                                 \
                              : sluice_##name##_scalar(__VA_ARGS__))
#else
#define DISPATCH(path, name, ...) ((void)(path), sluice_##name##_scalar(__VA_ARGS__))
#endif

bool sluice_path_is_available(enum sluice_path path) {
  switch (path) {
  case SLUICE_PATH_SCALAR: return true;
  case SLUICE_PATH_AVX2:
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
  }
  return false;
}

void sluice_multiply(enum sluice_path path, const struct sluice_product *product) {
  DISPATCH(path, multiply, product);
}

void sluice_layer_norm(enum sluice_path path, const float *x, size_t row_count, size_t width,
                       const float *weight, const float *bias, float epsilon, float *out) {
  DISPATCH(path, layer_norm, x, row_count, width, weight, bias, epsilon, out);
}

void sluice_softmax(enum sluice_path path, float *x, size_t count, float scale) {
  DISPATCH(path, softmax, x, count, scale);
}

void sluice_activate(enum sluice_path path, enum sluice_activation activation, float *x,
                     size_t count) {
  DISPATCH(path, activate, activation, x, count);
}

float sluice_exp(enum sluice_path path, float x) { return DISPATCH(path, exp, x); }
float sluice_tanh(enum sluice_path path, float x) { return DISPATCH(path, tanh, x); }
float sluice_erf(enum sluice_path path, float x) { return DISPATCH(path, erf, x); }

void sluice_add(float *x, const float *y, size_t count) {
  for (size_t i = 0; i < count; i++) x[i] = x[i] + y[i];
}

void sluice_clear_signs_of_zero(float *x, size_t count) {
  for (size_t i = 0; i < count; i++) x[i] = x[i] + 0.0f;
}
