// A pseudoterminal and the program in it: pty(7).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "program_port.hpp"
#include "ptop/base/fd.hpp"
#include "ptop/base/result.hpp"

namespace ptop::app {

class LiveProgram : public ProgramPort {
 public:
  /// Errors: as openpty(3).
  static Result<LiveProgram> open();

  void send(std::string_view bytes) override;
  void set_size(int rows, int columns) override;

  /// The program's end, as long as it was not let go: what is started must get it.
  int terminal() const { return terminal_.get(); }
  /// Closes that end here: so that we hear when nobody has it any more.
  void let_terminal_go() { terminal_ = Fd(); }

  /// -1: all who had the terminal have closed it.
  int fd() const { return master_.get(); }
  bool wants_to_write() const { return !unsent_.empty(); }
  void write_more();
  /// What was written to the terminal, so much at a time that keys do not wait; "" when there is nothing now.
  /// Valid until the next call.
  std::string_view read();
  /// The kernel sends SIGHUP to the session.
  void hang_up() { master_ = Fd(); }

 private:
  LiveProgram(Fd master, Fd terminal) : master_(std::move(master)), terminal_(std::move(terminal)) {}

  Fd master_, terminal_;
  std::string unsent_;
  std::vector<char> buffer_ = std::vector<char>(16384);
};

/// The environment of a program in such a terminal: ours, with its TERM, and without what tells of another
/// terminal.
std::vector<std::string> environment_for_program();

}  // namespace ptop::app
