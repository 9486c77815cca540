#pragma once

// Which lane runs on this thread (a lane-local pointer, null outside lanes). One load, no call.
#if defined(__linux__)
#define TOCSIN_TLS_MODEL __attribute__((tls_model("initial-exec")))
#else
#define TOCSIN_TLS_MODEL
#endif
extern _Thread_local void *_Nullable tocsin_current_lane TOCSIN_TLS_MODEL;

static inline __attribute__((always_inline)) void *_Nullable tocsin_lane_get(void) {
  return tocsin_current_lane;
}
static inline __attribute__((always_inline)) void tocsin_lane_set(void *_Nullable lane) {
  tocsin_current_lane = lane;
}

// Which virtual time line this thread drives (null outside drivers).
extern _Thread_local void *_Nullable tocsin_current_pump TOCSIN_TLS_MODEL;

static inline __attribute__((always_inline)) void *_Nullable tocsin_pump_get(void) {
  return tocsin_current_pump;
}
static inline __attribute__((always_inline)) void tocsin_pump_set(void *_Nullable pump) {
  tocsin_current_pump = pump;
}

// Asks the processor to bring a line of memory near that will be changed soon. Never faults.
static inline __attribute__((always_inline)) void tocsin_prefetch(const void *_Nonnull line) {
  __builtin_prefetch(line, 1, 3);
}
