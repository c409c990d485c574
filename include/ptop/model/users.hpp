// User and group names by number, looked up once each.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "ptop/base/ids.hpp"

namespace ptop::model {

class UserNames {
 public:
  UserNames() = default;
  /// Of a recording (Reader::machine_root()) that has etc/passwd and etc/group: these are asked, and not the
  /// users of this machine.
  explicit UserNames(const std::string& machine_root);
  /// getpwuid_r(3); the number in decimal when nobody has that uid. Valid as long as this object.
  std::string_view name(Uid uid);
  /// getgrgid_r(3), the same way.
  std::string_view group(Gid gid);

 private:
  bool recorded_ = false;
  std::unordered_map<Uid, std::string> names_;
  std::unordered_map<Gid, std::string> groups_;
};

}  // namespace ptop::model
