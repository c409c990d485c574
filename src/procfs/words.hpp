// Words that the kernel writes behind a mark: "key:value" pairs, device numbers, escaped bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cursor.hpp"
#include "ptop/procfs/device_number.hpp"

namespace ptop::procfs {

/// One `key:value` of a row of several; blanks may stand between the two ("tfd:        5 events: 19").
struct WordPair {
  std::string_view key, value;
};
inline WordPair take_pair(std::string_view& rest) {
  const auto begin = rest.find_first_not_of(blanks);
  rest.remove_prefix(begin == rest.npos ? rest.size() : begin);
  const std::string_view key = take_until(rest, ':');
  return {key, take_word(rest)};
}

/// "fe:00" (base 16) or "254:0" (base 10).
inline bool parse_device(DeviceNumber& out, std::string_view text, int base) {
  return parse_into(out.major, take_until(text, ':'), base) && parse_into(out.minor, text, base);
}

/// A device number as the kernel keeps it: twelve bits of major above twenty of minor.
inline bool parse_kernel_device(DeviceNumber& out, std::string_view hex) {
  std::uint32_t raw = 0;
  if (!parse_into(raw, hex, 16)) return false;
  out = {raw >> 20, raw & 0xfffffU};
  return true;
}

/// Undoes the kernel's octal escapes (\040 and the like, seq_file's mangling); anything else stays.
std::string unescape_octal(std::string_view text);
/// The same for a path of which the kernel escaped newlines only, as \012: a backslash is one.
std::string unescape_newlines(std::string_view text);

}  // namespace ptop::procfs
