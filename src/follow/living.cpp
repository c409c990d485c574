// A number of a pid namespace below ours belongs to one task, process group or session. Who it is, is told by
// the lines NStgid, NSpid, NSpgid and NSsid of proc_pid_status(5): numbers from the namespace of /proc, which
// is ours, to their own.
#include "living.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ptop/base/fd.hpp"
#include "ptop/base/number.hpp"

namespace ptop::follow {
namespace {

// A long-running trace meets many processes.
constexpr std::size_t most_found = 4096;
constexpr std::size_t most_born = 65536;

std::uint64_t inode_of(int fd) {
  struct stat file {};
  return ::fstat(fd, &file) == 0 ? file.st_ino : 0;
}

Fd opened(const std::string& path) { return Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)); }

std::string contents(const std::string& path) {
  std::array<char, 4096> buffer;
  const Fd file = opened(path);
  const auto length = file ? ::read(file.get(), buffer.data(), buffer.size()) : 0;
  return length <= 0 ? std::string{} : std::string(buffer.data(), static_cast<std::size_t>(length));
}

/// Of the line "NSpid:\t18941\t1".
std::vector<std::int64_t> numbers_of(std::string_view status, std::string_view line) {
  std::vector<std::int64_t> numbers;
  const std::size_t begin = status.find(line);
  if (begin == status.npos) return numbers;
  std::string_view rest = status.substr(begin + line.size());
  rest = rest.substr(0, rest.find('\n'));
  while (!rest.empty()) {
    rest.remove_prefix(std::min(rest.find_first_not_of('\t'), rest.size()));
    const auto number = parse_number<std::int64_t>(rest.substr(0, rest.find('\t')));
    if (number) numbers.push_back(*number);
    rest.remove_prefix(std::min(rest.find('\t'), rest.size()));
  }
  return numbers;
}

/// How many namespaces below ours `inside` is, as seen from a process `depth` below; 0: it is not above that
/// one.
std::size_t level_of(const std::string& directory, std::uint64_t inside, std::size_t depth) {
  Fd space = opened(directory + "/ns/pid");
  for (std::size_t level = depth; level > 0 && space; --level) {
    if (inode_of(space.get()) == inside) return level;
    space = Fd(::ioctl(space.get(), NS_GET_PARENT));
  }
  return 0;
}

/// Our number of what `pid` is there, if it is this task, or its group or session.
std::int64_t outer_number(const std::string& directory, std::uint64_t inside, std::int64_t pid) {
  const std::string status = contents(directory + "/status");
  for (const std::string_view line : {"\nNSpid:", "\nNStgid:", "\nNSpgid:", "\nNSsid:"}) {
    const auto numbers = numbers_of(status, line);
    if (std::ranges::find(numbers, pid) == numbers.end()) continue;
    const std::size_t level = level_of(directory, inside, numbers.size() - 1);
    if (level != 0 && numbers[level] == pid) return numbers.front();
  }
  return 0;
}

template <class Ask>
std::int64_t first_in(const std::string& directory, Ask ask) {
  std::error_code gone;
  for (std::filesystem::directory_iterator entry(directory, gone), end; !gone && entry != end;
       entry.increment(gone)) {
    const std::string name = entry->path().filename();
    if (name.front() < '0' || name.front() > '9') continue;
    if (const std::int64_t number = ask(entry->path().string())) return number;
  }
  return 0;
}

/// Processes first: most numbers are theirs, and there are fewer.
std::int64_t searched(std::uint64_t inside, std::int64_t pid) {
  const auto ask = [&](const std::string& directory) { return outer_number(directory, inside, pid); };
  if (const std::int64_t number = first_in("/proc", ask)) return number;
  return first_in("/proc", [&](const std::string& directory) {
    const bool is_below = numbers_of(contents(directory + "/status"), "\nNStgid:").size() > 1;
    return is_below ? first_in(directory + "/task", ask) : 0;
  });
}

}  // namespace

LivingProcesses::Inode LivingProcesses::other_namespace() const {
  static const Inode ours = inode_of(opened("/proc/self/ns/pid").get());
  const Inode theirs = inode_of(opened(fmt::format("/proc/{}/ns/pid", tid_.raw())).get());
  return theirs == ours ? 0 : theirs;
}

std::int64_t LivingProcesses::found(Inode inside, std::int64_t pid) {
  if (found_.size() >= most_found) found_.clear();
  std::int64_t& known = found_[{inside, pid}];
  if (known == 0 || outer_number(fmt::format("/proc/{}", known), inside, pid) != known)
    known = searched(inside, pid);
  return known;
}

std::int64_t LivingProcesses::outside(std::int64_t pid) {
  if (!wanted_.outer_pids) return 0;
  const Inode inside = other_namespace();
  return inside == 0 ? 0 : found(inside, pid);
}

void LivingProcesses::remember(std::uint64_t pid_namespace, Pid inside, Pid outside) {
  if (born_.size() >= most_born) born_.clear();
  born_[{pid_namespace, inside}] = outside;
}

bool LivingProcesses::is_init(std::uint64_t pid_namespace, Pid outside) const {
  const auto first = born_.find({pid_namespace, Pid(1)});
  return first != born_.end() && first->second == outside;
}

std::optional<Pid> LivingProcesses::who_was(std::uint64_t pid_namespace, Pid inside) {
  if (const auto born = born_.find({pid_namespace, inside}); born != born_.end()) return born->second;
  const std::int64_t number = found(pid_namespace, inside.raw());
  return number == 0 ? std::nullopt : std::optional(Pid(static_cast<std::int32_t>(number)));
}

std::string_view LivingProcesses::comm(std::int64_t pid, decode::Arena& arena) {
  if (!wanted_.comms) return {};
  const Inode inside = other_namespace();
  const std::int64_t ours = inside == 0 ? pid : found(inside, pid);
  std::string comm = ours == 0 ? std::string{} : contents(fmt::format("/proc/{}/comm", ours));
  if (comm.ends_with('\n')) comm.pop_back();
  return arena.copy(comm);
}

}  // namespace ptop::follow
