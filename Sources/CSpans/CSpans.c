#include "CSpans.h"
