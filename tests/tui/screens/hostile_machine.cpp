// Spoils a copy of a recording, file by file.
#include "hostile_machine.hpp"

#include <unistd.h>

#include <cctype>
#include <fstream>
#include <functional>
#include <sstream>

#include "support/catch.hpp"
#include "support/paths.hpp"

namespace ptop::app::test {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// Hard links of the recording are other files' too: the file is a new one.
void write(const fs::path& path, const std::string& text) {
  fs::remove(path);
  std::ofstream(path, std::ios::binary) << text;
}

void link_to(const fs::path& path, const std::string& target) {
  fs::remove(path);
  REQUIRE(::symlink(target.c_str(), path.c_str()) == 0);
}

/// As the kernel has it in status: backslash and newline escaped.
std::string in_status(const std::string& name) {
  std::string out;
  for (const char c : name) out += c == '\n' ? "\\n" : c == '\\' ? "\\\\" : std::string(1, c);
  return out;
}

/// As the kernel has paths in maps and mountinfo: newlines in octal.
std::string in_octal(const std::string& path) {
  std::string out;
  for (const char c : path) out += c == '\n' ? "\\012" : std::string(1, c);
  return out;
}

std::string without(std::string text, std::string_view bytes) {
  std::erase_if(text, [&](char c) { return bytes.find(c) != bytes.npos; });
  return text;
}

std::string change_lines(const std::string& text,
                         const std::function<std::string(const std::string&)>& change) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) out += change(line) + "\n";
  return out;
}

}  // namespace

const std::vector<std::string>& hostile_strings() {
  static const std::vector<std::string> strings{
      "\x1b[2J\x1b[31mred",
      "\x1b]0;owned\x07t",
      "\x1bP1$r\x1b\\dcs",
      "a\nb\rc\td\x08\x7f",
      "\x9b"
      "31m\x90\x9d\x9c",
      "\xc2\x9b"
      "31m\xc2\x85",
      "\xff\xfe\xc0\xaf\xed\xa0\x80",
      "\xf0\x9f\x91",
      "\u202egnp.exe",
      "\u2066iso\u2069\u200f",
      "\u5bbd\u5b57\u7b26\u5bbd\u5b57",
      "e\u0301\u0302\u0303\u0304\u0305z",
      "\u0301leading",
      "\U0001f469\u200d\U0001f467",
      "\U0001f1e9\U0001f1ea\U0001f1eb",
      "\u2028line\u2029",
      "so\u00adft\ufeff\u200b",
      "\u0600\u06dd\u070f",
      "\U000e0041\U000e007f",
      "\u1100\u1161\u11a8\ud55c",
      "\u2708\ufe0f\u2603\ufe0e",
      "\u0e01\u0e33\u0e49",
      "%s%n \"'`$(id)",
      "   ",
      "\uff21\uff22\uff71\u3000",
      ")) S 1 1 (",
  };
  return strings;
}

HostileMachine::HostileMachine(std::size_t first) : at_(first) {
  char directory[] = "/tmp/ptop-hostile-XXXXXX";
  REQUIRE(::mkdtemp(directory) != nullptr);
  root_ = fs::path(directory) / "proc";
  fs::copy(ptop::test::fixtures() + "/proc/followed_build", root_,
           fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  for (const auto& entry : fs::directory_iterator(root_)) {
    if (std::isdigit(static_cast<unsigned char>(entry.path().filename().native().front())) != 0)
      spoil_process(entry.path());
  }
  spoil_users();
  write(root_ / "sys/kernel/hostname", without(next(), "\n") + "\n");
}

HostileMachine::~HostileMachine() {
  std::error_code ignored;
  fs::remove_all(root_.parent_path(), ignored);
}

const std::string& HostileMachine::next() { return hostile_strings()[at_++ % hostile_strings().size()]; }

void HostileMachine::spoil_process(const fs::path& directory) {
  const std::string name = next().substr(0, 15);
  spoil_task(directory, name);
  for (const auto& task : fs::directory_iterator(directory / "task")) spoil_task(task.path(), name);
  if (content(directory / "cmdline").empty()) return;  // a zombie has nothing else
  const std::string path = "/" + next() + "/" + next();
  link_to(directory / "exe", path);
  link_to(directory / "cwd", "/" + next());
  write(directory / "environ", next() + '\0' + "A=" + next() + '\0' + "PATH=" + next() + '\0');
  write(directory / "maps", change_lines(content(directory / "maps"), [&](const std::string& line) {
          const auto at = line.find('/');
          return at == line.npos ? line : line.substr(0, at) + in_octal(path);
        }));
  for (const auto& fd : fs::directory_iterator(directory / "fd")) {
    if (fs::read_symlink(fd.path()).native().starts_with('/')) link_to(fd.path(), "/" + next());
  }
}

void HostileMachine::spoil_task(const fs::path& directory, const std::string& name) {
  const std::string stat = content(directory / "stat");
  write(directory / "stat", stat.substr(0, stat.find('(') + 1) + name + stat.substr(stat.rfind(')')));
  write(directory / "comm", name + "\n");
  write(directory / "status", change_lines(content(directory / "status"), [&](const std::string& line) {
          return line.starts_with("Name:") ? "Name:\t" + in_status(name) : line;
        }));
  write(directory / "cgroup", "0::/" + without(next(), "\n") + ".service\n");
  if (!content(directory / "cmdline").empty())
    write(directory / "cmdline", next() + '\0' + next() + '\0' + next() + '\0');
}

void HostileMachine::spoil_users() {
  write(root_ / ".ptop/machine/etc/passwd", without(next(), ":\n") + ":x:0:0::/:\n");
  write(root_ / ".ptop/machine/etc/group", without(next(), ":\n") + ":x:0:\n");
}

}  // namespace ptop::app::test
