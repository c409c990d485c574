// The file: bounded reading, atomic writing.
#include "settings_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/fd.hpp"
#include "settings_toml.hpp"

namespace ptop::app {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_bytes = std::size_t{256} << 10;
constexpr int most_links = 16;
constexpr mode_t new_mode = 0600, directory_mode = 0700;

bool absolute(const char* path) { return path != nullptr && *path == '/'; }

/// Errors: `gone` when it is not there; `unsupported` when it is no file, or too long.
Result<std::string> read_file(const std::string& path) {
  // A FIFO would wait for a writer, a device for its data.
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) return fail(os_error(path));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return fail(os_error(path));
  if (!S_ISREG(status.st_mode)) return fail({Errc::unsupported, 0, "it is no regular file"});
  std::string text(most_bytes + 1, '\0');
  std::size_t length = 0;
  while (length < text.size()) {
    const ssize_t got = ::read(file.get(), text.data() + length, text.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(os_error(path));
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  if (length > most_bytes)
    return fail({Errc::unsupported, 0, fmt::format("it is longer than {} KiB", most_bytes >> 10)});
  text.resize(length);
  return text;
}

std::string describe_troubles(const std::string& path, const std::vector<SettingsTrouble>& troubles) {
  if (troubles.empty()) return "";
  const SettingsTrouble& first = troubles.front();
  std::string out = fmt::format("{}:{}:{}: {}", escaped(path), first.line, first.column, first.text);
  if (troubles.size() > 1) out += fmt::format(" (and {} more)", troubles.size() - 1);
  return out;
}

/// What the last links lead to, whether it is there or not.
Result<fs::path> target_of(fs::path path) {
  for (int i = 0; i < most_links; ++i) {
    std::error_code error;
    const fs::path to = fs::read_symlink(path, error);
    if (error) return path;
    path = to.is_absolute() ? to : path.parent_path() / to;
  }
  return fail({Errc::os, ELOOP, path.string()});
}

Result<void> make_directories(const fs::path& directory) {
  if (directory.empty() || ::access(directory.c_str(), F_OK) == 0) return {};
  if (auto above = make_directories(directory.parent_path()); !above) return above;
  if (::mkdir(directory.c_str(), directory_mode) != 0 && errno != EEXIST)
    return fail(os_error(directory.string()));
  return {};
}

Result<void> write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(os_error("writing the settings"));
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

/// Permissions and owner of the file that is replaced.
Result<void> take_after(int fd, const fs::path& old) {
  struct stat status {};
  if (::stat(old.c_str(), &status) != 0)
    return ::fchmod(fd, new_mode) == 0 ? Result<void>{} : fail(os_error("fchmod"));
  if (!S_ISREG(status.st_mode)) return fail({Errc::unsupported, 0, old.string() + " is no regular file"});
  struct stat own {};
  if (::fstat(fd, &own) != 0) return fail(os_error("fstat"));
  if ((own.st_uid != status.st_uid || own.st_gid != status.st_gid) &&
      ::fchown(fd, status.st_uid, status.st_gid) != 0)
    return fail(os_error("it belongs to somebody else: fchown"));
  if (::fchmod(fd, status.st_mode & 07777) != 0) return fail(os_error("fchmod"));
  return {};
}

Result<void> replace(const fs::path& target, std::string_view text) {
  std::string name = target.string() + ".XXXXXX";
  const Fd file(::mkostemp(name.data(), O_CLOEXEC));
  if (file.get() < 0) return fail(os_error(target.parent_path().string()));
  Result<void> done = take_after(file.get(), target);
  if (done) done = write_all(file.get(), text);
  // Before the name changes: after a crash it must not lead to an empty file.
  if (done && ::fsync(file.get()) != 0) done = fail(os_error("fsync"));
  if (done && ::rename(name.c_str(), target.c_str()) != 0) done = fail(os_error(target.string()));
  if (!done) {
    ::unlink(name.c_str());
    return done;
  }
  const Fd directory(::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() >= 0) ::fsync(directory.get());
  return {};
}

}  // namespace

std::string default_settings_path(const char* xdg_config_home, const char* home) {
  if (absolute(xdg_config_home)) return std::string(xdg_config_home) + "/ptop/ptop.toml";
  if (absolute(home)) return std::string(home) + "/.config/ptop/ptop.toml";
  return "";
}

LoadedSettings load_settings(const std::string& path) {
  if (path.empty()) return {};
  const auto text = read_file(path);
  if (!text && text.error().code == Errc::gone) return {};
  if (!text) return {{}, fmt::format("{}: {}", escaped(path), describe(text.error())), false};
  ReadSettings read = read_settings(*text);
  return {std::move(read.settings), describe_troubles(path, read.troubles), read.troubles.empty()};
}

Result<void> save_settings(const std::string& path, std::string_view toml) {
  if (path.empty()) return fail({Errc::unsupported, 0, "neither XDG_CONFIG_HOME nor HOME says where"});
  // Somebody may have changed it since it was read.
  if (const auto there = load_settings(path); !there.understood)
    return fail({Errc::malformed, 0, "the file is not written over: " + there.trouble});
  const auto target = target_of(fs::absolute(path));
  if (!target) return fail(target.error());
  if (auto made = make_directories(target->parent_path()); !made) return made;
  return replace(*target, toml);
}

}  // namespace ptop::app
