// The frames of a kernel stack: "[<0>] fcntl_setlk+0x1a2/0x3c0 [module]".
#include "ptop/procfs/stack.hpp"

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

bool parse_hex(std::uint64_t& out, std::string_view text) {
  return text.starts_with("0x") && parse_into(out, text.substr(2), 16);
}

/// "fcntl_setlk+0x1a2/0x3c0", or an address alone.
bool parse_place(KernelFrame& frame, std::string_view place) {
  const auto plus = place.rfind('+');
  frame.symbol = place.substr(0, plus);
  if (plus == place.npos) return !place.empty();
  std::string_view numbers = place.substr(plus + 1);
  const bool has_offset = parse_hex(frame.offset, take_until(numbers, '/'));
  return has_offset && !frame.symbol.empty() && parse_hex(frame.size, numbers);
}

bool parse_module(KernelFrame& frame, std::string_view word) {
  if (word.empty()) return true;
  if (!word.starts_with('[') || !word.ends_with(']') || word.size() < 3) return false;
  frame.module = word.substr(1, word.size() - 2);
  return true;
}

bool parse_frame(KernelFrame& frame, std::string_view line) {
  // The address is 0 since Linux 4.15 (before, it was there for root).
  const std::string_view address = take_word(line);
  return address.starts_with("[<") && parse_place(frame, take_word(line)) &&
         parse_module(frame, take_word(line));
}

/// Until Linux 5.1 the last line is an address of all ones: no frame.
bool is_end_mark(const KernelFrame& frame) { return frame.symbol == "0xffffffffffffffff"; }

}  // namespace

Result<std::vector<KernelFrame>> parse_stack(std::string_view text) {
  std::vector<KernelFrame> frames;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    KernelFrame frame;
    if (!parse_frame(frame, line)) return malformed("stack", line);
    if (!is_end_mark(frame)) frames.push_back(std::move(frame));
  }
  return frames;
}

}  // namespace ptop::procfs
