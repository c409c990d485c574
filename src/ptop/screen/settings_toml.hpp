// Settings to TOML and back. Text in, struct out: knows no file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace ptop::app {

struct SettingsTrouble {
  std::uint32_t line = 0, column = 0;  ///< from 1
  std::string text;                    ///< escaped: what is wrong, and what would be right
};

struct ReadSettings {
  Settings settings;  ///< as the defaults wherever something was wrong
  std::vector<SettingsTrouble>
      troubles;  ///< the first so many; in the order of the file when it is TOML at all
};
ReadSettings read_settings(std::string_view toml);

/// With a comment for each option. read_settings() of it is the same again, without trouble.
std::string write_settings(const Settings& settings);

}  // namespace ptop::app
