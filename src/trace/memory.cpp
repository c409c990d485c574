// process_vm_readv(2) and its fallback.
#include "ptop/trace/memory.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/uio.h>

namespace ptop::trace {
namespace {

std::size_t read_through_proc(Tid tid, TraceeAddr address, std::span<std::byte> out) {
  const Fd mem(::open(fmt::format("/proc/{}/mem", tid.raw()).c_str(), O_RDONLY | O_CLOEXEC));
  if (!mem) return 0;
  const auto got = ::pread64(mem.get(), out.data(), out.size(), static_cast<off64_t>(address.raw()));
  return got > 0 ? static_cast<std::size_t>(got) : 0;
}

}  // namespace

std::size_t read_memory(Tid tid, TraceeAddr address, std::span<std::byte> out) {
  if (out.empty()) return 0;
  iovec local{out.data(), out.size()};
  iovec remote{reinterpret_cast<void*>(address.raw()), out.size()};
  // One remote element may be cut short only at a page the kernel could not reach (mm/process_vm_access.c).
  const auto got = ::process_vm_readv(tid.raw(), &local, 1, &remote, 1, 0);
  if (got >= 0) return static_cast<std::size_t>(got);
  if (errno == ENOSYS || errno == EPERM) return read_through_proc(tid, address, out);
  return 0;
}

}  // namespace ptop::trace
