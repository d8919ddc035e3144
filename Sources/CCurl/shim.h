#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one typed shim for each kind of value.

typedef size_t (*glasseye_curl_data_function)(char *_Nonnull data, size_t size, size_t count, void *_Nullable context);
typedef int (*glasseye_curl_progress_function)(
    void *_Nullable context, curl_off_t download_total, curl_off_t downloaded, curl_off_t upload_total,
    curl_off_t uploaded);

static inline CURLcode glasseye_curl_set_long(CURL *_Nonnull handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode glasseye_curl_set_offset(CURL *_Nonnull handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode glasseye_curl_set_string(
    CURL *_Nonnull handle, CURLoption option, const char *_Nonnull value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode glasseye_curl_set_pointer(CURL *_Nonnull handle, CURLoption option, void *_Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode glasseye_curl_set_data_function(
    CURL *_Nonnull handle, CURLoption option, glasseye_curl_data_function _Nonnull value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode glasseye_curl_set_progress_function(
    CURL *_Nonnull handle, glasseye_curl_progress_function _Nonnull value) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

static inline long glasseye_curl_get_long(CURL *_Nonnull handle, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(handle, info, &value);
    return value;
}

// Microseconds, for the *_TIME_T values.
static inline curl_off_t glasseye_curl_get_offset(CURL *_Nonnull handle, CURLINFO info) {
    curl_off_t value = 0;
    curl_easy_getinfo(handle, info, &value);
    return value;
}
