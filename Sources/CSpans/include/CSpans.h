// Sixteen pixels at a time, in integers (and one product and sum of floats), the same on every processor.
// In C because the compiler's vectors narrow, widen and compare here without leaving the registers.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#pragma STDC FP_CONTRACT OFF

typedef uint8_t glasseye_u8x16 __attribute__((vector_size(16)));
typedef uint8_t glasseye_u8x8 __attribute__((vector_size(8)));
typedef uint16_t glasseye_u16x8 __attribute__((vector_size(16)));
typedef int16_t glasseye_i16x8 __attribute__((vector_size(16)));
typedef uint32_t glasseye_u32x4 __attribute__((vector_size(16)));
typedef int32_t glasseye_i32x4 __attribute__((vector_size(16)));
typedef float glasseye_f32x4 __attribute__((vector_size(16)));

/// A level of a texture: rows of pairs, each the byte of a row and below it that of the next; a further column on the
/// right. Sides are powers of two.
typedef struct {
    const uint16_t *shade;
    const uint16_t *tint;
    int32_t mask;
    int32_t stride;
} glasseye_level;

/// A line in a plane: place of the first sample and way to the next, in 65536ths.
typedef struct {
    int32_t u, v, du, dv;
} glasseye_line;

/// A number along pixels: the first and the way to the next, in 256ths.
typedef struct {
    uint16_t first, step;
} glasseye_ramp;

static inline __attribute__((always_inline)) glasseye_u16x8 glasseye_iota(void) {
    return (glasseye_u16x8){0, 1, 2, 3, 4, 5, 6, 7};
}

/// Four sums of two products.
static inline __attribute__((always_inline)) glasseye_u32x4 glasseye_madd(glasseye_u16x8 a, glasseye_u16x8 b) {
#if defined(__SSE2__)
    return (glasseye_u32x4)_mm_madd_epi16((__m128i)a, (__m128i)b);
#else
    glasseye_u32x4 x = (glasseye_u32x4)a, y = (glasseye_u32x4)b;
    return (x & 0xFFFF) * (y & 0xFFFF) + (x >> 16) * (y >> 16);
#endif
}

/// Four quadruples of bytes between which lie four samples: the first part moves from the even to the odd bytes, the second
/// from the lower to the upper half.
static inline __attribute__((always_inline)) glasseye_u32x4 glasseye_between(
    glasseye_u32x4 quads, glasseye_u32x4 first, glasseye_u32x4 second) {
    glasseye_u16x8 a = (glasseye_u16x8)(quads & 0x00FF00FF);
    glasseye_u16x8 b = (glasseye_u16x8)((quads >> 8) & 0x00FF00FF);
    glasseye_u16x8 part = (glasseye_u16x8)(first | first << 16);
    glasseye_u16x8 h = ((a << 8) + (b - a) * part + 128) >> 8;
    glasseye_u16x8 weights = (glasseye_u16x8)((256 - second) | second << 16);
    return (glasseye_madd(h, weights) + 128) >> 8;
}

static inline __attribute__((always_inline)) uint32_t glasseye_load32(const void *from) {
    uint32_t value;
    memcpy(&value, from, 4);
    return value;
}

static inline __attribute__((always_inline)) uint32_t glasseye_load16(const void *from) {
    uint16_t value;
    memcpy(&value, from, 2);
    return value;
}

/// Fractions of four places, 0…255.
static inline __attribute__((always_inline)) glasseye_u32x4 glasseye_parts(int32_t first, int32_t step) {
    uint32_t f = (uint32_t)first, s = (uint32_t)step;
    glasseye_u32x4 places = {f, f + s, f + 2 * s, f + 3 * s};
    return (places >> 8) & 0xFF;
}

/// Eight samples of a texture.
static inline __attribute__((always_inline)) glasseye_u16x8 glasseye_texels(
    const uint16_t *plane, int32_t mask, int32_t stride, glasseye_line line) {
    glasseye_u32x4 halves[2];
    for (int half = 0; half < 2; half++) {
        uint32_t quads[4];
        uint32_t u = (uint32_t)line.u + 4 * half * (uint32_t)line.du, v = (uint32_t)line.v + 4 * half * (uint32_t)line.dv;
        for (int i = 0; i < 4; i++) {
            int32_t x = (int32_t)(u + i * (uint32_t)line.du) >> 16 & mask;
            int32_t y = (int32_t)(v + i * (uint32_t)line.dv) >> 16 & mask;
            quads[i] = glasseye_load32(plane + (y * stride + x));
        }
        glasseye_u32x4 all = {quads[0], quads[1], quads[2], quads[3]};
        halves[half] = glasseye_between(all, glasseye_parts((int32_t)v, line.dv), glasseye_parts((int32_t)u, line.du));
    }
    glasseye_u16x8 a = (glasseye_u16x8)halves[0], b = (glasseye_u16x8)halves[1];
#if defined(__SSE2__)
    return (glasseye_u16x8)_mm_packs_epi32((__m128i)a, (__m128i)b);
#else
    return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
#endif
}

