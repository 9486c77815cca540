#define _GNU_SOURCE
#include "cbench.h"

#include <time.h>

#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
#include <malloc.h>

int64_t bench_heap_bytes(void) {
  struct mallinfo2 info = mallinfo2();
  return (int64_t)(info.uordblks + info.hblkhd);
}
#else
int64_t bench_heap_bytes(void) { return 0; }
#endif

static int64_t nanoseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t bench_wall_nanoseconds(void) { return nanoseconds(CLOCK_MONOTONIC); }

int64_t bench_cpu_nanoseconds(void) { return nanoseconds(CLOCK_PROCESS_CPUTIME_ID); }

#if defined(__linux__)
// Defined by the preloaded counter; null when it is not there.
__attribute__((weak)) extern void bench_counter_set(bool on);
__attribute__((weak)) extern uint64_t bench_counter_calls(void);
__attribute__((weak)) extern uint64_t bench_counter_bytes(void);

bool bench_counts_allocations(void) { return bench_counter_set != 0; }

void bench_set_counting(bool on) {
  if (bench_counter_set) bench_counter_set(on);
}

uint64_t bench_allocations(void) { return bench_counter_calls ? bench_counter_calls() : 0; }

uint64_t bench_allocated_bytes(void) { return bench_counter_bytes ? bench_counter_bytes() : 0; }
#else
bool bench_counts_allocations(void) { return false; }

void bench_set_counting(bool on) { (void)on; }

uint64_t bench_allocations(void) { return 0; }

uint64_t bench_allocated_bytes(void) { return 0; }
#endif

// The empty statements keep the two functions from being merged or removed.
__attribute__((noinline)) void bench_measure_begin(void) { __asm__ volatile("# begin" ::: "memory"); }

__attribute__((noinline)) void bench_measure_end(void) { __asm__ volatile("# end" ::: "memory"); }
