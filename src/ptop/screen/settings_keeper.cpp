// What goes back to the file.
#include "settings_keeper.hpp"

#include "settings_toml.hpp"

namespace ptop::app {

SettingsKeeper::SettingsKeeper(std::string path)
    : path_(std::move(path)), file_(load_settings(path_)), start_(file_.settings) {}

/// What the command line said for this once, and nobody touched since, stays as the file has it.
Settings SettingsKeeper::to_save(const Settings& now) const {
  Settings out = now;
  const Settings& before = file_.settings;
  if (now.delay_s == start_.delay_s) out.delay_s = before.delay_s;
  if (now.mouse == start_.mouse) out.mouse = before.mouse;
  if (now.screens[0].columns == start_.screens[0].columns) out.screens[0].columns = before.screens[0].columns;
  return out;
}

Result<void> SettingsKeeper::save(const Settings& now) {
  const Settings out = to_save(now);
  auto saved = save_settings(path_, write_settings(out));
  if (!saved) return saved;
  file_ = {out, "", true};
  start_ = now;
  return {};
}

Result<void> SettingsKeeper::save_changes(const Settings& now) {
  if (path_.empty() || !now.save || !file_.understood) return {};
  if (write_settings(to_save(now)) == write_settings(file_.settings)) return {};
  return save(now);
}

}  // namespace ptop::app
