// User names, asked for once each: the answer may come from a directory service far away.
#include "ptop/model/users.hpp"

#include <pwd.h>

#include <cerrno>

#include <fmt/format.h>

namespace ptop::model {
namespace {

constexpr std::size_t largest_entry = 1024 * 1024;

std::string look_up(Uid uid) {
  std::string buffer(1024, '\0');
  while (true) {
    passwd entry{};
    passwd* found = nullptr;
    const int error = getpwuid_r(uid.raw(), &entry, buffer.data(), buffer.size(), &found);
    if (error == ERANGE && buffer.size() < largest_entry) {
      buffer.resize(buffer.size() * 2);
    } else if (found && *found->pw_name != '\0') {
      return found->pw_name;
    } else {
      return fmt::to_string(uid.raw());
    }
  }
}

}  // namespace

std::string_view UserNames::name(Uid uid) {
  const auto known = names_.find(uid);
  if (known != names_.end()) return known->second;
  return names_.emplace(uid, look_up(uid)).first->second;
}

}  // namespace ptop::model
