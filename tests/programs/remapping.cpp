// Calls whose arguments another thread takes away, gives back and changes all the time.
// usage: remapping CALLS
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

constexpr std::size_t page = 4096, pages = 8, size = page * pages;

/// Pointers into the area itself, strings without an end, lengths that go beyond it.
void fill(unsigned char* area, unsigned round) {
  for (std::size_t at = 0; at + 8 <= size; at += 8) {
    const auto inside = reinterpret_cast<std::uintptr_t>(area) + (at * 7 + round * 64) % size;
    const std::uint64_t word = at / 8 % 3 == 0 ? inside : at / 8 % 3 == 1 ? round % 64 : 0x6162636465666768;
    std::memcpy(area + at, &word, sizeof word);
  }
}

void remap(unsigned char* area, const std::atomic<bool>& ends) {
  for (unsigned round = 0; !ends; ++round) {
    unsigned char* const part = area + round % pages * page;
    ::munmap(part, page);
    ::mmap(part, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    ::mmap(area, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    fill(area, round);
  }
}

void call_all(unsigned char* area, int calls) {
  for (int i = 0; i < calls; ++i) {
    unsigned char* const at = area + static_cast<std::size_t>(i) * 88 % (size - 64);
    ::syscall(SYS_openat, AT_FDCWD, at, 0x800000, 0);  // a flag that is none: nothing is opened for long
    ::syscall(SYS_writev, -1, at, 8);
    ::syscall(SYS_sendmsg, -1, at, 0);
    ::syscall(SYS_execve, at, at, at);
    ::syscall(SYS_bpf, 5, at, 128);
    ::syscall(SYS_readlink, at, at, 64);
    ::syscall(SYS_poll, at, 4, 0);
    ::syscall(SYS_rt_sigaction, 64, at, at, 8);
    ::syscall(SYS_setsockopt, -1, 1, 26, at, 16);
    ::syscall(SYS_clone3, at, 7);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  void* const area = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED) return 1;
  auto* const bytes = static_cast<unsigned char*>(area);
  std::atomic<bool> ends = false;
  std::thread other(remap, bytes, std::cref(ends));
  call_all(bytes, std::atoi(argv[1]));
  ends = true;
  other.join();
  return 0;
}
