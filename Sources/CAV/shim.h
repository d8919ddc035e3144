#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>

// Macros that Swift cannot read.

static inline int glasseye_again(void) { return AVERROR(EAGAIN); }
static inline int glasseye_end(void) { return AVERROR_EOF; }
static inline int64_t glasseye_no_time(void) { return AV_NOPTS_VALUE; }

// Quantiser of the JPEG encoder in its own unit.
static inline int glasseye_quality(int quantiser) { return quantiser * FF_QP2LAMBDA; }

// A decoder that reports each damage instead of hiding it.
static inline void glasseye_be_strict(AVCodecContext *context) {
    context->err_recognition |= AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE;
}
