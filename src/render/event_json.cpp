// Events as JSON Lines: schemas/ptop.events-1.schema.json says what each member means.
#include "ptop/render/event_json.hpp"

#include "decoded_json.hpp"
#include "json_writer.hpp"
#include "ptop/base/names.hpp"
#include "ptop/follow/filter.hpp"
#include "ptop/model/kernel_names.hpp"
#include "signal_code.hpp"

namespace ptop::render {
namespace {

using namespace follow;

void write_signal(JsonWriter& json, std::string_view name, int signal) {
  json.member(name, std::string_view(signal_name(signal)));
  json.member(std::string(name) + "_number", signal);
}

void write_errno(JsonWriter& json, int number) {
  json.key("errno");
  const auto name = errno_name(number);
  name.empty() ? json.null() : json.value(name);
  json.member("errno_number", number);
}

template <class T>
void write_optional(JsonWriter& json, std::string_view name, const std::optional<T>& value) {
  json.key(name);
  value ? json.value(*value) : json.null();
}

void write_optional_bytes(JsonWriter& json, std::string_view name, const std::optional<std::string>& bytes) {
  if (bytes) return json.bytes_member(name, *bytes);
  json.key(name);
  json.null();
}

std::optional<std::int32_t> raw(const std::optional<Pid>& pid) {
  return pid ? std::optional(pid->raw()) : std::nullopt;
}

/// Type and members of each kind of event.
class Members {
 public:
  explicit Members(JsonWriter& json) : json_(json) {}

  void operator()(const Attached& a) {
    json_.bytes_member("comm", a.comm);
    json_.member("spawned", a.spawned);
  }

  void operator()(const Forked& f) {
    json_.member("child", f.child_pid.raw());
    json_.member("child_tid", f.child.tid.raw());
    json_.member("child_start", f.child.start.raw());
    if (!f.kind_known) json_.member("kind_known", false);
    json_.member("thread", f.thread);
    if (f.flags) {
      const decode::Decoded flags{*f.flags};
      write_decoded_member(json_, "flags", &flags);
    } else {
      write_decoded_member(json_, "flags", nullptr);
    }
    write_pids("namespace_pids", f.namespace_pids);
    write_pids("set_tid", f.set_tid);
    if (!f.cgroup.empty()) json_.bytes_member("cgroup", f.cgroup);
    if (f.pidfd) json_.member("pidfd", *f.pidfd);
    if (f.exit_signal && *f.exit_signal != 0) return write_signal(json_, "exit_signal", *f.exit_signal);
    json_.key("exit_signal");
    json_.null();
    write_optional(json_, "exit_signal_number", f.exit_signal);
  }

  void operator()(const Execed& e) {
    write_program(e);
    write_optional_bytes(json_, "cwd", e.cwd);
    write_unavailable(e);
    write_optional_bytes(json_, "interpreter", e.interpreter);
    write_environment(e.env);
    if (e.interpreters.size() > 1) json_.bytes_list_member("interpreters", e.interpreters);
    if (e.former_tid) json_.member("former_tid", e.former_tid->raw());
    write_credentials("credentials", e.credentials);
    if (e.former_credentials && e.former_credentials != e.credentials)
      write_credentials("former_credentials", e.former_credentials);
    if (e.set_id) json_.member("set_id", true);
    write_capabilities("capabilities_gained", e.capabilities_gained);
    write_capabilities("capabilities_ignored", e.capabilities_ignored);
    if (e.set_id_ignored) json_.member("set_id_ignored", true);
  }

  void operator()(const ExecFailed& e) {
    json_.bytes_member("path", e.told().path);
    write_errno(json_, e.told().error_number);
    if (e.tried.size() > 1) write_attempts(e.tried);
  }

  void operator()(const Recipe& r) {
    json_.member("execed", r.execed);
    json_.member("calls", r.calls);
    json_.member("window_ns", r.window_ns);
    if (r.partial) json_.member("partial", true);
    json_.key("steps");
    json_.begin_array();
    for (const RecipeStep& step : r.steps) write_step(step);
    json_.end_array();
    if (r.execed) write_inheritance(r);
  }

  void operator()(const Exited& e) {
    json_.member("thread", e.thread);
    write_optional(json_, "code", e.code);
    if (e.signal) {
      write_signal(json_, "signal", *e.signal);
      json_.member("core", e.core);
    }
    write_optional(json_, "utime_ns", e.utime_ns);
    write_optional(json_, "stime_ns", e.stime_ns);
    write_optional(json_, "max_rss", e.max_rss);
    write_optional(json_, "lifetime_ns", e.lifetime_ns);
    if (e.thread) return;
    write_optional(json_, "minor_faults", e.minor_faults);
    write_optional(json_, "major_faults", e.major_faults);
    write_optional(json_, "read_bytes", e.read_bytes);
    write_optional(json_, "write_bytes", e.write_bytes);
    write_optional(json_, "open_fds", e.open_fds);
  }

