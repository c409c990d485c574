// The one line of /proc/<pid>/syscall, in its three forms.
#include "ptop/procfs/syscall.hpp"

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

/// "0x7fff208fb0e0"
bool parse_hex(std::uint64_t& out, std::string_view word) {
  if (!word.starts_with("0x")) return false;
  return parse_into(out, word.substr(2), 16);
}
bool parse_address(TraceeAddr& out, std::string_view word) {
  std::uint64_t raw = 0;
  if (!parse_hex(raw, word)) return false;
  out = TraceeAddr(raw);
  return true;
}

bool parse_registers(SyscallState& s, std::string_view line) {
  if (!parse_into(s.nr, take_word(line))) return false;
  s.where = s.nr.raw() == -1 ? SyscallState::Where::outside : SyscallState::Where::inside;
  if (s.where == SyscallState::Where::inside) {
    for (std::uint64_t& arg : s.args) {
      if (!parse_hex(arg, take_word(line))) return false;
    }
  }
  return parse_address(s.sp, take_word(line)) && parse_address(s.pc, take_word(line));
}

}  // namespace

Result<SyscallState> parse_syscall(std::string_view text) {
  std::string_view rest = text;
  const std::string_view line = take_line(rest);
  SyscallState s;
  if (line != "running" && !parse_registers(s, line)) return malformed("syscall", text);
  return s;
}

}  // namespace ptop::procfs
