// From stored numbers to binary32, and from matrices to panels.
#include "fused.h"
#include "CSluiceKernels.h"

#pragma STDC FP_CONTRACT OFF

#define WIDTH 16

// Moves exponent and fraction of a half into place and multiplies by 2^112, which restores the bias
// and makes subnormals normal, exactly. What was all ones in the exponent stays so.
static inline float half(uint16_t bits) {
  uint32_t magnitude = (uint32_t)(bits & 0x7fff) << 13;
  uint32_t scaled = sluice_bits32(sluice_float(magnitude) * 0x1p112f);
  uint32_t special = magnitude | 0x7f800000u;
  uint32_t sign = (uint32_t)(bits & 0x8000) << 16;
  return sluice_float(((bits & 0x7c00) == 0x7c00 ? special : scaled) | sign);
}

// Sources need not be aligned: a tensor begins wherever its header ends.
static inline float element_f32(const void *source, size_t i) {
  float value;
  memcpy(&value, (const char *)source + i * sizeof value, sizeof value);
  return value;
}

static inline uint16_t short_at(const void *source, size_t i) {
  uint16_t value;
  memcpy(&value, (const char *)source + i * sizeof value, sizeof value);
  return value;
}

static inline float element_f16(const void *source, size_t i) { return half(short_at(source, i)); }

static inline float element_bf16(const void *source, size_t i) {
  return sluice_float((uint32_t)short_at(source, i) << 16);
}

static inline float element_f64(const void *source, size_t i) {
  double value;
  memcpy(&value, (const char *)source + i * sizeof value, sizeof value);
  return (float)value;
}

// One pair of loops for each element type, so that no loop asks for the type.
#define CONVERSIONS(type)                                                                         \
  static void widen_##type(const void *source, size_t count, float *out) {                        \
    for (size_t i = 0; i < count; i++) out[i] = element_##type(source, i);                        \
  }                                                                                               \
  static void pack_##type(const struct sluice_matrix *m, size_t column, size_t width,             \
                          float *panel) {                                                         \
    if (m->column_major) {                                                                        \
      for (size_t lane = 0; lane < width; lane++)                                                 \
        for (size_t k = 0; k < m->depth; k++)                                                     \
          panel[k * WIDTH + lane] =                                                               \
              element_##type(m->source, (column + lane) * m->depth + k);                          \
    } else {                                                                                      \
      for (size_t k = 0; k < m->depth; k++)                                                       \
        for (size_t lane = 0; lane < width; lane++)                                               \
          panel[k * WIDTH + lane] =                                                               \
              element_##type(m->source, k * m->columns + column + lane);                          \
    }                                                                                             \
    for (size_t k = 0; k < m->depth; k++)                                                         \
      for (size_t lane = width; lane < WIDTH; lane++) panel[k * WIDTH + lane] = 0.0f;             \
  }

CONVERSIONS(f32)
CONVERSIONS(f16)
CONVERSIONS(bf16)
CONVERSIONS(f64)

void sluice_widen(enum sluice_element element, const void *source, size_t count, float *out) {
  switch (element) {
  case SLUICE_ELEMENT_F32: widen_f32(source, count, out); break;
  case SLUICE_ELEMENT_F16: widen_f16(source, count, out); break;
  case SLUICE_ELEMENT_BF16: widen_bf16(source, count, out); break;
  case SLUICE_ELEMENT_F64: widen_f64(source, count, out); break;
  }
}

void sluice_pack(const struct sluice_matrix *m, size_t first_panel, size_t end_panel, float *out) {
  for (size_t index = first_panel; index < end_panel; index++) {
    size_t column = index * WIDTH;
    size_t width = m->columns - column < WIDTH ? m->columns - column : WIDTH;
    float *panel = out + index * m->depth * WIDTH;
    switch (m->element) {
    case SLUICE_ELEMENT_F32: pack_f32(m, column, width, panel); break;
    case SLUICE_ELEMENT_F16: pack_f16(m, column, width, panel); break;
    case SLUICE_ELEMENT_BF16: pack_bf16(m, column, width, panel); break;
    case SLUICE_ELEMENT_F64: pack_f64(m, column, width, panel); break;
    }
  }
}
