// How the one-shot commands write to standard output, and what they say when it goes wrong.
#include "one_shot.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include <fmt/format.h>

#include "ptop/base/locale.hpp"
#include "ptop/base/message.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/number.hpp"

namespace ptop::app {

int complain(int status, std::string_view message) {
  say("ptop", message);
  return status;
}

std::size_t terminal_columns() {
  if (::isatty(STDOUT_FILENO) == 0) return 0;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const char* columns = std::getenv("COLUMNS");
  return parse_number<std::size_t>(columns == nullptr ? "" : columns).value_or(80);
}

bool wants_ascii(const Options& options) { return options.ascii || locale_is_ascii(); }

render::Paint paint_for(const Options& options) {
  return render::Paint(render::wants_colour(options.colour, STDOUT_FILENO));
}

int finish(render::LineOutput& out, int status) {
  out.flush();
  if (out.error() == 0 || out.error() == EPIPE) return status;
  return complain(internal_error, fmt::format("standard output: {}", errno_text(out.error())));
}

}  // namespace ptop::app