static inline __attribute__((always_inline)) glasseye_line glasseye_on(glasseye_line line, int count) {
    line.u = (int32_t)((uint32_t)line.u + (uint32_t)count * (uint32_t)line.du);
    line.v = (int32_t)((uint32_t)line.v + (uint32_t)count * (uint32_t)line.dv);
    return line;
}

static inline __attribute__((always_inline)) glasseye_u8x16 glasseye_bytes(glasseye_u16x8 a, glasseye_u16x8 b) {
#if defined(__SSE2__)
    return (glasseye_u8x16)_mm_packus_epi16((__m128i)a, (__m128i)b);
#else
    return __builtin_shufflevector((glasseye_u8x16)a, (glasseye_u8x16)b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26,
        28, 30);
#endif
}

/// Sixteen bytes of a plane of bytes, all four neighbours of each within it.
static inline void glasseye_bytes16(const uint8_t *plane, long stride, glasseye_line line, uint8_t *target) {
    glasseye_u16x8 results[2];
    for (int part = 0; part < 2; part++) {
        glasseye_u32x4 halves[2];
        for (int half = 0; half < 2; half++) {
            glasseye_line at = glasseye_on(line, part * 8 + half * 4);
            uint32_t quads[4];
            for (int i = 0; i < 4; i++) {
                long x = (int32_t)((uint32_t)at.u + i * (uint32_t)at.du) >> 16;
                long y = (int32_t)((uint32_t)at.v + i * (uint32_t)at.dv) >> 16;
                const uint8_t *from = plane + y * stride + x;
                quads[i] = glasseye_load16(from) | glasseye_load16(from + stride) << 16;
            }
            glasseye_u32x4 all = {quads[0], quads[1], quads[2], quads[3]};
            halves[half] = glasseye_between(all, glasseye_parts(at.u, at.du), glasseye_parts(at.v, at.dv));
        }
#if defined(__SSE2__)
        results[part] = (glasseye_u16x8)_mm_packs_epi32((__m128i)halves[0], (__m128i)halves[1]);
#else
        results[part] =
            __builtin_shufflevector((glasseye_u16x8)halves[0], (glasseye_u16x8)halves[1], 0, 2, 4, 6, 8, 10, 12, 14);
#endif
    }
    glasseye_u8x16 bytes = glasseye_bytes(results[0], results[1]);
    memcpy(target, &bytes, 16);
}

/// What of sixteen pixels is seen: 0 nothing, 1 a part, 2 all of it.
///
/// The new nearness, `base + slope * (x + i)`, is kept where it is larger, for pixels `from` up to `to` of the sixteen.
static inline int glasseye_test16(float *near, float base, float slope, float x, int from, int to, uint8_t *mask) {
    glasseye_f32x4 values[4], olds[4];
    glasseye_i32x4 passes[4];
    for (int i = 0; i < 4; i++) {
        glasseye_f32x4 place = (glasseye_f32x4){0, 1, 2, 3} + (float)(4 * i) + x;
        glasseye_f32x4 product = place * slope;
        values[i] = product + base;
        memcpy(&olds[i], near + 4 * i, 16);
        passes[i] = values[i] > olds[i];
    }
    if (to - from < 16) {
        for (int i = 0; i < 4; i++) {
            glasseye_i32x4 lane = (glasseye_i32x4){0, 1, 2, 3} + 4 * i;
            passes[i] &= (lane >= from) & (lane < to);
        }
    }
#if defined(__SSE2__)
    __m128i low = _mm_packs_epi32((__m128i)passes[0], (__m128i)passes[1]);
    __m128i high = _mm_packs_epi32((__m128i)passes[2], (__m128i)passes[3]);
    __m128i bytes = _mm_packs_epi16(low, high);
    int bits = _mm_movemask_epi8(bytes);
    memcpy(mask, &bytes, 16);
#else
    int bits = 0;
    for (int i = 0; i < 16; i++) {
        mask[i] = (uint8_t)passes[i / 4][i % 4];
        bits |= (mask[i] & 1) << i;
    }
#endif
    if (bits == 0) return 0;
    for (int i = 0; i < 4; i++) {
        glasseye_i32x4 kept =
            ((glasseye_i32x4)values[i] & passes[i]) | ((glasseye_i32x4)olds[i] & ~passes[i]);
        memcpy(near + 4 * i, &kept, 16);
    }
    return bits == 0xFFFF ? 2 : 1;
}

