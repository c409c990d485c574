#pragma once

/// Calls of operator new in this program up to now.
long heap_allocations();
