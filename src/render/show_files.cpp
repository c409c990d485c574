// Files: its descriptors, what is at their other ends, and the locks it holds or waits for.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ptop/render/descriptors.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

constexpr std::size_t files_shown = 24;

const DescriptorOwner* owner_of(const Subject& s) {
  return s.options.ends == nullptr ? nullptr : find_owner(s.options.ends->snapshot(), s.sample.pid);
}

std::optional<std::uint64_t> soft_limit(const Subject& s) {
  for (const procfs::Limit& limit : s.sample.more().limits) {
    if (limit.resource == procfs::LimitResource::nofile) return limit.soft;
  }
  return std::nullopt;
}

Cells::Row file_row(const Subject& s, Place place) {
  constexpr std::array<std::string_view, 5> accesses{"", "path", "r", "w", "rw"};
  const DescriptorEnds& ends = *s.options.ends;
  const Descriptor& d = ends.at(place);
  std::string name = descriptor_name(ends, place);
  Role role = Role::plain;
  if (const auto other = other_end_text(ends, place); !other.empty())
    name += fmt::format(" {} {}", s.arrow(), other);
  if (const auto locks = lock_text(ends, place); !locks.empty()) {
    name += fmt::format(" [{}]", locks);
    role = Role::warning;
  }
  return {{Role::pid, fmt::format("{}", d.fd)},
          {Role::plain, std::string(accesses[static_cast<std::size_t>(d.access)])},
          {Role::faint, std::string(descriptor_type_name(d.type))},
          {role, std::move(name)}};
}

ProcessKey key_of(const Subject& s, Place place) { return s.options.ends->owner(place).key; }

}  // namespace

std::vector<ProcessKey> others_at(const Subject& s, Place place) {
  std::vector<ProcessKey> keys;
  const PlaceList others = s.options.ends->other_ends(place);
  for (std::size_t i = 0; i < others.size(); ++i) keys.push_back(key_of(s, others[i]));
  for (const DescriptorLock& lock : s.options.ends->locks(place)) {
    for (const Place other : lock.others) keys.push_back(key_of(s, other));
    for (const Pid pid : lock.pids) {
      if (const Sample* found = find_process(s.scene.snapshot, pid)) keys.push_back(found->process_key());
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::vector<Place> descriptors_of(const Subject& s) {
  std::vector<Place> places;
  const DescriptorOwner* owner = owner_of(s);
  if (owner == nullptr) return places;
  const auto process = static_cast<std::uint32_t>(owner - s.options.ends->snapshot().processes.data());
  for (std::uint32_t d = 0; d < owner->descriptors.size(); ++d) {
    if (owner->descriptors[d].as == HeldAs::fd) places.push_back({process, d});
  }
  return places;
}

void show_files(Lines& lines, const Subject& s) {
  const DescriptorOwner* owner = owner_of(s);
  if (owner == nullptr || s.is_kernel_thread() || s.is_zombie()) return;
  if (const auto missing = missing_words(owner->availability); !missing.empty())
    return lines.add("open files", StyledText(missing, Role::faint));
  const auto places = descriptors_of(s);
  std::string count = fmt::format("{}", places.size());
  if (const auto limit = soft_limit(s)) count += fmt::format(" of at most {}", grouped(*limit));
  lines.add("open", count);
  Cells cells({"FD", "MODE", "TYPE", "NAME"}, {true});
  const std::size_t shown = s.options.whole ? places.size() : std::min(places.size(), files_shown);
  for (std::size_t i = 0; i < shown; ++i) cells.add(file_row(s, places[i]), others_at(s, places[i]));
  if (!cells.empty()) cells.write(lines, Cells::Long::wrapped);
  if (places.size() > shown)
    lines.add_row(StyledText(
        fmt::format("and {} more: ptop fds {}", places.size() - shown, s.sample.pid.raw()), Role::faint));
}

}  // namespace ptop::render