  void operator()(const Reaped& r) {
    json_.member("how", reaped_how_name(r.how));
    write_optional(json_, "by", raw(r.by));
    json_.member("zombie_ns", r.zombie_ns);
  }

  void operator()(const Reparented& r) {
    json_.member("from", r.from.raw());
    json_.member("to", r.to.raw());
    json_.bytes_member("to_comm", r.to_comm);
    if (r.daemon_signs.empty()) return;
    json_.key("daemon_signs");
    json_.begin_array();
    for (const std::string_view sign : r.daemon_signs) json_.value(sign);
    json_.end_array();
  }

  void operator()(const Signalled& s) {
    write_signal(json_, "signal", s.signal);
    json_.member("code", s.code);
    const SignalCode code = signal_code(s.code_of.value_or(s.signal), s.code);
    if (!code.name.empty()) json_.member("code_name", code.name);
    write_optional(json_, "sender", raw(s.sender));
    if (s.sender_inside) json_.member("sender_namespace_pid", s.sender_inside->raw());
    if (s.sender_uid) json_.member("sender_uid", s.sender_uid->raw());
  }

  void operator()(const StoppedBy& s) { write_signal(json_, "signal", s.signal); }
  void operator()(const Continued&) {}

  void operator()(const SyscallDone& s) {
    json_.member("name", s.name);
    json_.member("nr", s.number.nr);
    if (!s.number.is_native()) json_.member("abi", decode::arch_name(s.number.arch));
    if (!s.number.restarts.empty()) json_.member("restarts", s.number.restarts);
    json_.key("args");
    write_fields(json_, s.args);
    write_result(s);
    write_detail(s.ret_detail);
    write_optional(json_, "duration_ns", s.duration_ns);
  }

  void operator()(const Inherited& i) {
    if (i.denied) json_.member("unavailable", "denied");
    json_.key("descriptors");
    json_.begin_array();
    for (const InheritedDescriptor& d : i.descriptors) write_inherited(d);
    json_.end_array();
  }

  void operator()(const DescriptorAudit& a) {
    write_open_file(a.fd, a.target, a.type, a.origin);
    json_.member("leaked", a.leaked);
    json_.member("execs", a.execs);
    json_.member("leaks", a.leaks);
    json_.member("at_exit", a.at_exit);
    json_.member("untouched", a.untouched);
    json_.key("holders");
    json_.begin_array();
    for (const DescriptorHolder& holder : a.holders) write_holder(holder);
    json_.end_array();
  }

  void operator()(const Detached&) {}

  void operator()(const Lost& l) {
    json_.member("count", l.count);
    json_.bytes_member("reason", l.reason);
  }

  void operator()(const Note& n) { json_.bytes_member("text", n.text); }

 private:
  void write_program(const Execed& e) {
    write_optional_bytes(json_, "path", e.path.empty() ? std::nullopt : std::optional(e.path));
    write_optional_bytes(json_, "filename", e.unread ? std::nullopt : std::optional(e.filename));
    if (!e.unread) return json_.bytes_list_member("argv", e.argv);
    json_.key("argv");
    json_.null();
    if (e.denied) json_.bytes_member("comm", e.comm);
  }

  void write_unavailable(const Execed& e) {
    if (!e.unread && e.cwd_unavailable.empty()) return;
    json_.key("unavailable");
    json_.begin_object();
    if (e.unread) json_.member("argv", std::string_view(e.denied ? "denied" : "gone"));
    if (!e.cwd_unavailable.empty()) json_.member("cwd", e.cwd_unavailable);
    json_.end_object();
  }

  void write_attempts(const std::vector<ExecAttempt>& tried) {
    std::vector<std::string_view> paths;
    for (const ExecAttempt& attempt : tried) paths.emplace_back(attempt.path);
    json_.bytes_list_member("tried", paths);
    json_.key("tried_errno");
    json_.begin_array();
    for (const ExecAttempt& attempt : tried) {
      const auto name = errno_name(attempt.error_number);
      name.empty() ? json_.null() : json_.value(name);
    }
    json_.end_array();
  }

