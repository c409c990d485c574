// What happened, in words: see add_words().
#include "event_words.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <limits>

#include "exec_changes.hpp"
#include "inherited_text.hpp"
#include "ptop/base/names.hpp"
#include "ptop/model/kernel_names.hpp"
#include "ptop/render/decoded_text.hpp"
#include "ptop/render/units.hpp"
#include "recipe_text.hpp"
#include "signal_code.hpp"

namespace ptop::render {
namespace {

using namespace follow;

constexpr std::size_t result_column = 40;  // strace's place for the '=' of a call
constexpr std::uint64_t second_ns = 1'000'000'000;
constexpr std::size_t least_path = 8;

std::string command_line(const std::vector<std::string>& argv) {
  std::string joined;
  for (const std::string& word : argv) (joined += word) += '\0';
  return escaped_command_line(joined);
}

std::string outcome(const Exited& e) {
  if (e.signal) return fmt::format("killed by {}{}", signal_name(*e.signal), e.core ? " (core dumped)" : "");
  return e.code ? fmt::format("{}", *e.code) : "?";
}

/// What it took: "(2ms, cpu 1ms, rss 2.1M)".
std::string costs(const Exited& e) {
  std::string text;
  const auto part = [&](std::string_view name, const std::string& value) {
    fmt::format_to(std::back_inserter(text), "{}{}{}", text.empty() ? "" : ", ", name, value);
  };
  if (e.lifetime_ns) part("", human_duration(*e.lifetime_ns));
  if (e.utime_ns && e.stime_ns) part("cpu ", human_duration(*e.utime_ns + *e.stime_ns));
  if (e.max_rss) part("rss ", human_bytes(*e.max_rss));
  return text.empty() ? text : fmt::format("  ({})", text);
}

/// Flags that say no more than the event's name does: the C library's own fork(3) and vfork(2),
/// posix_spawn(3), pthread_create(3).
bool is_usual_flag(ForkKind kind, std::string_view flag) {
  constexpr std::array<std::string_view, 3> of_fork{"CLONE_CHILD_CLEARTID", "CLONE_CHILD_SETTID",
                                                    "CLONE_PARENT_SETTID"};
  constexpr std::array<std::string_view, 3> of_vfork{"CLONE_VM", "CLONE_VFORK", "CLONE_CLEAR_SIGHAND"};
  const auto has = [&](const auto& list) { return std::find(list.begin(), list.end(), flag) != list.end(); };
  return has(of_fork) || (kind == ForkKind::vfork && has(of_vfork));
}

bool is_usual_thread(const decode::FlagNames& flags) {
  constexpr std::array<std::string_view, 6> needed{"CLONE_VM",      "CLONE_FS",     "CLONE_FILES",
                                                   "CLONE_SIGHAND", "CLONE_THREAD", "CLONE_SYSVSEM"};
  constexpr std::array<std::string_view, 3> more{"CLONE_SETTLS", "CLONE_PARENT_SETTID",
                                                 "CLONE_CHILD_CLEARTID"};
  std::size_t found = 0;
  for (const std::string_view flag : flags.names) {
    if (std::find(needed.begin(), needed.end(), flag) != needed.end())
      ++found;
    else if (std::find(more.begin(), more.end(), flag) == more.end())
      return false;
  }
  return found == needed.size() && flags.rest == 0;
}

bool flags_are_usual(const Forked& f) {
  if (f.thread && f.flags) return is_usual_thread(*f.flags);
  if (f.kind == ForkKind::clone || !f.flags) return f.kind != ForkKind::clone;
  return f.flags->rest == 0 &&
         std::all_of(f.flags->names.begin(), f.flags->names.end(),
                     [&](std::string_view flag) { return is_usual_flag(f.kind, flag); });
}

/// One event's words.
class Words {
 public:
  Words(Line& line, const Event& event, const TextOptions& options, std::string directory,
        std::vector<std::string>* below)
      : line_(line), event_(event), options_(options), directory_(std::move(directory)), below_(below) {}

