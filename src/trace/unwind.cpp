// The address space is shared by all unwinding, so that libunwind keeps what it found out about each file.
#include "ptop/trace/unwind.hpp"

#include <array>
#include <memory>

#ifdef PTOP_HAS_UNWIND
#include <libunwind-ptrace.h>
#endif

namespace ptop::trace {

#ifndef PTOP_HAS_UNWIND

bool can_unwind() { return false; }
std::vector<Frame> unwind(Tid) { return {}; }

#else

namespace {

constexpr std::size_t most_frames = 256;  // strace's limit too
constexpr std::size_t longest_symbol = 512;

struct Destroy {
  void operator()(void* task) const { ::_UPT_destroy(task); }
};

unw_addr_space_t address_space() {
  static const unw_addr_space_t space = [] {
    const auto made = ::unw_create_addr_space(&_UPT_accessors, 0);
    if (made != nullptr) ::unw_set_caching_policy(made, UNW_CACHE_GLOBAL);
    return made;
  }();
  return space;
}

Frame frame_at(unw_cursor_t& cursor) {
  unw_word_t address = 0, offset = 0;
  ::unw_get_reg(&cursor, UNW_REG_IP, &address);
  std::array<char, longest_symbol> name{};
  const int found = ::unw_get_proc_name(&cursor, name.data(), name.size(), &offset);
  const bool known = found == 0 || found == -UNW_ENOMEM;  // cut off
  return {TraceeAddr(address), known ? name.data() : "", known ? offset : 0};
}

}  // namespace

bool can_unwind() { return true; }

std::vector<Frame> unwind(Tid tid) {
  const unw_addr_space_t space = address_space();
  const std::unique_ptr<void, Destroy> task(space ? ::_UPT_create(tid.raw()) : nullptr);
  unw_cursor_t cursor;
  if (!task || ::unw_init_remote(&cursor, space, task.get()) < 0) return {};
  // What is kept is of the process that was asked about last: another one has other files there.
  ::unw_flush_cache(space, 0, 0);
  std::vector<Frame> frames;
  do {
    frames.push_back(frame_at(cursor));
  } while (frames.size() < most_frames && ::unw_step(&cursor) > 0);
  return frames;
}

#endif

}  // namespace ptop::trace
