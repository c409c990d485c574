// Roles to SGR sequences (ECMA-48, 8.3.117), and when to use them at all.
#include "ptop/render/style.hpp"

#include <unistd.h>

#include <cstdlib>

namespace ptop::render {
namespace {

// Only the eight colours every terminal has, and none that must be readable on white and on black alike.
std::string_view sgr(Role role) {
  switch (role) {
    case Role::plain:
    case Role::user:
    case Role::argument:
    case Role::event_call:
      return "";
    case Role::faint:
    case Role::kthread:
      return "2";
    case Role::header:
    case Role::name:
      return "1";
    case Role::pid:
      return "36";
    case Role::good:
    case Role::running:
    case Role::event_birth:
      return "32";
    case Role::warning:
    case Role::orphan:
      return "33";
    case Role::bad:
    case Role::zombie:
      return "1;31";
    case Role::stopped:
    case Role::traced:
    case Role::event_signal:
      return "35";
    case Role::event_exec:
      return "1;36";
    case Role::event_end:
      return "34";
  }
  return "";
}

bool variable_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool terminal_is_dumb() {
  const char* term = std::getenv("TERM");
  return term == nullptr || std::string_view(term) == "dumb";
}

}  // namespace

void Paint::append(std::string& out, Role role, std::string_view text) const {
  const std::string_view code = colour_ ? sgr(role) : "";
  if (code.empty() || text.empty()) {
    out += text;
    return;
  }
  out += "\x1b[";
  out += code;
  out += 'm';
  out += text;
  out += "\x1b[0m";
}

bool wants_colour(ColourWish wish, int fd) {
  if (wish != ColourWish::automatic) return wish == ColourWish::always;
  return ::isatty(fd) != 0 && !variable_set("NO_COLOR") && !terminal_is_dumb();
}

}  // namespace ptop::render
