// User and group names, asked for once each: the answer may come from a directory service far away.
#include "ptop/model/users.hpp"

#include <grp.h>
#include <pwd.h>

#include <cerrno>

#include <fmt/format.h>

namespace ptop::model {
namespace {

using group_entry = ::group;  // not UserNames::group

constexpr std::size_t largest_entry = 1024 * 1024;

/// The name that `look` (getpwuid_r(3) or getgrgid_r(3)) finds in an Entry, at `name`.
template <class Entry>
std::string look_up(std::uint32_t number, int (*look)(std::uint32_t, Entry*, char*, std::size_t, Entry**),
                    char* Entry::*name) {
  std::string buffer(1024, '\0');
  while (true) {
    Entry entry{};
    Entry* found = nullptr;
    const int error = look(number, &entry, buffer.data(), buffer.size(), &found);
    if (error == ERANGE && buffer.size() < largest_entry) {
      buffer.resize(buffer.size() * 2);
    } else if (found && *(found->*name) != '\0') {
      return found->*name;
    } else {
      return fmt::to_string(number);
    }
  }
}

}  // namespace

std::string_view UserNames::name(Uid uid) {
  const auto known = names_.find(uid);
  if (known != names_.end()) return known->second;
  return names_.emplace(uid, look_up<passwd>(uid.raw(), getpwuid_r, &passwd::pw_name)).first->second;
}

std::string_view UserNames::group(Gid gid) {
  const auto known = groups_.find(gid);
  if (known != groups_.end()) return known->second;
  return groups_.emplace(gid, look_up<group_entry>(gid.raw(), getgrgid_r, &group_entry::gr_name))
      .first->second;
}

}  // namespace ptop::model
