#include <zlib.h>

/* inflateInit2 is a macro, which Swift cannot call. Window bits 15 + 16: gzip only. */
static inline int czlib_inflate_init_gzip(z_stream *stream) {
  return inflateInit2(stream, 15 + 16);
}

/* The same for deflateInit2, with zlib's own choice of memory and strategy. */
static inline int czlib_deflate_init_gzip(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

/* Deflate data alone, without a header or a checksum. */
static inline int czlib_deflate_init_raw(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
