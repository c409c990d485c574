// Colour as meaning: renderers name a role, the front end decides how it looks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ptop::render {

enum class Role : std::uint8_t {
  plain,
  faint,
  header,
  pid,
  user,
  name,
  argument,
  good,
  warning,
  bad,
  zombie,
  orphan,
  stopped,
  traced,
  kthread,
  running,
  event_birth,
  event_exec,
  event_end,
  event_signal,
  event_call,
};

/// Writes text in a role: with SGR sequences on a colour terminal, bare otherwise. Text must be escaped
/// already.
class Paint {
 public:
  explicit Paint(bool colour) : colour_(colour) {}
  void append(std::string& out, Role role, std::string_view escaped_text) const;
  bool colour() const { return colour_; }

 private:
  bool colour_;
};

/// What `--color=auto|always|never` and NO_COLOR (https://no-color.org) come to for this descriptor.
enum class ColourWish : std::uint8_t { automatic, always, never };
bool wants_colour(ColourWish wish, int fd);

}  // namespace ptop::render
