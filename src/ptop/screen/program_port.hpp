// What the screen asks of the terminal that a program runs in. Tests use a fake one.
#pragma once

#include <optional>
#include <string_view>

namespace ptop::app {

/// How it ended: as waitpid(2) gives it; nullopt when somebody else was told.
struct ProgramEnd {
  std::optional<int> wait_status;
};

class ProgramPort {
 public:
  virtual ~ProgramPort() = default;
  /// As if it was typed. What the program does not read for long is lost.
  virtual void send(std::string_view bytes) = 0;
  /// The program hears of it by SIGWINCH.
  virtual void set_size(int rows, int columns) = 0;
};

}  // namespace ptop::app
