// The walk over a product in tiles, the same for every path.
//
// The including file defines NAME(x), ROWS (how many rows a tile has), GROUP (how many panels a
// single row takes at once) and the two tiles
//
//   NAME(tile)(rows, row_count, row_stride, panel, depth, start, start_stride, out, out_stride)
//   NAME(strip)(row, panels, panel_stride, depth, start, out)
//
// of 1 to ROWS rows by one panel, and of one row by GROUP panels. `start` is where each chain begins;
// a stride of 0 gives all rows the same start, and `start` may be `out`.
#include "paths.h"

#include <string.h>

#define WIDTH 16

struct NAME(span) {
  const float *rows;
  float *out;
  size_t count;
};

// The last panel may be narrower than 16: it goes through a buffer, so that nothing is read or
// written beyond the columns.
static void NAME(narrow)(const struct sluice_product *p, struct NAME(span) span,
                         const float *panel, size_t column, size_t width) {
  float buffer[ROWS * WIDTH] = {0};
  for (size_t m = 0; m < span.count; m++) {
    const float *start = p->accumulate ? span.out + m * p->out_stride : p->bias;
    if (start) memcpy(buffer + m * WIDTH, start + column, width * sizeof(float));
  }
  NAME(tile)(span.rows, span.count, p->row_stride, panel, p->depth, buffer, WIDTH, buffer, WIDTH);
  for (size_t m = 0; m < span.count; m++)
    memcpy(span.out + m * p->out_stride + column, buffer + m * WIDTH, width * sizeof(float));
}

static void NAME(wide)(const struct sluice_product *p, struct NAME(span) span, const float *panel,
                       size_t column) {
  static const float zeros[WIDTH];
  float *out = span.out + column;
  const float *start = p->accumulate ? out : p->bias ? p->bias + column : zeros;
  NAME(tile)(span.rows, span.count, p->row_stride, panel, p->depth, start,
             p->accumulate ? p->out_stride : 0, out, p->out_stride);
}

static void NAME(single)(const struct sluice_product *p, const float *panel, size_t column) {
  static const float zeros[GROUP * WIDTH];
  float *out = p->out + column;
  const float *start = p->accumulate ? out : p->bias ? p->bias + column : zeros;
  NAME(strip)(p->rows, panel, p->panel_stride, p->depth, start, out);
}

// Rows are taken in blocks that stay in the cache while all panels pass by.
#define BLOCK 96

void NAME(multiply)(const struct sluice_product *p) {
  for (size_t block = 0; block < p->row_count; block += BLOCK) {
    size_t end = p->row_count - block < BLOCK ? p->row_count : block + BLOCK;
    for (size_t index = p->first_panel; index < p->end_panel; index++) {
      const float *panel = p->panels + index * p->panel_stride;
      size_t column = index * WIDTH;
      if (p->row_count == 1 && index + GROUP <= p->end_panel &&
          column + GROUP * WIDTH <= p->columns) {
        NAME(single)(p, panel, column);
        index += GROUP - 1;
        continue;
      }
      size_t width = p->columns - column < WIDTH ? p->columns - column : WIDTH;
      for (size_t m = block; m < end; m += ROWS) {
        struct NAME(span) span = {p->rows + m * p->row_stride, p->out + m * p->out_stride,
                                  end - m < ROWS ? end - m : ROWS};
        if (width < WIDTH)
          NAME(narrow)(p, span, panel, column, width);
        else
          NAME(wide)(p, span, panel, column);
      }
    }
  }
}
