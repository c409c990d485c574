// Conventions for handing a descriptor to a program: sd_listen_fds(3), make's jobserver, /dev/fd, options and
// variables with "fd" in their name.
#include "descriptor_naming.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

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
void add_list(std::vector<int>& numbers, std::string_view text) {
  for (std::size_t end = 0; end != text.npos;) {
    end = text.find_first_of(",: ");
    if (const auto number = parse_number<int>(text.substr(0, end))) numbers.push_back(*number);
    if (end != text.npos) text.remove_prefix(end + 1);
  }
}

/// The number that `text` begins with, as the kernel writes those of descriptors: without a zero before it.
void add_number(std::vector<int>& numbers, std::string_view text) {
  const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
  if (digits.size() > 1 && digits.front() == '0') return;
  if (const auto number = parse_number<int>(digits)) numbers.push_back(*number);
}

void add_paths(std::vector<int>& numbers, std::string_view text) {
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    for (auto at = text.find(folder); at != text.npos; at = text.find(folder, at + 1))
      add_number(numbers, text.substr(at + folder.size()));
  }
}

/// systemd.exec(5): LISTEN_PID is who it is meant for, so a child that inherits the variables is not meant.
int listened_count(const Told& told) {
  const auto count = parse_number<int>(variable(told, "LISTEN_FDS").value_or(""));
  const auto pid = parse_number<std::int32_t>(variable(told, "LISTEN_PID").value_or(""));
  if (!count || !pid || std::ranges::find(told.pids, Pid(*pid)) == told.pids.end()) return 0;
  return *count;
}

/// "--jobserver-auth=3,4", before make 4.2 "--jobserver-fds=3,4", since 4.4 also
/// "--jobserver-auth=fifo:PATH".
/// Whatever such an option of a variable has.
std::vector<std::string_view> jobserver_values(std::string_view flags) {
  std::vector<std::string_view> values;
  for (const std::string_view option : {"--jobserver-auth=", "--jobserver-fds="}) {
    const auto at = flags.find(option);
    if (at == flags.npos) continue;
    const std::string_view value = flags.substr(at + option.size());
    values.push_back(value.substr(0, value.find(' ')));
  }
  return values;
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
void add_option_with(std::vector<int>& numbers, std::string_view word) {
  const auto at = word.find_first_of("=:");
  if (at == word.npos || !is_about_descriptors(word.substr(0, at))) return;
  std::string_view value = word.substr(at + 1);
  if (value.starts_with("//")) value.remove_prefix(2);
  add_list(numbers, value);
}

/// "<&7" and ">&7" in a script that is an argument.
void add_redirections(std::vector<int>& numbers, std::string_view script) {
  for (auto at = script.find('&'); at != script.npos; at = script.find('&', at + 1)) {
    if (at != 0 && (script[at - 1] == '<' || script[at - 1] == '>'))
      add_number(numbers, script.substr(at + 1));
  }
}

bool is_named(std::string_view program, std::string_view name) {
  return program.substr(program.rfind('/') + 1) == name;  // npos + 1 is 0
}

/// Words that are numbers of descriptors to one program alone: flock(1) takes one for the name of a file, and
/// Java's jspawnhelper gets "9:11:13".
void add_numbers_of(std::vector<int>& numbers, std::string_view program, std::string_view word) {
  if (const auto number = parse_number<int>(word); number && is_named(program, "flock"))
    numbers.push_back(*number);
  const bool is_list = word.find(':') != word.npos && word.find_first_not_of("0123456789:") == word.npos;
  if (is_list && is_named(program, "jspawnhelper")) add_list(numbers, word);
}

}  // namespace

Namings::Namings(const Told& told) : told_(told), listened_(listened_count(told)) {
  for (const std::string_view name : {"MAKEFLAGS", "MFLAGS", "CARGO_MAKEFLAGS"}) {
    for (const std::string_view value : jobserver_values(variable(told, name).value_or("")))
      jobservers_.push_back(jobserver_of(name, value));
  }
  for (std::size_t i = 1; i < told.argv.size(); ++i) read_word(i);
  for (const std::string_view entry : told.environment) read_variable(entry);
}

Namings::Jobserver Namings::jobserver_of(std::string_view variable, std::string_view value) {
  constexpr std::string_view fifo = "fifo:";
  Jobserver server{.variable = variable};
  if (value.starts_with(fifo))
    server.fifo = value.substr(fifo.size());
  else
    add_list(server.numbers, value);
  return server;
}

void Namings::read_word(std::size_t index) {
  const std::span<const std::string> argv = told_.argv;
  const std::string& word = argv[index];
  numbers_.clear();
  add_paths(numbers_, word);
  add_option_with(numbers_, word);
  add_redirections(numbers_, word);
  add_numbers_of(numbers_, argv[0], word);
  for (const int number : numbers_) words_.try_emplace(number, Word{index, false});
  if (index == 1 || !argv[index - 1].starts_with('-') || !is_about_descriptors(argv[index - 1])) return;
  numbers_.clear();
  add_list(numbers_, word);
  for (const int number : numbers_) words_.try_emplace(number, Word{index, true});
}

void Namings::read_variable(std::string_view entry) {
  const std::string_view name = entry.substr(0, entry.find('='));
  const std::string_view value = entry.substr(std::min(name.size() + 1, entry.size()));
  const std::string word = lower(name);
  const bool about_descriptors = word.ends_with("fd") || word.ends_with("fds") || name == "WAYLAND_SOCKET";
  const bool of_systemd = name.starts_with("LISTEN_FD");
  numbers_.clear();
  if (about_descriptors && !of_systemd) add_list(numbers_, value);
  add_paths(numbers_, value);
  for (const int number : numbers_) variables_.try_emplace(number, name);
}

Naming Namings::of(int fd, std::string_view target) const {
  constexpr int first = 3;  // SD_LISTEN_FDS_START
  if (fd >= first && fd - first < listened_) return {DescriptorPurpose::listen_fds, "LISTEN_FDS"};
  for (const Jobserver& server : jobservers_) {
    const bool is_it =
        server.fifo ? *server.fifo == target : std::ranges::find(server.numbers, fd) != server.numbers.end();
    if (is_it) return {DescriptorPurpose::jobserver, std::string(server.variable)};
  }
  if (const auto word = words_.find(fd); word != words_.end()) {
    const auto [index, after_option] = word->second;
    return {DescriptorPurpose::argument,
            after_option ? told_.argv[index - 1] + ' ' + told_.argv[index] : told_.argv[index]};
  }
  if (const auto named = variables_.find(fd); named != variables_.end())
    return {DescriptorPurpose::environment, std::string(named->second)};
  return {};
}

}  // namespace ptop::insight
