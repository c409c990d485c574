// A moment as RFC 3339 has it.
#pragma once

#include <chrono>
#include <ctime>
#include <string>

#include <fmt/format.h>

namespace ptop::render {

/// "2026-11-22T13:27:48.123456789Z"
inline std::string rfc3339(std::chrono::system_clock::time_point when) {
  using namespace std::chrono;
  const auto ns = duration_cast<nanoseconds>(when.time_since_epoch()).count();
  const std::time_t seconds = static_cast<std::time_t>(ns / 1'000'000'000);
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, ns % 1'000'000'000);
}

}  // namespace ptop::render
