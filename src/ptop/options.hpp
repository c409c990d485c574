// The command line of ptop as a struct.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/render/style.hpp"

namespace CLI {
class App;
}

namespace ptop::app {

enum class Command : std::uint8_t {
  automatic,
  ps,
  tree,
  show,
  fds,
  dump
};  ///< automatic: the TUI on a terminal, else ps

enum class Format : std::uint8_t {
  automatic,
  json,
  jsonl,
  csv
};  ///< automatic: ps prints a table, dump JSON

struct Options {
  Command command = Command::automatic;
  std::string proc = "/proc";         ///< --proc DIR
  std::string columns;                ///< -o COLS; empty: the default ones
  std::string sort;                   ///< --sort [-]COL; empty: pid
  bool tree = false;                  ///< ps --tree
  bool headers = true;                ///< --no-headers
  bool threads = false;               ///< --threads
  bool full = false;                  ///< dump --full
  Format format = Format::automatic;  ///< --json, --jsonl, --csv
  std::string query;                  ///< ps QUERY, dump QUERY; empty: every process
  std::optional<Pid> pid;             ///< tree PID
  std::vector<Pid> pids;              ///< show PID…, fds PID…; empty: every process
  std::string sections;               ///< show --sections; empty: all
  std::optional<std::string> path;    ///< fds --path
  std::optional<std::uint16_t> port;  ///< fds --port
  bool ascii = false;                 ///< --ascii
  render::ColourWish colour = render::ColourWish::automatic;
  bool readonly = false;              ///< --readonly
  bool mouse = true;                  ///< --no-mouse: false
  bool plain = false;                 ///< --plain
  std::optional<std::string> config;  ///< --config FILE
  std::vector<std::string> program;   ///< after "--": to be started in the screen
  std::optional<double> interval_s;   ///< -d SECONDS: TUI refresh, 0.1…3600
};

void describe_options(CLI::App& app, Options& options);

/// nullopt: go on. Otherwise the exit status: 0 after --help and --version, 2 after bad usage (one line on
/// stderr).
std::optional<int> parse_options(int argc, char** argv, Options& options);

}  // namespace ptop::app
