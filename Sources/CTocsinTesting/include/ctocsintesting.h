#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Takes in jobs that tasks without a time line of their own (a bare Task, Task.detached, and what
// libraries start inside) hand to the process's pool, while the calling thread drives a world.

/// Called on the driving thread with the world and the job. Gives true when it has taken the job.
typedef bool (*tocsin_take_job)(void *_Nonnull world, void *_Nonnull job);

/// Installs the hook of the Swift runtime, once per process. Gives false when the runtime has none.
bool tocsin_capture_install(tocsin_take_job _Nonnull take);

/// The world that takes in what this thread starts; null for none. Gives the one before it.
void *_Nullable tocsin_capture_swap(void *_Nullable world);

/// The number of the task that a job belongs to; 0 when the runtime does not tell.
uint64_t tocsin_task_of_job(const void *_Nonnull job);

/// Whether the calling thread runs something on the main actor; false when the runtime does not tell.
bool tocsin_is_on_main_actor(void);

/// How often an object of Swift is held; 0 when the runtime does not tell.
size_t tocsin_hold_count(void *_Nonnull object);

/// Releases an object of Swift until it is held so often.
void tocsin_release_until(void *_Nonnull object, size_t count);
