// The table of meters.
#include "meters.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ptop::app {
namespace {

using enum MeterStyle;

const MeterKind table[] = {
    {MeterId::cpus, "cpus", "Each processor", {bar, graph, text}},
    {MeterId::cpu, "cpu", "All processors together", {bar, graph, text}},
    {MeterId::memory, "memory", "Memory", {bar, graph, text}},
    {MeterId::swap, "swap", "Swap", {bar, graph, text}},
    {MeterId::load, "load", "Load average", {text, bar, graph}},
    {MeterId::psi_cpu, "psi_cpu", "Pressure: waiting for processors", {text, bar, graph}},
    {MeterId::psi_memory, "psi_memory", "Pressure: waiting for memory", {text, bar, graph}},
    {MeterId::psi_io, "psi_io", "Pressure: waiting for I/O", {text, bar, graph}},
    {MeterId::tasks, "tasks", "Tasks by state", {text}},
    {MeterId::disk, "disk", "Disk I/O", {text, graph}},
    {MeterId::network, "network", "Network I/O", {text, graph}},
    {MeterId::uptime, "uptime", "Uptime", {text}},
    {MeterId::clock, "clock", "Date and time", {text}},
    {MeterId::host, "host", "Hostname and kernel", {text}},
    {MeterId::blank, "blank", "An empty line", {text}},
};
static_assert(std::size(table) == meter_count);

}  // namespace

std::span<const MeterKind> meter_kinds() { return table; }
const MeterKind& meter_kind(MeterId id) { return table[static_cast<std::size_t>(id)]; }

std::string_view style_name(MeterStyle style) {
  static constexpr std::string_view names[] = {"bar", "text", "graph"};
  return names[static_cast<std::size_t>(style)];
}

std::string meter_text(Meter meter) {
  const MeterKind& kind = meter_kind(meter.id);
  return meter.style == kind.styles[0] ? std::string(kind.key)
                                       : fmt::format("{}:{}", kind.key, style_name(meter.style));
}

std::optional<Meter> parse_meter(std::string_view text) {
  const auto colon = text.find(':');
  for (const MeterKind& kind : table) {
    if (kind.key != text.substr(0, colon)) continue;
    if (colon == text.npos) return Meter{kind.id, kind.styles[0]};
    for (const MeterStyle style : kind.styles) {
      if (style_name(style) == text.substr(colon + 1)) return Meter{kind.id, style};
    }
  }
  return std::nullopt;
}

MeterStyle next_style(Meter meter) {
  const auto& styles = meter_kind(meter.id).styles;
  const auto at = std::find(styles.begin(), styles.end(), meter.style);
  return at == styles.end() || at + 1 == styles.end() ? styles[0] : *(at + 1);
}

std::array<std::vector<Meter>, 2> default_meters() {
  return {std::vector<Meter>{{MeterId::cpus, bar}, {MeterId::memory, bar}, {MeterId::swap, bar}},
          std::vector<Meter>{
              {MeterId::tasks, text}, {MeterId::load, text}, {MeterId::uptime, text}, {MeterId::host, text}}};
}

}  // namespace ptop::app
