// The signs of daemon(7), one by one.
#include "daemon_signs.hpp"

#include <algorithm>

namespace ptop::model {
namespace {

class Signs {
 public:
  void look(DaemonSign sign, bool has_it) {
    if (has_it) facts_.signs |= sign;
  }
  void look_if(bool known, DaemonSign sign, bool has_it) {
    known ? look(sign, has_it) : void(facts_.unknown |= sign);
  }
  DaemonFacts facts() const { return facts_; }

 private:
  DaemonFacts facts_;
};

/// Nothing that a terminal or a user's shell gave it.
bool is_away_from_user(const std::optional<std::string>& link) {
  return !link || *link == "/dev/null" || link->starts_with("socket:") || link->starts_with("pipe:");
}

}  // namespace

DaemonFacts daemon_facts(const Sample& s, bool is_child_of_init, bool is_adopted) {
  Signs signs;
  signs.look(DaemonSign::session_leader, s.stat.sid == s.pid);
  signs.look(DaemonSign::group_leader, s.stat.pgid == s.pid);
  signs.look(DaemonSign::no_terminal, s.stat.tty_nr == 0);
  signs.look(DaemonSign::adopted, is_adopted);
  signs.look(DaemonSign::child_of_init, is_child_of_init);
  signs.look_if(s.has(Source::cwd), DaemonSign::root_directory, *s.cwd == "/");
  signs.look_if(s.has(Source::status) && s.status->umask, DaemonSign::umask_zero, s.status->umask == 0U);
  const auto& files = s.more().std_files;
  signs.look_if(s.has(Source::std_files), DaemonSign::null_descriptors,
                std::all_of(files.begin(), files.end(), is_away_from_user));
  return signs.facts();
}

std::string_view daemon_sign_name(DaemonSign sign) {
  switch (sign) {
    case DaemonSign::session_leader:
      return "session_leader";
    case DaemonSign::group_leader:
      return "group_leader";
    case DaemonSign::no_terminal:
      return "no_terminal";
    case DaemonSign::adopted:
      return "adopted";
    case DaemonSign::child_of_init:
      return "child_of_init";
    case DaemonSign::root_directory:
      return "root_directory";
    case DaemonSign::umask_zero:
      return "umask_zero";
    case DaemonSign::null_descriptors:
      return "null_descriptors";
  }
  return "";
}

}  // namespace ptop::model
