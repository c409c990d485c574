// The lists of drivers, terminals and swap areas.
#include "ptop/procfs/devices.hpp"

#include "words.hpp"

namespace ptop::procfs {
namespace {

/// Takes the last word off `line`.
std::string_view take_last_word(std::string_view& line) {
  line = trimmed(line);
  const auto blank = line.find_last_of(blanks);
  const std::string_view word = blank == line.npos ? line : line.substr(blank + 1);
  line.remove_suffix(word.size());
  return word;
}

bool parse_driver(DeviceDriver& driver, std::string_view line) {
  if (!parse_into(driver.major, take_word(line))) return false;
  driver.name = trimmed(line);
  return !driver.name.empty();
}

/// "0-1048575", or one number.
bool parse_minors(TtyDriver& driver, std::string_view word) {
  if (!parse_into(driver.first_minor, take_until(word, '-'))) return false;
  driver.last_minor = driver.first_minor;
  return word.empty() || parse_into(driver.last_minor, word);
}

/// From the right: a driver's name is free text, the rest is not. A type may be missing.
bool parse_tty_driver(TtyDriver& driver, std::string_view line) {
  std::string_view minors = take_last_word(line);
  if (!minors.empty() && (minors.front() < '0' || minors.front() > '9')) {
    driver.type = minors;
    minors = take_last_word(line);
  }
  if (!parse_minors(driver, minors) || !parse_into(driver.major, take_last_word(line))) return false;
  driver.node = take_last_word(line);
  driver.driver = trimmed(line);
  return !driver.node.empty();
}

bool parse_kib_number(std::uint64_t& out, std::string_view word) {
  if (!parse_into(out, word) || out > UINT64_MAX / 1024) return false;
  out *= 1024;
  return true;
}

bool parse_swap(SwapArea& area, std::string_view line) {
  area.path = unescape_octal(take_word(line));
  area.type = take_word(line);
  return parse_kib_number(area.size, take_word(line)) && parse_kib_number(area.used, take_word(line)) &&
         parse_into(area.priority, take_word(line));
}

}  // namespace

Result<Devices> parse_devices(std::string_view text) {
  Devices devices;
  std::vector<DeviceDriver>* section = nullptr;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    if (line.empty()) continue;
    if (line == "Character devices:") {
      section = &devices.character;
    } else if (line == "Block devices:") {
      section = &devices.block;
    } else if (DeviceDriver driver; section && parse_driver(driver, line)) {
      section->push_back(std::move(driver));
    } else {
      return malformed("devices", line);
    }
  }
  if (!section) return malformed("devices", text);
  return devices;
}

Result<std::vector<TtyDriver>> parse_tty_drivers(std::string_view text) {
  std::vector<TtyDriver> drivers;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    TtyDriver driver;
    if (!parse_tty_driver(driver, line)) return malformed("tty/drivers", line);
    drivers.push_back(std::move(driver));
  }
  return drivers;
}

Result<std::vector<SwapArea>> parse_swaps(std::string_view text) {
  std::vector<SwapArea> areas;
  std::string_view rest = text;
  take_line(rest);  // header
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    SwapArea area;
    if (!parse_swap(area, line)) return malformed("swaps", line);
    areas.push_back(std::move(area));
  }
  return areas;
}

}  // namespace ptop::procfs