  void operator()(const Attached& a) {
    verb(Role::event_birth, a.spawned ? "start" : "attach");
    if (is_of_another_thread()) line_.format(Role::plain, "thread {}  ", event_.task.tid.raw());
    const auto parent = event_.ppid == Pid(0) ? "" : fmt::format("  (child of {})", event_.ppid.raw());
    line_.add(Role::name, fitted(escaped(a.comm), parent.size()));
    line_.add(Role::faint, parent);
  }

  void operator()(const Forked& f) {
    verb(Role::event_birth, fork_kind_name(f.kind));
    line_.add(options_.ascii ? "-> " : "→ ");
    line_.format(Role::pid, "{}", f.child.tid.raw());
    if (f.thread) line_.add(" thread");
    if (!f.kind_known) add_or_below(Role::faint, "  how is not known: its maker was killed");
    if (!flags_are_usual(f) && f.flags && !(f.flags->names.empty() && f.flags->rest == 0)) {
      std::string flags = "  ";
      append_decoded(flags, decode::Decoded{*f.flags});
      add_or_below(Role::faint, flags);
    }
    if (f.exit_signal && *f.exit_signal != SIGCHLD && !f.thread) {
      const std::string name = *f.exit_signal == 0 ? "none" : signal_name(*f.exit_signal);
      add_or_below(Role::faint, "  exit signal " + name);
    }
    if (!f.namespace_pids.empty())
      add_or_below(Role::faint, fmt::format("  in its pid namespace {}", f.namespace_pids.back().raw()));
    if (!f.cgroup.empty()) add_or_below(Role::faint, "  into cgroup " + escaped(f.cgroup));
    add_thread("by");
  }

  void operator()(const Execed& e) {
    verb(Role::event_exec, "exec");
    if (e.denied)
      return line_.format(Role::faint, "{} (a file that may not be read: no path, no arguments)",
                          escaped(e.comm));
    if (e.unread) return line_.format(Role::faint, "{} (killed before it could be read)", escaped(e.path));
    const std::string command = command_line(e.argv);
    const std::size_t width = display_width(command);
    const std::string path = escaped(e.interpreter ? e.filename : e.path);
    const std::size_t beside =
        std::min(display_width(path), least_command) + 2 + std::min(width, least_command);
    const auto [notes, right, columns] = notes_that_fit(e, beside);
    const std::size_t least = std::min(width, room() / 2);
    line_.add(Role::event_exec, shortened(path, columns + 2 + least, least_path));
    line_.add(Role::faint, notes);
    line_.add(Role::warning, right);
    line_.add("  ");
    if (directory_.empty()) directory_ = unknown_directory(e);
    const auto changed = e.env ? environment_words(*e.env, environment_style()) : std::vector<std::string>();
    const std::string changes = environment_in_line(changed) + directory_;
    const std::size_t kept = std::min(width, least_command);
    if (below_ == nullptr || line_.width() + kept + display_width(changes) <= options_.columns) {
      line_.add(Role::argument, shortened(command, display_width(changes), kept));
      line_.add(Role::faint, changes);
    } else {
      line_.add(Role::argument, options_.whole ? command : shortened(command, 0, least_path));
      tell_below(changed);
    }
  }

  void operator()(const ExecFailed& e) {
    verb(Role::bad, "exec");
    line_.add(Role::bad, "failed ");
    const std::string path = escaped(e.told().path);
    const std::string tried = e.tried.size() > 1 ? fmt::format(", tried {} paths", e.tried.size()) : "";
    const auto fits = [&](const std::string& error) {
      return line_.width() + display_width(path) + 2 + error.size() + tried.size() <= options_.columns;
    };
    std::string error;
    append_error(error, e.told().error_number);
    if (options_.columns != 0 && !fits(error)) error = error.substr(0, error.find(" ("));
    line_.format(Role::plain, "{}: {}", shortened(path, 2 + error.size() + tried.size(), least_path), error);
    add_or_below(Role::faint, tried);
    add_thread("by");
  }

  void operator()(const Recipe& r) {
    verb(Role::faint, "recipe");
    line_.add(Role::faint, recipe_headline(r));
  }

  void operator()(const Exited& e) {
    const bool good = !e.signal && e.code.value_or(0) == 0;
    verb(good ? Role::event_end : Role::bad, "exit");
    if (e.thread) line_.format(Role::plain, "thread {}  ", event_.task.tid.raw());
    line_.add(good ? Role::plain : Role::bad, outcome(e));
    add_or_below(Role::faint, costs(e));
  }

