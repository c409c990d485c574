// What an exec changed in the environment.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ptop/follow/event.hpp"

namespace ptop::follow {

/// NAME=VALUE strings, raw, in the order of the process. Shared by processes that inherited it unchanged.
using Environment = std::vector<std::string>;
using EnvironmentPtr = std::shared_ptr<const Environment>;

/// A name that occurs twice counts with its first value, as getenv(3) finds it.
EnvironmentChange environment_change(const Environment& before, const Environment& after);

/// The environment of the calling process.
EnvironmentPtr own_environment();

}  // namespace ptop::follow
