// User names by uid, looked up once each.
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

 private:
  std::unordered_map<Uid, std::string> names_;
};

}  // namespace ptop::model