  void operator()(const Reaped& r) {
    verb(r.how == ReapedHow::never ? Role::zombie : Role::faint, "reaped");
    line_.add(collector(r));
    add_or_below(Role::faint, fmt::format("  (zombie for {})", human_duration(r.zombie_ns)));
  }

  void operator()(const Reparented& r) {
    verb(Role::orphan, "orphan");
    line_.format(Role::plain, "adopted by {}", r.to.raw());
    if (!r.to_comm.empty()) line_.format(Role::plain, " ({})", escaped(r.to_comm));
    if (r.from != Pid(0)) add_or_below(Role::faint, fmt::format(", was a child of {}", r.from.raw()));
    if (r.is_daemon()) add_or_below(Role::faint, "; a daemon: " + daemon_words(r));
  }

  void operator()(const Signalled& s) {
    verb(Role::event_signal, "signal");
    line_.add(Role::event_signal, signal_name(s.signal));
    if (s.sender) line_.format(Role::plain, " from {}", s.sender->raw());
    if (s.sender_inside)
      add_or_below(Role::faint, fmt::format(" ({} in its pid namespace)", s.sender_inside->raw()));
    const SignalCode code = signal_code(s.code_of.value_or(s.signal), s.code);
    add_or_below(Role::faint,
                 code.word.empty() ? fmt::format(" (code {})", s.code) : fmt::format(" ({})", code.word));
    add_thread("in");
  }

  void operator()(const StoppedBy& s) {
    verb(Role::stopped, "stop");
    line_.format(Role::stopped, "stopped by {}", signal_name(s.signal));
  }
  void operator()(const Continued&) {
    verb(Role::good, "cont");
    line_.add("continued");
  }

  void operator()(const SyscallDone& s) {
    if (is_of_another_thread()) line_.format(Role::faint, "[{}] ", event_.task.tid.raw());
    const std::size_t start = line_.width();
    std::string& call = line_.scratch();
    (call += s.name) += '(';
    if (!s.number.restarts.empty())
      (call += "<... resuming interrupted ").append(s.number.restarts) += " ...>";
    append_arguments(call, s.args);
    call += ')';
    line_.add(Role::event_call, call);
    line_.pad_to(start + result_column - 1);
    line_.add(" = ");
    result(s);
    if (!s.number.is_native()) line_.format(Role::faint, " [{}]", decode::arch_name(s.number.arch));
    if (options_.durations && s.duration_ns)
      line_.format(Role::faint, " <{}.{:06}>", *s.duration_ns / second_ns, *s.duration_ns / 1000 % 1'000'000);
  }

  void operator()(const Inherited& i) {
    verb(Role::faint, "keeps");
    line_.add(inherited_headline(i));
    add_or_below(Role::plain, leaks_words(i));
  }
  void operator()(const DescriptorAudit& a) {
    verb(a.leaked ? Role::warning : Role::faint, "fd");
    line_.add(audit_line(a));
  }

  void operator()(const Detached&) {
    verb(Role::faint, "detach");
    line_.add("no longer followed");
  }
  void operator()(const Lost& l) {
    verb(Role::bad, "lost");
    line_.format(Role::bad, "{} event{}: {}", l.count, l.count == 1 ? "" : "s", escaped(l.reason));
  }
  void operator()(const Note& n) {
    verb(Role::warning, "note");
    line_.add(escaped(n.text));
  }

 private:
  /// Of another one than the first of its process.
  bool is_of_another_thread() const { return event_.task.tid != leader_of(event_.pid); }

  /// "  by thread 4712" behind all else, where the process does not say it.
  void add_thread(std::string_view relation) {
    if (is_of_another_thread())
      add_or_below(Role::faint, fmt::format("  {} thread {}", relation, event_.task.tid.raw()));
  }

  /// "NET_RAW, NET_ADMIN"
  static std::string capability_words(std::uint64_t mask) {
    std::string text;
    for (std::string_view name : model::capability_names(mask)) {
      if (name.starts_with("CAP_")) name.remove_prefix(4);
      (text += text.empty() ? "" : ", ") += name;
    }
    return text;
  }

