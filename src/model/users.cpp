// User and group names, asked for once each: the answer may come from a directory service far away.
#include "ptop/model/users.hpp"

#include <grp.h>
#include <pwd.h>

#include <cerrno>
#include <fstream>

#include <fmt/format.h>

#include "ptop/base/number.hpp"

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

/// "name:password:number:…" to names by their numbers. The first line with a number counts, as it does for
/// getpwuid(3). False: no such file.
template <class Number>
bool read_names(const std::string& path, std::unordered_map<Number, std::string>& names) {
  std::ifstream file(path);
  if (!file) return false;
  for (std::string line; std::getline(file, line);) {
    const auto name_end = line.find(':'), password_end = line.find(':', name_end + 1);
    if (name_end == line.npos || password_end == line.npos) continue;
    const auto number_end = line.find(':', password_end + 1);
    const std::string_view text =
        std::string_view(line).substr(password_end + 1, number_end - password_end - 1);
    if (const auto number = parse_number<std::uint32_t>(text))
      names.try_emplace(Number(*number), line.substr(0, name_end));
  }
  return true;
}

}  // namespace

UserNames::UserNames(const std::string& machine_root) {
  if (machine_root.empty()) return;
  recorded_ = read_names(machine_root + "/etc/passwd", names_);
  read_names(machine_root + "/etc/group", groups_);
}

std::string_view UserNames::name(Uid uid) {
  const auto known = names_.find(uid);
  if (known != names_.end()) return known->second;
  return names_
      .emplace(uid, recorded_ ? fmt::to_string(uid.raw())
                              : look_up<passwd>(uid.raw(), getpwuid_r, &passwd::pw_name))
      .first->second;
}

std::string_view UserNames::group(Gid gid) {
  const auto known = groups_.find(gid);
  if (known != groups_.end()) return known->second;
  return groups_
      .emplace(gid, recorded_ ? fmt::to_string(gid.raw())
                              : look_up<group_entry>(gid.raw(), getgrgid_r, &group_entry::gr_name))
      .first->second;
}

}  // namespace ptop::model
