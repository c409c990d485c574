// Events as lines for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"
#include "ptop/render/style.hpp"

namespace ptop::render {

/// What happened, one line without time, pid and indentation: `exec /bin/ls ls -l`, `fork -> 4711`,
/// `exit 3 (12ms)`, `openat(AT_FDCWD, "/etc/hostname", O_RDONLY) = 3`. Escaped.
void append_event(std::string& out, const follow::Event& event, const Paint& paint);

/// The same, with nothing but text.
std::string event_line(const follow::Event& event);

struct TextOptions {
  std::size_t columns = 0;   ///< shorten long command lines to fit; 0: never (not a terminal)
  bool ascii = false;
};

/// time, pid, then the event, indented by its depth in the tree.
class TextSink : public follow::Sink {
 public:
  TextSink(LineOutput& out, Paint paint, TextOptions options) : out_(&out), paint_(paint), options_(options) {}
  void begin(const follow::Header& header) override;
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  LineOutput* out_;
  Paint paint_;
  TextOptions options_;
  std::string line_;
};

}  // namespace ptop::render