  /// "uid 0, gid 0": those that the program runs with, where they are not these.
  static std::string effective_ids(const Credentials& now, Uid uid, Gid gid) {
    std::string ids;
    if (now.euid != uid) ids = fmt::format("uid {}", now.euid.raw());
    if (now.egid != gid) ids += fmt::format("{}gid {}", ids.empty() ? "" : ", ", now.egid.raw());
    return ids;
  }

  /// What the new program may, when that is not what the old one might.
  static std::string rights(const Execed& e) {
    if (e.set_id_ignored) return " (set-id ignored)";
    if (e.capabilities_ignored != 0)
      return fmt::format(" (capabilities ignored: {})", capability_words(e.capabilities_ignored));
    if (!e.credentials || !e.credentials->secure) return "";
    const std::string others = effective_ids(*e.credentials, e.credentials->uid, e.credentials->gid);
    if ((e.set_id || !e.former_credentials) && !others.empty()) return fmt::format(" (as {})", others);
    if (e.capabilities_gained != 0) return fmt::format(" (with {})", capability_words(e.capabilities_gained));
    return others.empty() ? " (with other rights)" : "";
  }

  /// Of users or of groups: the IDs that are not those of before, with one word where both are the same.
  template <class Id>
  static void add_changed(std::string& words, std::string_view kind, std::pair<Id, Id> now,
                          std::pair<Id, Id> former) {
    const auto add = [&](std::string_view which, Id id) {
      words += fmt::format("{}{}{} {}", words.empty() ? "" : ", ", which, kind, id.raw());
    };
    const auto [real, effective] = now;
    if (real == effective && now != former) return add("", real);
    if (real != former.first) add("real ", real);
    if (effective != former.second) add("effective ", effective);
  }

  /// Who it has become without a set-id file: by setuid(2) of the program before, or of its child.
  static std::string new_user(const Execed& e) {
    if (!e.credentials || !e.former_credentials || e.set_id) return "";
    const Credentials &now = *e.credentials, &former = *e.former_credentials;
    std::string ids;
    add_changed<Uid>(ids, "uid", {now.uid, now.euid}, {former.uid, former.euid});
    add_changed<Gid>(ids, "gid", {now.gid, now.egid}, {former.gid, former.egid});
    return ids.empty() ? "" : fmt::format(" (now {})", ids);
  }

  /// Of a script: the scripts that read it, as each one's first line names the next, and the program.
  static std::string readers(const Execed& e) {
    if (!e.interpreter) return "";
    std::string names;
    for (std::size_t i = 0; i + 1 < e.interpreters.size(); ++i) names += escaped(e.interpreters[i]) + ", ";
    return fmt::format(" (read by {}{})", names, escaped(*e.interpreter));
  }

  struct Notes {
    std::string faint, warning;
    std::size_t columns = 0;
  };
  /// What stands behind the path of an exec. `others`: columns that path and command need at least; what has
  /// no room beside them stands below.
  Notes notes_that_fit(const Execed& e, std::size_t others) {
    Notes notes;
    const auto add = [&](std::string& to, const std::string& note) {
      const std::size_t width = display_width(note);
      if (below_ != nullptr && !note.empty() && others + notes.columns + width > room())
        return add_below(note);
      notes.columns += width;
      to += note;
    };
    add(notes.faint, readers(e));
    if (e.former_tid) add(notes.faint, fmt::format(" (by thread {})", e.former_tid->raw()));
    add(notes.faint, new_user(e));
    add(notes.warning, rights(e));
    return notes;
  }

  static std::string unknown_directory(const Execed& e) {
    if (e.cwd_unavailable == "too_long") return "  in ? (name too long)";
    return e.cwd_unavailable == "denied" ? "  in ? (may not be read)" : "";
  }

  static std::string daemon_words(const Reparented& r) {
    std::string words;
    for (const std::string_view sign : r.daemon_signs) {
      std::string word(sign);
      std::ranges::replace(word, '_', ' ');
      words += (words.empty() ? "" : ", ") + word;
    }
    return words;
  }

