// Owner of one file descriptor.
#pragma once

#include <unistd.h>

#include <utility>

namespace ptop {

class [[nodiscard]] Fd {
 public:
  Fd() = default;
  explicit Fd(int raw) noexcept : raw_(raw) {}
  Fd(Fd&& other) noexcept : raw_(std::exchange(other.raw_, -1)) {}
  Fd& operator=(Fd other) noexcept {
    std::swap(raw_, other.raw_);
    return *this;
  }
  // Linux frees the slot even on EINTR: closing again would hit a stranger's descriptor.
  ~Fd() {
    if (raw_ >= 0) ::close(raw_);
  }
  int get() const noexcept { return raw_; }  // no implicit conversion to int: it would defeat the type
  explicit operator bool() const noexcept { return raw_ >= 0; }
  int release() noexcept { return std::exchange(raw_, -1); }

 private:
  int raw_ = -1;
};

}  // namespace ptop
