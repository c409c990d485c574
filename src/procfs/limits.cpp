// The table of /proc/<pid>/limits by the kernel's names.
#include "ptop/procfs/limits.hpp"

#include <cerrno>
#include <iterator>

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

struct Resource {
  std::string_view title;  ///< as the kernel writes it
  LimitResource resource;
  std::string_view name;
  LimitUnit unit;
};

/// fs/proc/base.c, lnames.
constexpr Resource resources[] = {
    {"Max cpu time", LimitResource::cpu, "cpu", LimitUnit::seconds},
    {"Max file size", LimitResource::fsize, "fsize", LimitUnit::bytes},
    {"Max data size", LimitResource::data, "data", LimitUnit::bytes},
    {"Max stack size", LimitResource::stack, "stack", LimitUnit::bytes},
    {"Max core file size", LimitResource::core, "core", LimitUnit::bytes},
    {"Max resident set", LimitResource::rss, "rss", LimitUnit::bytes},
    {"Max processes", LimitResource::nproc, "nproc", LimitUnit::processes},
    {"Max open files", LimitResource::nofile, "nofile", LimitUnit::files},
    {"Max locked memory", LimitResource::memlock, "memlock", LimitUnit::bytes},
    {"Max address space", LimitResource::as, "as", LimitUnit::bytes},
    {"Max file locks", LimitResource::locks, "locks", LimitUnit::locks},
    {"Max pending signals", LimitResource::sigpending, "sigpending", LimitUnit::signals},
    {"Max msgqueue size", LimitResource::msgqueue, "msgqueue", LimitUnit::bytes},
    {"Max nice priority", LimitResource::nice, "nice", LimitUnit::none},
    {"Max realtime priority", LimitResource::rtprio, "rtprio", LimitUnit::none},
    {"Max realtime timeout", LimitResource::rttime, "rttime", LimitUnit::microseconds},
};

constexpr bool rows_match_enum() {
  for (std::size_t row = 0; row < std::size(resources); ++row) {
    if (static_cast<std::size_t>(resources[row].resource) != row) return false;
  }
  return true;
}
static_assert(rows_match_enum());

bool parse_value(std::optional<std::uint64_t>& out, std::string_view word) {
  return word == "unlimited" || parse_into(out, word);
}

/// The row whose title the line opens with; a blank must follow it.
const Resource* find_resource(std::string_view line) {
  for (const Resource& resource : resources) {
    if (!line.starts_with(resource.title)) continue;
    if (line.substr(resource.title.size()).starts_with(' ')) return &resource;
  }
  return nullptr;
}

}  // namespace

Result<std::vector<Limit>> parse_limits(std::string_view text) {
  // A task that was collected while its file was open has no limits to lock (fs/proc/base.c,
  // proc_pid_limits).
  if (text.empty()) return fail({Errc::gone, ESRCH, "limits"});
  std::vector<Limit> limits;
  limits.reserve(std::size(resources));
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    const Resource* resource = find_resource(line);
    if (!resource) continue;
    Limit limit{.resource = resource->resource, .unit = resource->unit};
    std::string_view values = line.substr(resource->title.size());
    const bool fits =
        parse_value(limit.soft, take_word(values)) && parse_value(limit.hard, take_word(values));
    if (!fits) return malformed("limits", line);
    limits.push_back(limit);
  }
  if (limits.empty()) return malformed("limits", text);
  return limits;
}

std::string_view limit_resource_name(LimitResource resource) {
  const auto row = static_cast<std::size_t>(resource);
  return row < std::size(resources) ? resources[row].name : "unknown";
}

std::string_view limit_unit_name(LimitUnit unit) {
  switch (unit) {
    case LimitUnit::none:
      return "";
    case LimitUnit::seconds:
      return "seconds";
    case LimitUnit::bytes:
      return "bytes";
    case LimitUnit::processes:
      return "processes";
    case LimitUnit::files:
      return "files";
    case LimitUnit::locks:
      return "locks";
    case LimitUnit::signals:
      return "signals";
    case LimitUnit::microseconds:
      return "us";
  }
  return "";
}

}  // namespace ptop::procfs
