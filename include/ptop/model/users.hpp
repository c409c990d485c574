// User and group names by number, looked up once each.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "ptop/base/ids.hpp"

namespace ptop::model {

class UserNames {
 public:
  /// getpwuid_r(3); the number in decimal when nobody has that uid. Valid as long as this object.
  std::string_view name(Uid uid);
  /// getgrgid_r(3), the same way.
  std::string_view group(Gid gid);

 private:
  std::unordered_map<Uid, std::string> names_;
  std::unordered_map<Gid, std::string> groups_;
};

}  // namespace ptop::model
