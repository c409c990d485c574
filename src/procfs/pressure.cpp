// "some avg10=0.06 avg60=0.25 avg300=0.37 total=24553551"
#include "ptop/procfs/pressure.hpp"

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

bool parse_share(double& out, std::string_view word, std::string_view key) {
  return take_until(word, '=') == key && parse_decimal(out, word);
}

bool parse_line(PressureLine& line, std::string_view words) {
  const bool has_shares = parse_share(line.avg10, take_word(words), "avg10") &&
                          parse_share(line.avg60, take_word(words), "avg60") &&
                          parse_share(line.avg300, take_word(words), "avg300");
  std::string_view total = take_word(words);
  return has_shares && take_until(total, '=') == "total" && parse_into(line.total_us, total);
}

}  // namespace

Result<Pressure> parse_pressure(std::string_view text) {
  Pressure pressure;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view words = take_line(rest);
    const std::string_view line = words;
    const std::string_view kind = take_word(words);
    if (kind != "some" && kind != "full") continue;
    auto& out = kind == "some" ? pressure.some : pressure.full;
    if (!parse_line(out.emplace(), words)) return malformed("pressure", line);
  }
  if (!pressure.some && !pressure.full) return malformed("pressure", text);
  return pressure;
}

std::string_view pressure_resource_name(PressureResource resource) {
  switch (resource) {
    case PressureResource::cpu:
      return "cpu";
    case PressureResource::memory:
      return "memory";
    case PressureResource::io:
      return "io";
    case PressureResource::irq:
      return "irq";
  }
  return "unknown";
}

}  // namespace ptop::procfs
