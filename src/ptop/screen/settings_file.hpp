// Where the settings are kept, and how they get there without ever being half there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ptop/base/result.hpp"
#include "settings.hpp"

namespace ptop::app {

/// $XDG_CONFIG_HOME/ptop/ptop.toml, or ~/.config/ptop/ptop.toml. Relative directories do not count, as the
/// XDG Base Directory Specification says: "" when nothing is left, and nothing is read or written then.
std::string default_settings_path(const char* xdg_config_home, const char* home);

struct LoadedSettings {
  Settings settings;
  std::string trouble;     ///< escaped, one line: "FILE:3:7: what is wrong (and 2 more)"; "": none
  bool understood = true;  ///< false: the file must not be written over
};
/// A file that is not there is no trouble. Never blocks on what is no regular file, and reads 256 KiB at
/// most.
LoadedSettings load_settings(const std::string& path);

/// Writes beside the file that `path` leads to through links, and renames: it is the old one or the new one,
/// whatever happens. Permissions and owner stay. Missing directories above are made. Errors: `malformed` when
/// a file is there that load_settings() does not understand, and what the calls say.
Result<void> save_settings(const std::string& path, std::string_view toml);

}  // namespace ptop::app
