// The name of a task.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ptop {

/// Raw bytes. Those of a program are 15 at most (TASK_COMM_LEN of include/linux/sched.h) and need no memory
/// of their own; /proc tells more of a kernel worker. Half the size of a std::string: a scan has tens of
/// thousands.
class Comm {
 public:
  Comm() noexcept = default;
  Comm(std::string_view text);
  Comm(const std::string& text) : Comm(std::string_view(text)) {}
  Comm(const char* text) : Comm(std::string_view(text)) {}
  Comm(const Comm& other) : Comm(other.view()) {}
  Comm(Comm&& other) noexcept { swap(other); }
  Comm& operator=(Comm other) noexcept {
    swap(other);
    return *this;
  }
  ~Comm() {
    if (is_long()) delete[] held_.long_text.bytes;
  }

  std::string_view view() const noexcept {
    return is_long() ? std::string_view(held_.long_text.bytes, held_.long_text.size)
                     : std::string_view(held_.bytes, size_);
  }
  operator std::string_view() const noexcept { return view(); }
  bool empty() const noexcept { return size_ == 0; }
  friend bool operator==(const Comm& a, const Comm& b) noexcept { return a.view() == b.view(); }
  friend bool operator==(const Comm& a, std::string_view b) noexcept { return a.view() == b; }
  friend bool operator==(const Comm& a, const std::string& b) noexcept { return a.view() == b; }
  friend bool operator==(const Comm& a, const char* b) noexcept { return a.view() == b; }

 private:
  static constexpr std::size_t most_in_place = 15;
  bool is_long() const noexcept { return size_ > most_in_place; }
  void swap(Comm& other) noexcept;

  struct __attribute__((packed)) Long {
    char* bytes;
    unsigned size;
  };
  union Held {
    char bytes[most_in_place] = {};
    Long long_text;
  } held_;
  unsigned char size_ = 0;  ///< most_in_place + 1: of a long one
};

}  // namespace ptop
