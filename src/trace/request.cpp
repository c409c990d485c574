// Every ptrace(2) call of the program is made here.
#include "request.hpp"

#include <cerrno>

#include <fmt/format.h>

namespace ptop::trace {

Result<long> ptrace_request(__ptrace_request request, const char* name, Tid tid, void* address, void* data) {
  errno = 0;
  const long value = ::ptrace(request, tid.raw(), address, data);
  if (value >= 0) return value;
  const int error_number = errno;
  return fail(os_error(error_number, fmt::format("{} {}", name, tid.raw())));
}

}  // namespace ptop::trace
