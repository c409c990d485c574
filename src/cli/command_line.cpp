// What the command lines of both programs share, above CLI11: parsing, mistakes as one line on stderr.
#include "command_line.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include "help.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/message.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/nearest.hpp"
#include "ptop/base/number.hpp"

namespace ptop::cli {
namespace {

bool is_option(std::string_view word) { return word.size() > 1 && word[0] == '-'; }

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

// The command given, or the program itself.
const CLI::App& chosen(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? app : *commands.front();
}

const CLI::Option* find_option(const CLI::App& app, const std::string& name) {
  if (const auto* option = app.get_option_no_throw(name)) return option;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (const auto* option = command->get_option_no_throw(name)) return option;
  }
  return nullptr;
}

std::vector<std::string> known_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (std::string& name : option_names(*option)) {
      if (name.size() > 2) names.push_back(std::move(name));
    }
  }
  return names;
}

std::string full_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : app.get_parent()->get_name() + ' ' + app.get_name();
}

std::string unknown_option(const CLI::App& app, std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  const std::vector<std::string> known = known_names(app);
  const std::string_view near = word.substr(0, 2) == "--" ? nearest(name, known) : std::string_view{};
  const std::string shown = escaped(name);
  if (!near.empty()) return fmt::format("unknown option '{}'; did you mean '{}'?", shown, near);
  return fmt::format("unknown option '{}'; '{} --help' lists the options", shown, full_name(app));
}

std::string unexpected_operand(const CLI::App& app, const std::string& word) {
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  if (commands.empty()) return fmt::format("'{}' takes no argument '{}'", full_name(app), escaped(word));
  const std::string_view near = nearest(word, commands);
  if (!near.empty()) return fmt::format("unknown command '{}'; did you mean '{}'?", escaped(word), near);
  return fmt::format("unknown command '{}'; the commands are: {}", escaped(word), fmt::join(commands, ", "));
}

std::string explain_extras(const CLI::App& app) {
  const CLI::App& place = chosen(app);
  for (const std::string& word : app.remaining(true)) {
    if (word == "--") continue;
    return is_option(word) ? unknown_option(place, word) : unexpected_operand(place, word);
  }
  return "bad usage";
}

std::string needs_value(const CLI::Option* option, const std::string& name) {
  const std::string kind = option != nullptr ? option->get_type_name() : std::string("a value");
  return fmt::format("option '{}' needs {}", name, kind);
}

/// -yo: the short option that a word ends with; "--output" itself.
std::string last_option_in(const std::string& word) {
  if (!is_option(word) || word.rfind("--", 0) == 0) return word;
  return {'-', word.back()};
}

/// CLI11 starts these messages with the option's longest name and a colon. The one that was typed stands
/// where no value follows.
std::string explain_missing_value(const CLI::App& app, std::string_view message,
                                  const std::vector<std::string>& arguments) {
  const std::string name(message.substr(0, message.find(':')));
  const CLI::Option* option = find_option(app, name);
  if (option == nullptr) return needs_value(option, name);
  const std::vector<std::string> names = option_names(*option);
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    const std::string typed = last_option_in(arguments[i]);
    const bool has_value = i + 1 < arguments.size() && !is_option(arguments[i + 1]);
    if (!has_value && std::find(names.begin(), names.end(), typed) != names.end())
      return needs_value(option, typed);
  }
  return needs_value(option, name);
}

/// "-t=3": of a short option that takes a value, "=3" is the value.
void check_short_options(const CLI::App& app, const std::string& word) {
  for (std::size_t i = 1; i + 1 < word.size(); ++i) {
    const std::string name{'-', word[i]};
    const CLI::Option* option = find_option(app, name);
    if (option == nullptr || takes_value(*option)) return;
    if (word[i + 1] == '=') throw UsageError(fmt::format("option '{}' takes no value", name));
  }
}

// "--name=" would swallow the next argument in CLI11, "--flag=value" would pass for the flag, and of
// "-f=value" it would take "-" for an option.
void check_attached_values(const CLI::App& app, const std::vector<std::string>& arguments) {
  for (const std::string& word : arguments) {
    if (word == "--") return;
    const std::size_t equals = word.find('=');
    if (!is_option(word) || equals == word.npos) continue;
    if (word[1] != '-') {
      check_short_options(app, word);
      continue;
    }
    const std::string name = word.substr(0, equals);
    const CLI::Option* option = find_option(app, name);
    if (option == nullptr) continue;
    if (!takes_value(*option)) throw UsageError(fmt::format("option '{}' takes no value", name));
    if (equals + 1 == word.size()) throw UsageError(needs_value(option, name));
  }
}

// `ptop -o pid tree`: an option of the program that means nothing to the command.
void check_options_of_command(const CLI::App& app) {
  const CLI::App& command = chosen(app);
  if (&command == &app) return;
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0 || command.get_option_no_throw(option->get_name()) != nullptr) continue;
    throw UsageError(fmt::format("'{}' takes no option '{}'", full_name(command), option->get_name()));
  }
}

