// Terminal names from major and minor numbers.
#include "ptop/model/tty.hpp"

#include <string>
#include <unordered_map>

#include <fmt/format.h>

namespace ptop::model {
namespace {

/// A range of minors of one major, numbered from 0.
struct TtyRange {
  std::uint32_t major, first_minor, last_minor;
  std::string_view prefix;
};

constexpr std::uint32_t any_minor = 0xfffff;
constexpr TtyRange tty_ranges[] = {
    // Documentation/admin-guide/devices.txt
    {4, 0, 63, "tty"},       {4, 64, 255, "ttyS"},    {136, 0, any_minor, "pts/"},
    {166, 0, 255, "ttyACM"}, {188, 0, 255, "ttyUSB"}, {204, 16, 31, "ttySAC"},
    {204, 64, 79, "ttyAMA"}, {216, 0, 255, "rfcomm"}, {229, 0, 255, "hvc"},
};

std::string name_of(std::uint32_t tty_nr) {
  // new_encode_dev(): the minor's low 8 bits, 12 bits of major, the minor's other 12 bits.
  const std::uint32_t major = (tty_nr >> 8) & 0xfff;
  const std::uint32_t minor = (tty_nr & 0xff) | ((tty_nr >> 12) & 0xfff00);
  if (major == 5 && minor == 0) return "tty";
  if (major == 5 && minor == 1) return "console";
  for (const TtyRange& range : tty_ranges) {
    if (range.major != major || minor < range.first_minor || minor > range.last_minor) continue;
    return fmt::format("{}{}", range.prefix, minor - range.first_minor);
  }
  return fmt::format("{}:{}", major, minor);
}

}  // namespace

std::string_view tty_name(std::uint32_t tty_nr) {
  if (tty_nr == 0) return {};
  // A column's value only borrows its text, so the few names there are stay here.
  thread_local std::unordered_map<std::uint32_t, std::string> names;
  const auto known = names.find(tty_nr);
  if (known != names.end()) return known->second;
  return names.emplace(tty_nr, name_of(tty_nr)).first->second;
}

}  // namespace ptop::model
