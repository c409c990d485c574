// A copy of the running tracee, for those that need a program of their own to change.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include "tracee.hpp"

inline void copy_to(int to) {
  const int from = ::open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  require(from >= 0 && to >= 0, "open");
  char block[65536];
  for (ssize_t size = 0; (size = ::read(from, block, sizeof block)) > 0;)
    require(::write(to, block, static_cast<std::size_t>(size)) == size, "write");
  ::close(from);
}

inline void copy_program(const char* path) {
  const int to = ::open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0755);
  copy_to(to);
  ::close(to);
}
