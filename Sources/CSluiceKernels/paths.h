// What every path provides under its own name; `dispatch.c` chooses.
#ifndef SLUICE_PATHS_H
#define SLUICE_PATHS_H

#include "CSluiceKernels.h"

#define SLUICE_DECLARE_PATH(path)                                                                 \
  void sluice_multiply_##path(const struct sluice_product *product);                              \
  void sluice_layer_norm_##path(const float *x, size_t row_count, size_t width,                   \
                                const float *weight, const float *bias, float epsilon,            \
                                float *out);                                                      \
  void sluice_softmax_##path(float *x, size_t count, float scale);                                \
  void sluice_activate_##path(enum sluice_activation activation, float *x, size_t count);         \
  float sluice_exp_##path(float x);                                                               \
  float sluice_tanh_##path(float x);                                                              \
  float sluice_erf_##path(float x);

SLUICE_DECLARE_PATH(scalar)
SLUICE_DECLARE_PATH(avx2)

#endif