  void write_step(const RecipeStep& step) {
    json_.begin_object();
    json_.member("action", step.action);
    if (step.fd) json_.member("fd", *step.fd);
    if (step.to) json_.member("to", *step.to);
    if (!step.closed.empty()) write_ranges(step.closed);
    if (!step.cloexec.empty()) write_numbers("cloexec", step.cloexec);
    write_signals("signals", step.signals);
    if (!step.path.empty()) json_.bytes_member("path", step.path);
    if (!step.mode.empty()) json_.member("mode", step.mode);
    if (step.number) json_.member("number", *step.number);
    json_.member("call", step.call);
    json_.key("args");
    write_fields(json_, step.args);
    write_changes(step.capabilities);
    if (step.error_number != 0) write_errno(json_, step.error_number);
    if (step.unfinished) json_.member("unfinished", true);
    json_.end_object();
  }

  void write_changes(const std::vector<follow::CapabilityChange>& changes) {
    if (changes.empty()) return;
    json_.key("capabilities");
    json_.begin_array();
    for (const auto& [set, before, after] : changes) {
      json_.begin_object();
      json_.member("set", set);
      write_capabilities("added", after & ~before);
      write_capabilities("removed", before & ~after);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_open_file(int fd, const std::string& target, std::string_view type,
                       const DescriptorOrigin& origin) {
    json_.member("fd", fd);
    json_.bytes_member("target", target);
    json_.member("fd_type", type);
    json_.member("before", origin.before);
    json_.member("opener", origin.opener.pid.raw());
    json_.member("opener_start", origin.opener.start.raw());
    json_.bytes_member("opener_program", origin.program);
    if (origin.before) return;
    json_.member("opened_after_ns", origin.after_ns);
    json_.member("opened_until_ns", origin.until_ns);
    if (!origin.call.empty()) json_.member("opened_by_call", std::string_view(origin.call));
  }

  void write_purpose(DescriptorPurpose purpose) {
    json_.key("purpose");
    purpose == DescriptorPurpose::none ? json_.null() : json_.value(descriptor_purpose_name(purpose));
  }

  void write_inherited(const InheritedDescriptor& d) {
    json_.begin_object();
    write_open_file(d.fd, d.target, d.type, d.origin);
    json_.member("leak", d.is_leak());
    json_.member("execs", d.execs);
    write_purpose(d.purpose);
    if (!d.named_by.empty()) json_.bytes_member("named_by", d.named_by);
    write_pids("ends", d.ends);
    json_.end_object();
  }

  void write_holder(const DescriptorHolder& holder) {
    json_.begin_object();
    json_.member("pid", holder.process.pid.raw());
    json_.member("start", holder.process.start.raw());
    json_.bytes_member("program", holder.program);
    json_.member("fd", holder.fd);
    write_purpose(holder.purpose);
    json_.member("use", descriptor_use_name(holder.use));
    json_.member("at_exit", holder.at_exit);
    json_.end_object();
  }

  void write_ranges(const std::vector<ClosedRange>& ranges) {
    json_.key("fds");
    json_.begin_array();
    for (const ClosedRange& range : ranges) {
      json_.begin_array();
      json_.value(range.first);
      json_.value(range.last);
      json_.end_array();
    }
    json_.end_array();
  }

  void write_numbers(std::string_view name, const std::vector<int>& numbers) {
    json_.key(name);
    json_.begin_array();
    for (const int number : numbers) json_.value(number);
    json_.end_array();
  }

  void write_signals(std::string_view name, const std::vector<int>& signals) {
    if (signals.empty()) return;
    json_.key(name);
    json_.begin_array();
    for (const int signal : signals) json_.value(std::string_view(signal_name(signal)));
    json_.end_array();
  }

  void write_inheritance(const Recipe& r) {
    json_.key("descriptors");
    json_.begin_array();
    for (const OpenDescriptor& open : r.descriptors) {
      json_.begin_object();
      json_.member("fd", open.fd);
      json_.bytes_member("target", open.target);
      if (open.deleted) json_.member("deleted", true);
      json_.end_object();
    }
    json_.end_array();
    json_.member("new_session", r.new_session);
    json_.member("new_group", r.new_group);
    write_signals("blocked", r.blocked);
    write_signals("ignored", r.ignored);
    if (r.capabilities) write_capability_list("capabilities", *r.capabilities);
  }

  void write_credentials(std::string_view name, const std::optional<Credentials>& credentials) {
    json_.key(name);
    if (!credentials) return json_.null();
    json_.begin_object();
    json_.member("uid", credentials->uid.raw());
    json_.member("euid", credentials->euid.raw());
    json_.member("gid", credentials->gid.raw());
    json_.member("egid", credentials->egid.raw());
    json_.member("secure", credentials->secure);
    json_.end_object();
  }

  void write_capabilities(std::string_view name, std::uint64_t mask) {
    if (mask != 0) write_capability_list(name, mask);
  }

  void write_capability_list(std::string_view name, std::uint64_t mask) {
    json_.key(name);
    json_.begin_array();
    for (const std::string_view capability : model::capability_names(mask)) json_.value(capability);
    json_.end_array();
  }

  void write_pids(std::string_view name, const std::vector<Pid>& pids) {
    if (pids.empty()) return;
    json_.key(name);
    json_.begin_array();
    for (const Pid pid : pids) json_.value(pid.raw());
    json_.end_array();
  }

  void write_environment(const std::optional<EnvironmentChange>& change) {
    json_.key("env");
    if (!change) return json_.null();
    json_.begin_object();
    json_.bytes_list_member("added", change->added);
    json_.bytes_list_member("removed", change->removed);
    json_.bytes_list_member("changed", change->changed);
    json_.end_object();
  }

  /// `ret` is what the program got: -1 with an errno, or null when the call never returned to it.
  void write_result(const SyscallDone& s) {
    if (s.error_number != 0) {
      json_.member("ret", std::int64_t{-1});
      return write_errno(json_, s.error_number);
    }
    write_optional(json_, "ret", s.ret);
    if (!s.ret || is_plain_number(s.ret_decoded)) return;
    write_decoded_member(json_, "ret_decoded", &s.ret_decoded);
  }

  /// A detail without a name is a value alone.
  void write_detail(std::span<const decode::Field> detail) {
    if (detail.empty()) return;
    if (detail.size() == 1 && detail.front().name.empty())
      return write_decoded_member(json_, "ret_detail", detail.front().value);
    json_.key("ret_detail");
    write_fields(json_, detail, false);
  }

  /// Then `ret` says it all.
  static bool is_plain_number(const decode::Decoded& d) {
    if (const auto* fd = std::get_if<decode::FileDescriptor>(&d.what)) return fd->path.empty();
    if (const auto* pid = std::get_if<decode::ProcessId>(&d.what))
      return pid->comm.empty() && pid->outside == 0;
    return std::holds_alternative<std::monostate>(d.what) || std::holds_alternative<decode::Signed>(d.what) ||
           std::holds_alternative<decode::Unsigned>(d.what);
  }

  JsonWriter& json_;
};

}  // namespace

class JsonSink::Impl {
 public:
  explicit Impl(LineOutput& out) : out_(out) {}

