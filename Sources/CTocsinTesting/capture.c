#define _GNU_SOURCE
#include "ctocsintesting.h"

#include <dlfcn.h>
#include <stdatomic.h>

#define SWIFT_CALL __attribute__((swiftcall))

typedef SWIFT_CALL void (*enqueue_global)(void *job);
typedef SWIFT_CALL void (*enqueue_global_hook)(void *job, enqueue_global original);

static _Thread_local void *current_world;
static _Atomic(tocsin_take_job) taker;

static SWIFT_CALL void capture(void *job, enqueue_global original) {
  void *world = current_world;
  tocsin_take_job take = atomic_load(&taker);
  if (world != NULL && take != NULL && take(world, job)) {
    return;
  }
  original(job);
}

bool tocsin_capture_install(tocsin_take_job take) {
  // Looked up, not linked: the symbol is the runtime's business, and may go.
  enqueue_global_hook *hook = dlsym(RTLD_DEFAULT, "swift_task_enqueueGlobal_hook");
  if (hook == NULL) {
    return false;
  }
  atomic_store(&taker, take);
  *hook = capture;
  return true;
}

void *tocsin_capture_swap(void *world) {
  void *before = current_world;
  current_world = world;
  return before;
}
