// ptop: options to command.
#include <unistd.h>

#include <exception>
#include <string>

#include "command_line.hpp"
#include "commands.hpp"
#include "commands_fds.hpp"
#include "commands_show.hpp"
#include "options.hpp"
#include "ptop/base/message.hpp"
#include "tui.hpp"

int main(int argc, char** argv) {
  using namespace ptop::app;
  try {
    Options options;
    if (const auto status = parse_options(argc, argv, options)) return *status;
    switch (options.command) {
      case Command::ps:
        return run_ps(options);
      case Command::tree:
        return run_tree(options);
      case Command::show:
        return run_show(options);
      case Command::fds:
        return run_fds(options);
      case Command::dump:
        return run_dump(options);
      case Command::automatic:
        break;
    }
    const bool terminal = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
    if (!options.program.empty() && !terminal)
      return ptop::cli::complain(
          "ptop", "the screen that a program is started in needs a terminal; ptrace-fork logs one without");
    // The screen has no rows for threads, and nothing to print.
    const bool asks_for_table = options.format != Format::automatic || options.threads;
    return terminal && !asks_for_table ? run_tui(options) : run_ps(options);
  } catch (const std::exception& e) {
    ptop::say("ptop", std::string("internal error: ") + e.what());
    return 4;
  }
}