/// The same for pixels that show the plane already, without a change.
static inline int glasseye_equal16(const float *near, float base, float slope, float x, int from, int to, uint8_t *mask) {
    glasseye_i32x4 passes[4];
    for (int i = 0; i < 4; i++) {
        glasseye_f32x4 place = (glasseye_f32x4){0, 1, 2, 3} + (float)(4 * i) + x, old;
        glasseye_f32x4 product = place * slope;
        memcpy(&old, near + 4 * i, 16);
        glasseye_i32x4 lane = (glasseye_i32x4){0, 1, 2, 3} + 4 * i;
        passes[i] = (product + base == old) & (lane >= from) & (lane < to);
    }
    int bits = 0;
#if defined(__SSE2__)
    __m128i low = _mm_packs_epi32((__m128i)passes[0], (__m128i)passes[1]);
    __m128i high = _mm_packs_epi32((__m128i)passes[2], (__m128i)passes[3]);
    __m128i bytes = _mm_packs_epi16(low, high);
    bits = _mm_movemask_epi8(bytes);
    memcpy(mask, &bytes, 16);
#else
    for (int i = 0; i < 16; i++) {
        mask[i] = (uint8_t)passes[i / 4][i % 4];
        bits |= (mask[i] & 1) << i;
    }
#endif
    return bits == 0 ? 0 : bits == 0xFFFF ? 2 : 1;
}

static inline __attribute__((always_inline)) void glasseye_put16(
    uint8_t *target, const uint8_t *mask, glasseye_u8x16 bytes) {
    if (mask) {
        glasseye_u8x16 old, which;
        memcpy(&old, target, 16);
        memcpy(&which, mask, 16);
        bytes = (bytes & which) | (old & ~which);
    }
    memcpy(target, &bytes, 16);
}

static inline __attribute__((always_inline)) glasseye_u16x8 glasseye_ramp8(glasseye_ramp ramp, int at) {
    uint16_t first = (uint16_t)(ramp.first + at * ramp.step);
    return first + ramp.step * glasseye_iota();
}

static inline __attribute__((always_inline)) glasseye_u16x8 glasseye_least(glasseye_u16x8 a, uint16_t most) {
#if defined(__SSE2__)
    return (glasseye_u16x8)_mm_min_epi16((__m128i)a, _mm_set1_epi16((short)most));
#else
    glasseye_u16x8 mask = (glasseye_u16x8)(a > most);
    return (a & ~mask) | (most & mask);
#endif
}

/// Paints luma: a texture under light, what is added, and finer grain where `grain` is not null.
///
/// - mask: null for all sixteen.
static inline void glasseye_luma16(
    uint8_t *target, const uint8_t *mask, const glasseye_level *level, glasseye_line line, glasseye_ramp gain,
    glasseye_ramp offset, const glasseye_level *grain, glasseye_line grainLine, int16_t grainWeight) {
    glasseye_u16x8 results[2];
    for (int half = 0; half < 2; half++) {
        glasseye_u16x8 shade = glasseye_texels(level->shade, level->mask, level->stride, glasseye_on(line, 8 * half));
        if (grain) {
            glasseye_i16x8 finer =
                (glasseye_i16x8)glasseye_texels(grain->shade, grain->mask, grain->stride, glasseye_on(grainLine, 8 * half));
            glasseye_i16x8 sum = (glasseye_i16x8)shade + (((finer - 128) * grainWeight) >> 7);
            shade = (glasseye_u16x8)(sum & (sum > 0));
            shade = glasseye_least(shade, 255);
        }
        glasseye_u16x8 factor = glasseye_ramp8(gain, 8 * half) >> 8;
        glasseye_u16x8 lit = ((shade * factor + 128) >> 8) + (glasseye_ramp8(offset, 8 * half) >> 8);
        results[half] = glasseye_least(lit, 235);
    }
    glasseye_put16(target, mask, glasseye_bytes(results[0], results[1]));
}

/// Paints luma without a texture.
static inline void glasseye_plain16(uint8_t *target, const uint8_t *mask, glasseye_ramp color) {
    glasseye_u16x8 a = glasseye_least(glasseye_ramp8(color, 0) >> 8, 235);
    glasseye_u16x8 b = glasseye_least(glasseye_ramp8(color, 8) >> 8, 235);
    glasseye_put16(target, mask, glasseye_bytes(a, b));
}

/// Every other byte.
static inline __attribute__((always_inline)) glasseye_u8x8 glasseye_even(const uint8_t *mask) {
    glasseye_u16x8 all;
    memcpy(&all, mask, 16);
    glasseye_u8x16 packed = glasseye_bytes(all & 0xFF, all & 0xFF);
    return __builtin_shufflevector(packed, packed, 0, 1, 2, 3, 4, 5, 6, 7);
}