  static std::string collector(const Reaped& r) {
    switch (r.how) {
      case ReapedHow::waited:
        return r.by ? fmt::format("by {}", r.by->raw()) : "by its parent, or by who adopted it";
      case ReapedHow::ignored:
        return "by the kernel: its parent ignores SIGCHLD";
      case ReapedHow::adopted:
        return "by who adopted it, or by the kernel";
      case ReapedHow::never:
        return r.by ? fmt::format("not yet: {} has not waited for it", r.by->raw()) : "not yet";
    }
    return "";
  }

  void verb(Role role, std::string_view word) {
    const std::size_t start = line_.width();
    line_.add(role, word);
    line_.pad_to(start + verb_columns + 1);
  }

  /// ERESTARTSYS and relatives: the program never sees them, the call is restarted or becomes EINTR.
  static bool is_restart(int number) { return number >= 512 && number <= 516; }

  /// "ENOENT (No such file or directory)"
  static void append_error(std::string& text, int number) {
    const auto name = errno_name(number);
    if (name.empty()) {
      fmt::format_to(std::back_inserter(text), "error {}", number);
    } else {
      fmt::format_to(std::back_inserter(text), "{} ({})", name, errno_text(number));
    }
  }

  void add_error(Role role, std::string_view before, int number) {
    std::string& text = line_.scratch();
    append_error(text += before, number);
    line_.add(role, text);
  }

  void result(const SyscallDone& s) {
    if (!s.ret) {
      line_.add("?");
    } else if (is_restart(s.error_number)) {
      add_error(Role::plain, "? ", s.error_number);
    } else if (s.error_number != 0) {
      add_error(Role::bad, "-1 ", s.error_number);
    } else if (std::holds_alternative<std::monostate>(s.ret_decoded.what)) {
      line_.format(Role::plain, "{}", *s.ret);
    } else {
      std::string& text = line_.scratch();
      append_decoded(text, s.ret_decoded);
      line_.add(text);
    }
    if (s.ret_detail.empty()) return;
    std::string& detail = line_.scratch();
    append_detail(detail += " (", s.ret_detail);
    line_.add(detail += ')');
  }

  /// What changed, where the line of the exec has no room for it.
  void tell_below(const std::vector<std::string>& changed) {
    const auto lines = environment_lines(changed, room_below(), environment_style());
    below_->insert(below_->end(), lines.begin(), lines.end());
    if (directory_.empty()) return;
    if (!lines.empty() && display_width(below_->back()) + display_width(directory_) <= room_below())
      below_->back() += directory_;
    else
      add_below(directory_);
  }

  EnvironmentStyle environment_style() const { return {.whole = options_.whole, .ascii = options_.ascii}; }

  std::size_t room_below() const {
    const std::size_t before = std::min(options_.columns, start_ + verb_columns + 1);
    return std::max(options_.columns - before, least_command);
  }

  /// Without what joins it to the words before.
  void add_below(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" ,;"), text.size()));
    below_->push_back(shorten_middle(text, room_below(), options_.ascii));
  }

  /// Columns that are left in the line; without end where there is no terminal.
  std::size_t room() const {
    if (options_.columns == 0) return std::numeric_limits<std::size_t>::max();
    return options_.columns - std::min(options_.columns, line_.width());
  }

  /// With `after` columns left behind it, but not less than `least` wide.
  std::string shortened(std::string text, std::size_t after, std::size_t least) const {
    if (options_.columns == 0) return text;
    return shorten_middle(text, std::max(room() - std::min(room(), after), least), options_.ascii);
  }
  std::string fitted(std::string text, std::size_t after) const {
    return shortened(std::move(text), after, least_command);
  }

  /// In a line of its own where this one has no room.
  void add_or_below(Role role, std::string_view text) {
    if (below_ == nullptr || display_width(text) <= room()) return line_.add(role, text);
    add_below(text);
  }

  Line& line_;
  const Event& event_;
  const TextOptions& options_;
  std::string directory_;
  std::vector<std::string>* below_;
  std::size_t start_ = line_.width();
};

}  // namespace

void add_words(Line& line, const Event& event, const TextOptions& options, std::string directory,
               std::vector<std::string>* below) {
  std::visit(Words(line, event, options, std::move(directory), below), event.what);
}

}  // namespace ptop::render