std::size_t position_after_option(const CLI::App& app, const std::string& word, std::size_t at) {
  if (word.rfind("--", 0) == 0) {
    const CLI::Option* option = app.get_option_no_throw(word.substr(0, word.find('=')));
    return option != nullptr && takes_value(*option) && word.find('=') == word.npos ? at + 2 : at + 1;
  }
  for (std::size_t i = 1; i < word.size(); ++i) {  // -yo FILE: flags, then perhaps one option with a value
    const CLI::Option* option = app.get_option_no_throw(std::string{'-', word[i]});
    if (option != nullptr && takes_value(*option)) return i + 1 == word.size() ? at + 2 : at + 1;
  }
  return at + 1;
}

}  // namespace

std::string version_line(std::string_view program) { return std::string(program) + " " PTOP_VERSION; }

void dress(CLI::App& app, std::vector<std::string> usage_lines) {
  app.formatter(std::make_shared<HelpFormatter>(std::move(usage_lines)));
  app.set_help_flag("-h,--help", "print this help and exit")->group("Help");
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  if (app.get_parent() != nullptr) return;
  app.set_version_flag("-V,--version", version_line(app.get_name()), "print the version and exit")
      ->group("Help");
}

Split split_at_first_operand(const CLI::App& app, const std::vector<std::string>& arguments) {
  std::size_t at = 0;
  while (at < arguments.size() && is_option(arguments[at]) && arguments[at] != "--") {
    at = position_after_option(app, arguments[at], at);
  }
  at = std::min(at, arguments.size());
  const bool dashes = at < arguments.size() && arguments[at] == "--";
  const auto middle = arguments.begin() + static_cast<std::ptrdiff_t>(at);
  return {{arguments.begin(), middle}, {middle + (dashes ? 1 : 0), arguments.end()}};
}

int status_of_output(std::string_view program, int error, int unwritten) {
  if (error == 0 || error == EPIPE) return exit_ok;
  say(program, fmt::format("standard output: {}", errno_text(error)));
  return unwritten;
}

std::optional<int> parse(CLI::App& app, const std::vector<std::string>& arguments, int unwritten) {
  try {
    check_attached_values(app, arguments);
    std::vector<std::string> backwards(arguments.rbegin(), arguments.rend());  // as CLI11 takes them
    app.parse(std::move(backwards));
    check_options_of_command(app);
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    return status_of_output(app.get_name(), write_or_lose(STDOUT_FILENO, chosen(app).help()), unwritten);
  } catch (const CLI::CallForVersion& version) {
    const int error = write_or_lose(STDOUT_FILENO, std::string(version.what()) + "\n");
    return status_of_output(app.get_name(), error, unwritten);
  } catch (const CLI::ExtrasError&) {
    return complain(app.get_name(), explain_extras(app));
  } catch (const CLI::ArgumentMismatch& mismatch) {
    return complain(app.get_name(), explain_missing_value(app, mismatch.what(), arguments));
  } catch (const CLI::Error& error) {
    return complain(app.get_name(), escaped(error.what()));
  } catch (const UsageError& error) {
    return complain(app.get_name(), error.what());
  }
}

int complain(std::string_view program, std::string_view message) {
  say(program, message);
  return exit_usage;
}

std::vector<Pid> parse_pids(std::string_view text) {
  std::vector<Pid> pids;
  constexpr std::string_view separators = ", \t\n";
  while (true) {
    const std::size_t begin = text.find_first_not_of(separators);
    if (begin == text.npos) break;
    text.remove_prefix(begin);
    const std::string_view word = text.substr(0, text.find_first_of(separators));
    const auto number = parse_number<std::int32_t>(word);
    if (!number || *number <= 0) {
      throw UsageError(
          fmt::format("'{}' is not a pid: that is a number above 0, for example 1234", escaped(word)));
    }
    pids.emplace_back(*number);
    text.remove_prefix(word.size());
  }
  if (pids.empty()) throw UsageError("a pid is missing: the list of pids is empty");
  return pids;
}

CLI::Option* add_colour_option(CLI::App& app, render::ColourWish& wish) {
  return app
      .add_option_function<std::string>(
          "--color",
          [&wish](const std::string& when) {
            if (when == "auto")
              wish = render::ColourWish::automatic;
            else if (when == "always")
              wish = render::ColourWish::always;
            else if (when == "never")
              wish = render::ColourWish::never;
            else
              throw UsageError(fmt::format("--color: '{}' is none of auto, always, never", escaped(when)));
          },
          "colours: auto (on a terminal, unless NO_COLOR is set), always, never")
      ->type_name("WHEN");
}

std::vector<std::string> option_names(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

std::string option_label(const CLI::Option& option) {
  std::string label = fmt::format("{}", fmt::join(option_names(option), ", "));
  if (!takes_value(option)) return label;
  const bool attached = option.get_type_name() == "WHEN";  // --color=WHEN, as in ls
  return label + (attached ? "=" : " ") + option.get_type_name();
}

}  // namespace ptop::cli
