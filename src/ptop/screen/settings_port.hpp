// How the screen has its settings saved at once. Tests use a fake one.
#pragma once

#include "ptop/base/result.hpp"
#include "settings.hpp"

namespace ptop::app {

class SettingsPort {
 public:
  virtual ~SettingsPort() = default;
  /// Errors: `malformed` when the file is not understood, and so is not written over; what the calls say.
  virtual Result<void> save(const Settings& now) = 0;
  /// "/home/me/.config/ptop/ptop.toml"; raw.
  virtual std::string path() const = 0;
};

}  // namespace ptop::app
