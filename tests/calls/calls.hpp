// Programs of one system call, or a few that belong together: what strace and ptrace-fork show of them must
// be the same. A file of cases is one program: NAME_OF_PROGRAM --list names them, NAME_OF_PROGRAM CASE runs
// one, NAME_OF_PROGRAM --all each of them in a child and a directory of its own, one after the other.
//
// A case must do the same in every run: addresses are not random (personality(2)), it begins in an empty
// directory, and memory at `low` is its own. The calls between two chdir(2) calls that fail are compared.
#pragma once

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <span>
#include <type_traits>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct Case {
  const char* name;
  void (*run)();
  void (*prepare)() = nullptr;  ///< before what is compared
};
extern const std::span<const Case> cases;

/// Two pages that may be written; nothing is mapped before and behind them.
inline char* const low = reinterpret_cast<char*>(0x10000);
inline constexpr std::size_t low_size = 8192;
/// Where nothing is mapped, and where nothing ever is.
inline void* const nowhere = reinterpret_cast<void*>(0xdead0000);
inline void* const kernel = reinterpret_cast<void*>(0xffffffff81000000);

/// The last `size` bytes before unmapped memory.
template <class T>
T* at_end(const T& value) {
  return static_cast<T*>(std::memcpy(low + low_size - sizeof value, &value, sizeof value));
}
inline const char* at_end(const char* text) {
  const std::size_t size = std::strlen(text) + 1;
  return static_cast<const char*>(std::memcpy(low + low_size - size, text, size));
}
template <class T>
T* in_low(const T& value, std::size_t offset = 0) {
  return static_cast<T*>(std::memcpy(low + offset, &value, sizeof value));
}

template <class T>
long number(T value) {
  if constexpr (std::is_null_pointer_v<T>)
    return 0;
  else if constexpr (std::is_pointer_v<T>)
    return static_cast<long>(reinterpret_cast<std::uintptr_t>(value));
  else
    return static_cast<long>(value);
}
#ifdef __i386__
// Calls without a number of their own: by socketcall(2) and ipc(2), below.
#define SYS_newfstatat SYS_fstatat64
#define SYS_accept (-1)
#define SYS_semop (-2)
#define SYS_semtimedop (-3)
#define SYS_kexec_file_load 0x7fff  // there is none

inline long call_of_i386(long nr, const std::array<long, 6>& a) {
  switch (nr) {
    case SYS_accept:
      return ::syscall(SYS_socketcall, 5, a.data());
    case SYS_semop:
      return ::syscall(SYS_ipc, 1, a[0], a[2], 0, a[1], 0);
    case SYS_semtimedop:
      return ::syscall(SYS_ipc, 4, a[0], a[2], 0, a[1], a[3]);
    default:
      return ::syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
  }
}
#else
inline long call_of_i386(long nr, const std::array<long, 6>&) { return nr; }
#endif

/// The call itself, whatever the C library makes of it.
template <class... A>
long call(long nr, A... a) {
  if constexpr (sizeof(long) == 4) return call_of_i386(nr, {number(a)...});
  return ::syscall(nr, number(a)...);
}

inline void map_low() {
  ::mmap(low, low_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}
inline int run_case(const char* name) {
  for (const Case& c : cases) {
    if (std::strcmp(name, c.name) != 0) continue;
    if (c.prepare != nullptr) c.prepare();
    call(SYS_chdir, "::begin");
    c.run();
    call(SYS_chdir, "::end");
    return 0;
  }
  return 2;
}

inline int run_all() {
  for (const Case& c : cases) {
    if (::mkdir(c.name, 0755) < 0) return 2;
    const pid_t child = ::fork();
    if (child == 0) _exit(::chdir(c.name) < 0 ? 2 : run_case(c.name));
    if (child < 0 || ::waitpid(child, nullptr, 0) < 0) return 2;
  }
  return 0;
}

inline int main_of(int argc, char** argv) {
  if (argc != 2) return 2;
  if (std::strcmp(argv[1], "--list") == 0) {
    for (const Case& c : cases) std::puts(c.name);
    return 0;
  }
  // Where personality(2) is forbidden, addresses are random, and cases with addresses of the program differ.
  const int persona = ::personality(0xffffffff);
  const auto fixed = static_cast<unsigned long>(persona | ADDR_NO_RANDOMIZE);
  if ((persona & ADDR_NO_RANDOMIZE) == 0 && ::personality(fixed) >= 0) ::execv("/proc/self/exe", argv);
  map_low();
  return std::strcmp(argv[1], "--all") == 0 ? run_all() : run_case(argv[1]);
}
