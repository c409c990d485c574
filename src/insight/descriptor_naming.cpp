// Conventions for handing a descriptor to a program: sd_listen_fds(3), make's jobserver, /dev/fd, options and
// variables with "fd" in their name.
#include "descriptor_naming.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include <fmt/format.h>

#include "ptop/base/number.hpp"

namespace ptop::insight {
namespace {

using follow::DescriptorPurpose;

std::optional<std::string_view> variable(const Told& told, std::string_view name) {
  for (const std::string_view entry : told.environment) {
    if (entry.starts_with(name) && entry.substr(name.size()).starts_with('='))
      return entry.substr(name.size() + 1);
  }
  return std::nullopt;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// "3", or "3,4" as lists of descriptors are written.
bool lists(std::string_view text, int fd) {
  for (std::size_t end = 0; end != text.npos;) {
    end = text.find_first_of(",: ");
    if (parse_number<int>(text.substr(0, end)) == fd) return true;
    if (end != text.npos) text.remove_prefix(end + 1);
  }
  return false;
}

bool has_path_of(std::string_view text, int fd) {
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    const std::string path = fmt::format("{}{}", folder, fd);
    for (auto at = text.find(path); at != text.npos; at = text.find(path, at + 1)) {
      const std::string_view rest = text.substr(at + path.size());
      if (rest.empty() || std::isdigit(static_cast<unsigned char>(rest.front())) == 0) return true;
    }
  }
  return false;
}

/// systemd.exec(5): LISTEN_PID is who it is meant for, so a child that inherits the variables is not meant.
bool is_listened(int fd, const Told& told) {
  constexpr int first = 3;  // SD_LISTEN_FDS_START
  const auto count = parse_number<int>(variable(told, "LISTEN_FDS").value_or(""));
  const auto pid = parse_number<std::int32_t>(variable(told, "LISTEN_PID").value_or(""));
  if (!count || !pid || std::ranges::find(told.pids, Pid(*pid)) == told.pids.end()) return false;
  return fd >= first && fd - first < *count;
}

/// "--jobserver-auth=3,4", before make 4.2 "--jobserver-fds=3,4", since 4.4 also
/// "--jobserver-auth=fifo:PATH".
bool is_jobserver(std::string_view flags, int fd, std::string_view target) {
  for (const std::string_view option : {"--jobserver-auth=", "--jobserver-fds="}) {
    const auto at = flags.find(option);
    if (at == flags.npos) continue;
    std::string_view value = flags.substr(at + option.size());
    value = value.substr(0, value.find(' '));
    constexpr std::string_view fifo = "fifo:";
    if (value.starts_with(fifo) ? value.substr(fifo.size()) == target : lists(value, fd)) return true;
  }
  return false;
}

/// "fd", "--status-fd", "-displayfd", "--fd-list": a part of it is or ends in "fd" or "fds". "-fd" is more
/// likely two options of a letter.
bool is_about_descriptors(std::string_view name) {
  if (name == "-fd") return false;
  const std::string word = lower(name);
  for (std::size_t begin = 0; begin <= word.size();) {
    const std::size_t end = std::min(word.find_first_of("-_.", begin), word.size());
    const auto part = std::string_view(word).substr(begin, end - begin);
    if (part.ends_with("fd") || part.ends_with("fds")) return true;
    begin = end + 1;
  }
  return false;
}

/// "--status-fd=3", "fd:3", "fd://3".
bool is_option_with(std::string_view word, int fd) {
  const auto at = word.find_first_of("=:");
  if (at == word.npos || !is_about_descriptors(word.substr(0, at))) return false;
  std::string_view value = word.substr(at + 1);
  if (value.starts_with("//")) value.remove_prefix(2);
  return lists(value, fd);
}

/// "<&7" and ">&7" in a script that is an argument.
bool redirects(std::string_view script, int fd) {
  const std::string copy = fmt::format("&{}", fd);
  for (auto at = script.find(copy); at != script.npos; at = script.find(copy, at + 1)) {
    const std::string_view rest = script.substr(at + copy.size());
    const bool is_number = rest.empty() || std::isdigit(static_cast<unsigned char>(rest.front())) == 0;
    if (is_number && at != 0 && (script[at - 1] == '<' || script[at - 1] == '>')) return true;
  }
  return false;
}

/// flock(1) takes the number of a descriptor for the name of a file.
bool is_lock(std::string_view program, std::string_view word, int fd) {
  return program.substr(program.rfind('/') + 1) == "flock" && parse_number<int>(word) == fd;  // npos + 1 is 0
}

std::string argument_naming(int fd, std::span<const std::string> argv) {
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::string& word = argv[i];
    if (has_path_of(word, fd) || is_option_with(word, fd) || redirects(word, fd) ||
        is_lock(argv[0], word, fd))
      return word;
    const bool after_option = i > 1 && argv[i - 1].starts_with('-') && is_about_descriptors(argv[i - 1]);
    if (after_option && lists(word, fd)) return argv[i - 1] + ' ' + word;
  }
  return {};
}

std::string_view variable_naming(int fd, const Told& told) {
  for (const std::string_view entry : told.environment) {
    const std::string_view name = entry.substr(0, entry.find('='));
    const std::string_view value = entry.substr(std::min(name.size() + 1, entry.size()));
    const std::string word = lower(name);
    const bool about_descriptors = word.ends_with("fd") || word.ends_with("fds") || name == "WAYLAND_SOCKET";
    const bool of_systemd = name.starts_with("LISTEN_FD");
    if ((about_descriptors && !of_systemd && lists(value, fd)) || has_path_of(value, fd)) return name;
  }
  return {};
}

}  // namespace

Naming naming_of(int fd, std::string_view target, const Told& told) {
  if (is_listened(fd, told)) return {DescriptorPurpose::listen_fds, "LISTEN_FDS"};
  for (const std::string_view name : {"MAKEFLAGS", "MFLAGS", "CARGO_MAKEFLAGS"}) {
    if (is_jobserver(variable(told, name).value_or(""), fd, target))
      return {DescriptorPurpose::jobserver, std::string(name)};
  }
  if (auto word = argument_naming(fd, told.argv); !word.empty())
    return {DescriptorPurpose::argument, std::move(word)};
  if (const auto name = variable_naming(fd, told); !name.empty())
    return {DescriptorPurpose::environment, std::string(name)};
  return {};
}

}  // namespace ptop::insight
