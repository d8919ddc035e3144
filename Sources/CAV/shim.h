#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/cpu.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>

// Macros that Swift cannot read.

static inline int glasseye_again(void) { return AVERROR(EAGAIN); }
static inline int glasseye_end(void) { return AVERROR_EOF; }
static inline int64_t glasseye_no_time(void) { return AV_NOPTS_VALUE; }

// Quantiser of the JPEG encoder in its own unit.
static inline int glasseye_quality(int quantiser) { return quantiser * FF_QP2LAMBDA; }

// Memory that libavcodec frees; bytes behind the end as it wants them.
static inline int glasseye_set_extradata(AVCodecContext *context, const uint8_t *bytes, long count) {
    context->extradata = av_mallocz(count + AV_INPUT_BUFFER_PADDING_SIZE);
    if (!context->extradata) return AVERROR(ENOMEM);
    for (long index = 0; index < count; index++) context->extradata[index] = bytes[index];
    context->extradata_size = (int)count;
    return 0;
}

// A decoder that reports each damage instead of hiding it.
static inline void glasseye_be_strict(AVCodecContext *context) {
    context->err_recognition |= AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE;
}

// The same for the parameters of a file's stream.
static inline int glasseye_set_stream_extradata(AVCodecParameters *parameters, const uint8_t *bytes, long count) {
    if (count == 0) return 0;
    parameters->extradata = av_mallocz(count + AV_INPUT_BUFFER_PADDING_SIZE);
    if (!parameters->extradata) return AVERROR(ENOMEM);
    for (long index = 0; index < count; index++) parameters->extradata[index] = bytes[index];
    parameters->extradata_size = (int)count;
    return 0;
}
