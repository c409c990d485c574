// Numbers in the few characters a table has for them.
#include "ptop/render/units.hpp"

#include <fmt/format.h>

namespace ptop::render {
namespace {

constexpr std::uint64_t us = 1000, ms = 1000 * us, second = 1000 * ms, minute = 60 * second,
                        hour = 60 * minute, day = 24 * hour;

}  // namespace

std::string human_bytes(std::uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{}", bytes);
  constexpr std::string_view units = "KMGTPE";
  double value = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  // 1023.5 would be rounded to 1024 of the smaller unit: it is 1.0 of the larger.
  for (; value >= 1023.5 && unit + 1 < units.size(); ++unit) value /= 1024;
  // 9.95 is where one decimal would be rounded to 10.0.
  return value < 9.95 ? fmt::format("{:.1f}{}", value, units[unit])
                      : fmt::format("{:.0f}{}", value, units[unit]);
}

std::string human_cpu_time(std::uint64_t ns) {
  const std::uint64_t days = ns / day, hours = ns % day / hour, minutes = ns % hour / minute,
                      seconds = ns % minute / second;
  if (days > 0) return fmt::format("{}-{:02}:{:02}:{:02}", days, hours, minutes, seconds);
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, minutes, seconds);
  return fmt::format("{}:{:02}", minutes, seconds);
}

std::string human_duration(std::uint64_t ns) {
  if (ns == 0) return "0s";
  if (ns < us) return fmt::format("{}ns", ns);
  if (ns < ms) return fmt::format("{}us", ns / us);
  if (ns < second) return fmt::format("{}ms", ns / ms);
  // Rounded down as everything here, so that 9.99 s is not called 10.0s.
  if (ns < 10 * second) return fmt::format("{}.{}s", ns / second, ns % second / (100 * ms));
  if (ns < minute) return fmt::format("{}s", ns / second);
  if (ns < hour) return fmt::format("{}m{:02}s", ns / minute, ns % minute / second);
  if (ns < day) return fmt::format("{}h{:02}m", ns / hour, ns % hour / minute);
  return fmt::format("{}d{:02}h", ns / day, ns % day / hour);
}

std::string human_percent(double percent) {
  return percent < 99.95 ? fmt::format("{:.1f}", percent) : fmt::format("{:.0f}", percent);
}

}  // namespace ptop::render
