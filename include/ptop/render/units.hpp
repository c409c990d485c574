// Numbers for people. JSON never uses these.
#pragma once

#include <cstdint>
#include <string>

namespace ptop::render {

/// "0", "512", "4.0K", "128M", "1.2G": at most 5 characters, powers of 1024.
std::string human_bytes(std::uint64_t bytes);
/// ps's TIME: "0:03", "12:34", "1:02:03", "3-04:05:06".
std::string human_cpu_time(std::uint64_t ns);
/// One or two units: "850us", "12ms", "1.5s", "3m20s", "2h05m", "4d03h".
std::string human_duration(std::uint64_t ns);
/// "0.0", "99.9", "1234".
std::string human_percent(double percent);

}  // namespace ptop::render
