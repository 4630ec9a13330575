// The search for bit patterns that must not occur in stored numbers.
#include "CSluiceKernels.h"

#include <string.h>

// Blocks are tested whole, which a compiler turns into vectors; only a block with a hit is searched.
#define BLOCK 512

#define FIND(type)                                                                                \
  static inline int hit_##type(const void *source, size_t i, type mask, type pattern) {           \
    type word;                                                                                    \
    memcpy(&word, (const char *)source + i * sizeof word, sizeof word);                           \
    return (word & mask) == pattern;                                                              \
  }                                                                                               \
  static size_t find_##type(const void *source, size_t count, type mask, type pattern) {          \
    for (size_t i = 0; i < count; i += BLOCK) {                                                   \
      size_t end = count - i < BLOCK ? count : i + BLOCK;                                         \
      int hits = 0;                                                                               \
      for (size_t j = i; j < end; j++) hits |= hit_##type(source, j, mask, pattern);              \
      if (!hits) continue;                                                                        \
      for (size_t j = i; j < end; j++)                                                            \
        if (hit_##type(source, j, mask, pattern)) return j;                                       \
    }                                                                                             \
    return count;                                                                                 \
  }

FIND(uint8_t)
FIND(uint16_t)
FIND(uint32_t)
FIND(uint64_t)

size_t sluice_find_word(const void *source, size_t count, size_t width, uint64_t mask,
                        uint64_t pattern) {
  switch (width) {
  case 1: return find_uint8_t(source, count, (uint8_t)mask, (uint8_t)pattern);
  case 2: return find_uint16_t(source, count, (uint16_t)mask, (uint16_t)pattern);
  case 4: return find_uint32_t(source, count, (uint32_t)mask, (uint32_t)pattern);
  default: return find_uint64_t(source, count, mask, pattern);
  }
}

size_t sluice_first_nonfinite(const float *x, size_t count) {
  return sluice_find_word(x, count, sizeof(float), 0x7f800000u, 0x7f800000u);
}
