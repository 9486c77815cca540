#include "ctocsin.h"

_Thread_local void *_Nullable tocsin_current_lane TOCSIN_TLS_MODEL;
