// --help in GNU style: usage lines, what it is, commands, options by group.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace ptop::cli {

class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(std::vector<std::string> usage_lines) : usage_(std::move(usage_lines)) {}
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;

 private:
  std::vector<std::string> usage_;
};

/// The options people may use, in order of definition; those of the group "Help" last.
std::vector<std::string> option_groups(const CLI::App& app);
std::vector<const CLI::Option*> options_of_group(const CLI::App& app, const std::string& group);

}  // namespace ptop::cli