static inline __attribute__((always_inline)) void glasseye_put8(
    uint8_t *target, const uint8_t *mask, glasseye_i16x8 values) {
    glasseye_i16x8 low = values < 16, high = values > 240;
    const glasseye_i16x8 least = {16, 16, 16, 16, 16, 16, 16, 16}, most = least * 15;
    values = (values & ~low & ~high) | (least & low) | (most & high);
    glasseye_u8x16 packed = glasseye_bytes((glasseye_u16x8)values, (glasseye_u16x8)values);
    glasseye_u8x8 bytes = __builtin_shufflevector(packed, packed, 0, 1, 2, 3, 4, 5, 6, 7);
    if (mask) {
        glasseye_u8x8 old, which = glasseye_even(mask);
        memcpy(&old, target, 8);
        bytes = (bytes & which) | (old & ~which);
    }
    memcpy(target, &bytes, 8);
}

/// Paints eight samples of both chroma planes, with a texture's tint where `level` is not null; ramps are in 128ths.
static inline void glasseye_chroma8(
    uint8_t *blue, uint8_t *red, const uint8_t *mask, const glasseye_level *level, glasseye_line line,
    glasseye_ramp blues, glasseye_ramp reds, int16_t blueWeight, int16_t redWeight) {
    glasseye_i16x8 b = (glasseye_i16x8)(glasseye_ramp8(blues, 0) >> 7), r = (glasseye_i16x8)(glasseye_ramp8(reds, 0) >> 7);
    if (level) {
        glasseye_i16x8 tint = (glasseye_i16x8)glasseye_texels(level->tint, level->mask, level->stride, line) - 128;
        b += (tint * blueWeight + 256) >> 9;
        r += (tint * redWeight + 256) >> 9;
    }
    glasseye_put8(blue, mask, b);
    glasseye_put8(red, mask, r);
}

/// Paints luma as a ramp and a texture's difference from its middle, weighed in 256ths: the sky.
static inline void glasseye_sky16(
    uint8_t *target, const uint8_t *mask, const glasseye_level *level, glasseye_line line, glasseye_ramp color,
    int16_t weight) {
    glasseye_u16x8 results[2];
    for (int half = 0; half < 2; half++) {
        glasseye_i16x8 cloud =
            (glasseye_i16x8)glasseye_texels(level->shade, level->mask, level->stride, glasseye_on(line, 8 * half)) - 128;
        glasseye_i16x8 sum = (glasseye_i16x8)(glasseye_ramp8(color, 8 * half) >> 8) + ((cloud * weight + 128) >> 8);
        glasseye_i16x8 low = sum < 16;
        results[half] = glasseye_least((glasseye_u16x8)((sum & ~low) | ((low & 16))), 235);
    }
    glasseye_put16(target, mask, glasseye_bytes(results[0], results[1]));
}

/// Darkens luma to parts of it, a ramp in 256ths of 255, where the mask says.
static inline void glasseye_dark16(uint8_t *target, const uint8_t *mask, glasseye_ramp part) {
    glasseye_u16x8 results[2];
    for (int half = 0; half < 2; half++) {
        glasseye_u8x8 some;
        memcpy(&some, target + 8 * half, 8);
        glasseye_i16x8 above = __builtin_convertvector(some, glasseye_i16x8) - 16;
        above &= above > 0;
        results[half] = ((glasseye_u16x8)above * ((glasseye_ramp8(part, 8 * half) >> 8) + 1) >> 8) + 16;
    }
    glasseye_put16(target, mask, glasseye_bytes(results[0], results[1]));
}

/// Moves eight samples of chroma to grey, by 128ths.
static inline void glasseye_grey8(uint8_t *target, const uint8_t *mask, int16_t weight) {
    glasseye_u8x8 some;
    memcpy(&some, target, 8);
    glasseye_i16x8 all = __builtin_convertvector(some, glasseye_i16x8) - 128;
    glasseye_put8(target, mask, ((all * weight + 64) >> 7) + 128);
}

static inline __attribute__((always_inline)) uint8_t glasseye_mean(uint8_t a, uint8_t b) {
    return (uint8_t)((a + b + 1) >> 1);
}

/// A row of twice as many bytes between two rows, three parts of the nearer; `scratch` has room for two more than `count`.
static inline void glasseye_double(
    const uint8_t *nearer, const uint8_t *farther, long count, uint8_t *scratch, uint8_t *target) {
    for (long i = 0; i < count; i++) scratch[i + 1] = glasseye_mean(nearer[i], glasseye_mean(nearer[i], farther[i]));
    scratch[0] = scratch[1];
    scratch[count + 1] = scratch[count];
    for (long i = 0; i < count; i++) {
        uint8_t here = scratch[i + 1];
        target[2 * i] = glasseye_mean(here, glasseye_mean(here, scratch[i]));
        target[2 * i + 1] = glasseye_mean(here, glasseye_mean(here, scratch[i + 2]));
    }
}
