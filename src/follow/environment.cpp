// Two environments compared by name.
#include "environment.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <unistd.h>

namespace ptop::follow {
namespace {

std::string_view name_of(std::string_view entry) {
  const auto equals =
      entry.find('=', 1);  // bash exports names such as "=x" to nobody, but "=" first is no name's end
  return entry.substr(0, equals);
}

std::unordered_map<std::string_view, std::string_view> by_name(const Environment& environment) {
  std::unordered_map<std::string_view, std::string_view> entries;
  entries.reserve(environment.size());
  for (const auto& entry : environment) entries.emplace(name_of(entry), entry);
  return entries;
}

}  // namespace

EnvironmentChange environment_change(const Environment& before, const Environment& after) {
  EnvironmentChange change;
  if (before == after) return change;
  const auto old_entries = by_name(before);
  const auto new_entries = by_name(after);
  std::unordered_set<std::string_view> told;
  for (const auto& entry : after) {
    const auto name = name_of(entry);
    if (!told.insert(name).second) continue;
    const auto old = old_entries.find(name);
    if (old == old_entries.end())
      change.added.push_back(entry);
    else if (old->second != entry)
      change.changed.push_back(entry);
  }
  told.clear();
  for (const auto& entry : before) {
    const auto name = name_of(entry);
    if (told.insert(name).second && !new_entries.contains(name)) change.removed.emplace_back(name);
  }
  return change;
}

EnvironmentPtr own_environment() {
  auto environment = std::make_shared<Environment>();
  for (char** entry = ::environ; entry && *entry; ++entry) environment->emplace_back(*entry);
  return environment;
}

}  // namespace ptop::follow
