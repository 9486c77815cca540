#include "ctocsin.h"

_Thread_local void *_Nullable tocsin_current_lane TOCSIN_TLS_MODEL;
_Thread_local void *_Nullable tocsin_current_pump TOCSIN_TLS_MODEL;
