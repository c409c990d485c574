// The command line of ptrace-fork as a struct.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/decode/moved_data.hpp"
#include "ptop/decode/syscall_set.hpp"
#include "ptop/follow/filter.hpp"
#include "ptop/model/query.hpp"
#include "ptop/render/event_text.hpp"
#include "ptop/render/strace_counts.hpp"
#include "ptop/render/strace_text.hpp"
#include "ptop/render/style.hpp"
#include "ptop/trace/spawn.hpp"

namespace CLI {
class App;
}

namespace ptop::ptrace_fork {

/// What strace(1) knows and our own command line does not.
struct StraceDialect {
  render::StraceOptions text;
  render::StraceCountOptions counts;                          ///< -S, -U, -O, -w
  bool append = false;                                        ///< -A
  bool separate = false;                                      ///< -ff with -o: a file for each task
  bool sockets = false, devices = false, pidfds = false;      ///< -yy
  decode::SyscallSet raw, whole;                              ///< -e raw=, what -e abbrev= leaves out
  decode::SyscallSet structures = decode::SyscallSet::all();  ///< -e verbose=
  bool detach_at_exec = false;                                ///< -b execve
  decode::DataWanted data;                                    ///< -e read=, -e write=
  std::vector<std::string> touching;                          ///< -P, as given and resolved
  bool outer_pids = false;                                    ///< --decode-pids=pidns
  bool stacks = false;                                        ///< -k
  bool deaf = false;                                          ///< -I3: signals do not end the tracer
  enum class Aside : std::uint8_t { process, group, session } aside = Aside::process;  ///< -D, -DD, -DDD
};

struct Options {
  std::vector<std::string> program;    ///< PROG ARG…; empty with pids
  std::vector<Pid> pids;               ///< -p
  bool tree = false;                   ///< --tree: the living descendants too
  std::optional<std::string> trace;    ///< -e trace=SET; nullopt: no system calls
  bool threads = false;                ///< --threads
  bool json = false;                   ///< --json
  bool list_syscalls = false;          ///< --list-syscalls
  std::optional<std::string> explain;  ///< --explain CALL
  std::optional<std::string> abi;      ///< --abi: of both; nullopt: the machine's own
  std::string json_file;               ///< --json-file: JSON there, beside the log
  std::string output;                  ///< -o FILE; empty: stderr
  std::size_t string_limit = 32;       ///< -s
  bool verbose = false;                ///< -v
  bool fd_paths = false;               ///< -y
  bool recipes = false;                ///< --recipe
  bool fd_audit = false;               ///< --fd-audit
  std::optional<model::Query> only;    ///< --only
  std::optional<std::string> events;   ///< --events, as given
  follow::FilterOptions filter;        ///< --events, -e signal=, -e status=, --depth, --max-events, -q
  bool summary = false;                ///< --summary
  bool count_calls = false;            ///< -c, -C
  bool only_counts = false;            ///< -c: nothing but the table
  render::TimeStyle time = render::TimeStyle::since_start;  ///< -t, -tt, -ttt
  bool since_last = false;                                  ///< -r
  bool durations = false;                                   ///< -T
  std::optional<std::uint64_t> timeout_ns;                  ///< --timeout
  std::vector<std::string> environment;                     ///< -E: NAME=VALUE, or NAME to remove it
  std::optional<std::string> argv0;                         ///< --argv0
  std::optional<trace::RunAs> run_as;                       ///< -u
  bool seccomp_bpf = false;                                 ///< --seccomp-bpf
  bool share_cpu = true;                                    ///< --no-share-cpu
  bool daemonize = false;                                   ///< -D
  std::optional<StraceDialect> strace;                      ///< --strace, or none
  render::ColourWish colour = render::ColourWish::automatic;
};

inline constexpr int own_failure = 125;  ///< exit status: ours, not the program's

/// Fills `options` when the command line is parsed; used for --help, man page and completions as well.
void describe_options(CLI::App& app, Options& options);

/// nullopt: go on with `options`. Otherwise the exit status: 0 after --help and --version, 2 after bad usage,
/// which got one line on stderr.
std::optional<int> parse_options(int argc, char** argv, Options& options);

}  // namespace ptop::ptrace_fork
