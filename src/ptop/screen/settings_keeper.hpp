// The settings of one run: what the file says, what the command line says for this once, and what goes back.
#pragma once

#include "settings_file.hpp"
#include "settings_port.hpp"

namespace ptop::app {

class SettingsKeeper : public SettingsPort {
 public:
  /// Reads the file.
  explicit SettingsKeeper(std::string path);
  const Settings& as_read() const { return file_.settings; }
  /// What is wrong with the file; "": nothing.
  const std::string& trouble() const { return file_.trouble; }
  /// With what the command line says.
  void begin_with(const Settings& settings) { start_ = settings; }

  Result<void> save(const Settings& now) override;
  std::string path() const override { return path_; }
  /// When leaving: nothing is written when nothing changed, or the user does not want it, or the file was not
  /// understood.
  Result<void> save_changes(const Settings& now);

 private:
  Settings to_save(const Settings& now) const;

  std::string path_;
  LoadedSettings file_;
  Settings start_;
};

}  // namespace ptop::app
