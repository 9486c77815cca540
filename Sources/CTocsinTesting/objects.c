#define _GNU_SOURCE
#include "ctocsintesting.h"

#include <dlfcn.h>
#include <stdatomic.h>

#define SWIFT_CALL __attribute__((swiftcall))

// Looked up, not linked: the symbols are the runtime's business, and may go.

uint64_t tocsin_task_of_job(const void *job) {
  typedef SWIFT_CALL uint64_t (*task_of_job)(const void *job);
  static _Atomic(task_of_job) known;
  task_of_job ask = atomic_load(&known);
  if (ask == NULL) {
    ask = (task_of_job)dlsym(RTLD_DEFAULT, "swift_task_getJobTaskId");
    if (ask == NULL) {
      return 0;
    }
    atomic_store(&known, ask);
  }
  return ask(job);
}

bool tocsin_is_on_main_actor(void) {
  typedef struct {
    void *identity;
    uintptr_t implementation;
  } executor;
  typedef SWIFT_CALL executor (*executor_of)(void);
  executor_of current = (executor_of)dlsym(RTLD_DEFAULT, "swift_task_getCurrentExecutor");
  executor_of main = (executor_of)dlsym(RTLD_DEFAULT, "swift_task_getMainExecutor");
  if (current == NULL || main == NULL) {
    return false;
  }
  void *identity = main().identity;
  return identity != NULL && current().identity == identity;
}

size_t tocsin_hold_count(void *object) {
  size_t (*count)(void *object) = (size_t (*)(void *))dlsym(RTLD_DEFAULT, "swift_retainCount");
  return count == NULL ? 0 : count(object);
}

void tocsin_release_until(void *object, size_t count) {
  void (*release)(void *object) = (void (*)(void *))dlsym(RTLD_DEFAULT, "swift_release");
  if (release == NULL || count == 0) {
    return;
  }
  while (tocsin_hold_count(object) > count) {
    release(object);
  }
}
