// What the values of options mean.
#include "option_values.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <vector>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ptop::ptrace_fork {
namespace {

constexpr std::size_t max_string_limit = std::size_t{1} << 20U;

/// Nobody but root can change them; who has them already needs nothing.
void check_own_groups(const passwd& user, std::vector<gid_t> wanted) {
  std::vector<gid_t> have(static_cast<std::size_t>(std::max(::getgroups(0, nullptr), 0)));
  const int count = ::getgroups(static_cast<int>(have.size()), have.data());
  have.resize(static_cast<std::size_t>(std::max(count, 0)));
  for (auto* const groups : {&have, &wanted}) {
    groups->push_back(user.pw_gid);  // among them or not: it says nothing
    std::ranges::sort(*groups);
    groups->erase(std::unique(groups->begin(), groups->end()), groups->end());
  }
  if (::getuid() != user.pw_uid || ::getgid() != user.pw_gid || have != wanted)
    throw cli::UsageError(
        fmt::format("-u: only root can give a program the IDs and groups of '{}'", escaped(user.pw_name)));
}

/// Of a device or a pipe each has what it wrote.
bool is_one_regular_file(const struct stat& a, const struct stat& b) {
  return S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/// "": standard error.
bool lead_to_one_file(const std::string& log, const std::string& json) {
  struct stat a {
  }, b{};
  const bool is_there = log.empty() ? ::fstat(STDERR_FILENO, &a) == 0 : ::stat(log.c_str(), &a) == 0;
  if (::stat(json.c_str(), &b) == 0) return is_there && is_one_regular_file(a, b);
  if (log.empty() || is_there) return false;
  const auto place = [](const std::string& name) {  // neither is there yet: by their names
    std::error_code unknown;
    const auto path = std::filesystem::absolute(name, unknown);
    return std::filesystem::weakly_canonical(path, unknown);
  };
  const auto of_log = place(log);
  return !of_log.empty() && of_log == place(json);
}

/// "500ms", "10", "1.5s", "2m", "1h30m"; a bare number is of seconds. In nanoseconds.
std::optional<double> parse_time(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, double>, 6> units{
      {{"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}, {"d", 86400e9}}};
  constexpr std::string_view digits = "0123456789.";
  if (const auto seconds = parse_number<double>(text); seconds && text.find_first_not_of(digits) == text.npos)
    return *seconds * 1e9;
  double total = 0;
  do {
    const std::size_t end = std::min(text.find_first_not_of(digits), text.size());
    const auto number = parse_number<double>(text.substr(0, end));
    const std::string_view rest = text.substr(end), word = rest.substr(0, rest.find_first_of(digits));
    const auto unit = std::ranges::find(units, word, [](const auto& u) { return u.first; });
    if (!number || unit == units.end()) return std::nullopt;
    total += *number * unit->second;
    text = rest.substr(word.size());
  } while (!text.empty());
  return total;
}

}  // namespace

// strace's -e takes QUALIFIER=SET; a bare SET means trace=SET.
void set_expression(Options& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string qualifier = equals == text.npos ? "trace" : text.substr(0, equals);
  const std::string set = equals == text.npos ? text : text.substr(equals + 1);
  if (set.empty()) throw cli::UsageError("-e: the set is empty; use for example -e trace=openat,%process");
  if (qualifier == "trace" || qualifier == "t") {
    options.trace = set;
  } else if (qualifier == "signal" || qualifier == "signals" || qualifier == "s") {
    options.filter.signals = parsed("-e signal", follow::parse_signal_set(set));
  } else if (qualifier == "status") {
    options.filter.statuses = parsed("-e status", follow::parse_call_statuses(set));
  } else {
    throw cli::UsageError(fmt::format("-e: '{}=' is not known here; there are trace=, signal= and status=",
                                      escaped(qualifier)));
  }
}

std::uint64_t parse_duration(std::string_view option, const std::string& text) {
  constexpr double longest = 1e18;
  const auto ns = parse_time(text);
  if (!ns || *ns > longest) {
    throw cli::UsageError(
        fmt::format("{}: '{}' is no duration; use for example 500ms, 10s or 1h30m", option, escaped(text)));
  }
  return static_cast<std::uint64_t>(*ns);
}

void set_user(Options& options, const std::string& name) {
  const auto number = parse_number<std::uint32_t>(name);
  const passwd* const entry = number ? ::getpwuid(*number) : ::getpwnam(name.c_str());
  if (!entry && number)
    throw cli::UsageError(fmt::format(
        "-u: there is no user {}: a number needs an entry in passwd(5), which has the groups", *number));
  if (!entry) throw cli::UsageError(fmt::format("-u: there is no user '{}'", escaped(name)));
  if (::geteuid() != 0 && entry->pw_uid != ::geteuid())
    throw cli::UsageError("-u: only root can run a program as another user");
  int count = 64;
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  while (::getgrouplist(entry->pw_name, entry->pw_gid, groups.data(), &count) < 0)
    groups.resize(static_cast<std::size_t>(count));
  groups.resize(static_cast<std::size_t>(count));
  if (::geteuid() != 0) return check_own_groups(*entry, std::move(groups));
  options.run_as = trace::RunAs{Uid(entry->pw_uid), Gid(entry->pw_gid), {groups.begin(), groups.end()}};
}

void set_environment(Options& options, const std::string& text) {
  if (text.empty() || text.front() == '=') throw cli::UsageError("-E: use NAME=VALUE, or NAME to remove it");
  options.environment.push_back(text);
}

void set_string_limit(Options& options, const std::string& text) {
  const auto number = parse_number<std::size_t>(text);
  if (!number || *number > max_string_limit) {
    throw cli::UsageError(
        fmt::format("-s: '{}' is not a number of bytes from 0 to {}", escaped(text), max_string_limit));
  }
  options.string_limit = *number;
}

void set_output(Options& options, const std::string& text) {
  if (text.empty()) throw cli::UsageError("-o: the name of the file is empty");
  if (text.front() == '|' && text.find_first_not_of(" \t\n", 1) == text.npos)
    throw cli::UsageError("-o: the command behind '|' is empty");
  options.output = text;
}

void set_json_file(Options& options, const std::string& text) {
  if (text.empty()) throw cli::UsageError("--json-file: the name of the file is empty");
  options.json_file = text;
}

void check_outputs(const Options& options) {
  if (options.json_file.empty() || options.output.starts_with('|')) return;
  const bool separate = options.strace && options.strace->separate;
  if (lead_to_one_file(separate ? "" : options.output, options.json_file))
    throw cli::UsageError(
        fmt::format("the log and --json-file are one file, '{}': give another name, or --json for JSON alone",
                    escaped(options.json_file)));
}

}  // namespace ptop::ptrace_fork
