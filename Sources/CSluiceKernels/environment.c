// The floating-point settings of a thread, which a library loaded elsewhere may have changed.
#include "CSluiceKernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

// All exceptions masked, round to nearest, neither flush-to-zero nor denormals-are-zero.
static const unsigned standard = 0x1f80;

uint64_t sluice_environment_enter(void) {
  unsigned before = _mm_getcsr();
  _mm_setcsr(standard);
  return before;
}

void sluice_environment_leave(uint64_t before) { _mm_setcsr((unsigned)before); }

#elif defined(__aarch64__)

uint64_t sluice_environment_enter(void) {
  uint64_t before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)0));
  return before;
}

void sluice_environment_leave(uint64_t before) {
  __asm__ volatile("msr fpcr, %0" : : "r"(before));
}

#else
#error "Sluice's arithmetic is defined for x86-64 and arm64."
#endif
