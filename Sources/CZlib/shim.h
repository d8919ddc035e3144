#include <zlib.h>

/// deflateInit2 and inflateInit2 are macros, which Swift does not see.
static inline int glasseye_deflate_init(z_stream *stream, int level, int window) {
    return deflateInit2(stream, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
}

static inline int glasseye_inflate_init(z_stream *stream, int window) {
    return inflateInit2(stream, window);
}
