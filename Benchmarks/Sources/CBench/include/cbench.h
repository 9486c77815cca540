#ifndef CBENCH_H
#define CBENCH_H

#include <stdbool.h>
#include <stdint.h>

/// Monotonic wall time in nanoseconds.
int64_t bench_wall_nanoseconds(void);

/// CPU time of the whole process, all threads, in nanoseconds.
int64_t bench_cpu_nanoseconds(void);

/// True when the allocation counter was preloaded into this process.
bool bench_counts_allocations(void);

/// Starts or stops counting. Without the counter it does nothing.
void bench_set_counting(bool on);

/// Calls of malloc, calloc, realloc and the aligned family, counted so far.
uint64_t bench_allocations(void);

/// Bytes asked for in those calls.
uint64_t bench_allocated_bytes(void);

/// Bytes of the heap in use; zero where the C library cannot tell.
int64_t bench_heap_bytes(void);

/// Marks where the measured part begins; callgrind sets its counts to zero here.
void bench_measure_begin(void);

/// Marks where the measured part ends; callgrind writes its counts here.
void bench_measure_end(void);

/// Asks the processor to bring a line of memory near.
static inline __attribute__((always_inline)) void bench_prefetch(const void *line) {
  __builtin_prefetch(line, 1, 3);
}

#endif