  void begin(const Header& header) {
    start_line("header");
    json_.member("schema", "ptop.events/1");
    json_.member("started_realtime_ns", header.started_realtime_ns);
    json_.member("started_monotonic_ns", header.started_monotonic_ns);
    json_.member("clock_ticks", header.clock_ticks);
    json_.bytes_member("hostname", header.hostname);
    json_.bytes_member("kernel", header.kernel);
    json_.bytes_list_member("argv", header.argv);
    json_.key("attached");
    json_.begin_array();
    for (const Pid pid : header.attached) json_.value(pid.raw());
    json_.end_array();
    end_line();
  }

  void on(const Event& event) {
    json_.clear();
    json_.begin_object();
    json_.member("seq", event.seq);
    json_.member("t_ns", event.t_ns);
    json_.member("type", event_kind_name(event_kind(event.what)));
    json_.member("pid", event.pid.raw());
    json_.member("tid", event.task.tid.raw());
    json_.member("start", event.task.start.raw());
    if (event.ppid != Pid(0)) json_.member("ppid", event.ppid.raw());
    std::visit(Members(json_), event.what);
    end_line();
  }

  void end(const Trailer& trailer) {
    start_line("end");
    json_.member("t_ns", trailer.t_ns);
    json_.member("events", trailer.events);
    json_.member("lost", trailer.lost);
    json_.member("processes", trailer.processes);
    json_.member("execs", trailer.execs);
    json_.member("exits", trailer.exits);
    write_optional(json_, "code", trailer.code);
    if (trailer.signal) write_signal(json_, "signal", *trailer.signal);
    json_.bytes_member("reason", trailer.reason);
    end_line();
    out_.flush();
  }

 private:
  void start_line(std::string_view type) {
    json_.clear();
    json_.begin_object();
    json_.member("type", type);
  }
  void end_line() {
    json_.end_object();
    out_.write(json_.text());
  }

  LineOutput& out_;
  JsonWriter json_;
};

JsonSink::JsonSink(LineOutput& out) : impl_(std::make_unique<Impl>(out)) {}
JsonSink::~JsonSink() = default;
void JsonSink::begin(const Header& header) { impl_->begin(header); }
void JsonSink::on(const Event& event) { impl_->on(event); }
void JsonSink::end(const Trailer& trailer) { impl_->end(trailer); }

}  // namespace ptop::render
