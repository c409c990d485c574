// The meters there are, and how each can be drawn.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ptop::app {

enum class MeterId : std::uint8_t {
  cpus,
  cpu,
  memory,
  swap,
  load,
  psi_cpu,
  psi_memory,
  psi_io,
  tasks,
  disk,
  network,
  uptime,
  clock,
  host,
  blank,
};
inline constexpr std::size_t meter_count = 15;

enum class MeterStyle : std::uint8_t { bar, text, graph };

struct Meter {
  MeterId id = MeterId::blank;
  MeterStyle style = MeterStyle::text;
  friend bool operator==(const Meter&, const Meter&) = default;
};

struct MeterKind {
  MeterId id;
  std::string_view key;            ///< in the file
  std::string_view title;          ///< on the setup screen
  std::vector<MeterStyle> styles;  ///< it can have; the first is what it has without settings
};
std::span<const MeterKind> meter_kinds();
const MeterKind& meter_kind(MeterId id);

std::string_view style_name(MeterStyle style);
/// "memory", or "memory:graph" when that is not its first style.
std::string meter_text(Meter meter);
/// nullopt: there is no such meter, or it has no such style.
std::optional<Meter> parse_meter(std::string_view text);
/// The next style that it can have.
MeterStyle next_style(Meter meter);

/// As htop has them.
std::array<std::vector<Meter>, 2> default_meters();

}  // namespace ptop::app
