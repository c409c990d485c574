// Whether a program was told of a descriptor: by its argv or its environment.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::insight {

/// What a new program was told.
struct Told {
  std::span<const std::string> argv;
  std::vector<std::string_view> environment;  ///< NAME=VALUE
  std::span<const Pid> pids;                  ///< its own, in each pid namespace it is in
};

struct Naming {
  follow::DescriptorPurpose purpose = follow::DescriptorPurpose::none;
  std::string by;  ///< the word or variable
};

/// `target`: what is open there, for a jobserver that is a FIFO with a path.
Naming naming_of(int fd, std::string_view target, const Told& told);

}  // namespace ptop::insight
