// /proc/pressure/{cpu,memory,io,irq}, and the *.pressure files of a cgroup.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

enum class PressureResource : std::uint8_t { cpu, memory, io, irq };

/// Per cent of the last 10, 60 and 300 seconds, and microseconds in all, in which tasks stood still.
struct PressureLine {
  double avg10 = 0, avg60 = 0, avg300 = 0;
  std::uint64_t total_us = 0;
};

/// Source: Documentation/accounting/psi.rst. Linux 4.20.
struct Pressure {
  std::optional<PressureLine> some;  ///< at least one task; irq has no such line
  std::optional<PressureLine> full;  ///< all tasks that were not idle. cpu: Linux 5.13
};
Result<Pressure> parse_pressure(std::string_view text);

std::string_view pressure_resource_name(PressureResource resource);  ///< "cpu"…

}  // namespace ptop::procfs
