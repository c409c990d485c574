// Where rendered bytes go.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ptop/base/fd.hpp"
#include "ptop/base/result.hpp"

namespace ptop::render {

/// Appends whole lines to a descriptor. A line reaches the kernel in one piece (a partial write is
/// completed), so a reader such as `tail -f | jq` and a log cut off at any moment see whole lines. A line
/// that did not fit any more is taken back out of a file.
class LineOutput {
 public:
  /// Borrows `fd`. `buffered`: lines are collected up to 64 KiB until flush(); else each is written at once.
  LineOutput(int fd, bool buffered) : fd_(fd), buffered_(buffered) {}
  ~LineOutput();
  LineOutput(const LineOutput&) = delete;
  LineOutput& operator=(const LineOutput&) = delete;

  /// `line` without its newline.
  void write(std::string_view line);
  void flush();
  /// The first write error (EPIPE, ENOSPC…) or 0. After it nothing is written any more.
  int error() const { return error_; }
  std::size_t lines_lost() const { return lost_; }

 private:
  int fd_;
  bool buffered_;
  int error_ = 0;
  std::size_t lost_ = 0;
  std::string pending_;
};

}  // namespace ptop::render
