// A snapshot as JSON: schemas/ptop.snapshot-1.schema.json says what each member means.
#include "ptop/render/snapshot_json.hpp"

#include <fmt/format.h>

#include "full_json.hpp"
#include "ptop/base/names.hpp"
#include "ptop/model/syscall_text.hpp"
#include "system_json.hpp"
#include "wall_time.hpp"

namespace ptop::render {
namespace {

using namespace model;

std::string_view error_code_name(Errc code) {
  switch (code) {
    case Errc::gone:
      return "gone";
    case Errc::denied:
      return "denied";
    case Errc::malformed:
      return "malformed";
    case Errc::unsupported:
      return "unsupported";
    case Errc::timeout:
      return "timeout";
    case Errc::os:
      return "os";
  }
  return "os";
}

std::string_view evidence_name(OrphanEvidence evidence) {
  switch (evidence) {
    case OrphanEvidence::seen:
      return "seen";
    case OrphanEvidence::older_than_parent:
      return "older_than_parent";
    case OrphanEvidence::foreign_session:
      return "foreign_session";
    case OrphanEvidence::foreign_group:
      return "foreign_group";
  }
  return "seen";
}

/// One column's member.
class Member {
 public:
  Member(JsonWriter& json, std::string_view key) : json_(json), key_(key) {}

  void operator()(std::monostate) {
    json_.key(key_);
    json_.null();
  }
  template <class Scalar>
  void operator()(Scalar value) requires std::is_arithmetic_v<Scalar> || std::is_same_v<Scalar, Word> {
    json_.member(key_, value);
  }
  void operator()(const Bytes& bytes) { json_.bytes_member(key_, bytes.text); }
  void operator()(const ByteList& list) {
    std::vector<std::string_view> texts;
    for (const Bytes& bytes : list) texts.push_back(bytes.text);
    json_.bytes_list_member(key_, texts);
  }
  void operator()(const WordList& list) { array(list); }
  void operator()(const NumberList& list) { array(list); }

 private:
  template <class List>
  void array(const List& list) {
    json_.key(key_);
    json_.begin_array();
    for (const auto item : list) json_.value(item);
    json_.end_array();
  }

  JsonWriter& json_;
  std::string_view key_;
};

/// What a zombie's parent does instead of waiting for it: null where that may not be known.
void write_parent_doing(JsonWriter& json, const Snapshot& snapshot, Pid parent) {
  const auto found = snapshot.zombie_parents.find(parent);
  const Doing doing = found == snapshot.zombie_parents.end() ? Doing() : found->second;
  if (doing.wchan.value) {
    json.bytes_member("parent_wchan", *doing.wchan.value);
  } else {
    json.key("parent_wchan");
    json.null();
  }
  const std::string call = syscall_name(doing.syscall.value);
  json.key("parent_syscall");
  doing.syscall.known() && !call.empty() ? json.value(std::string_view(call)) : json.null();
}

void write_zombie(JsonWriter& json, const Snapshot& snapshot, const ZombieFacts& zombie) {
  const auto or_null = [&](std::string_view key, bool known, auto value) {
    json.key(key);
    known ? json.value(value) : json.null();
  };
  const int status = zombie.exit_code.value_or(0);  // waitpid(2) form
  const int signal = status & 0x7f;
  json.key("zombie");
  json.begin_object();
  or_null("exit_code", zombie.exit_code && signal == 0, status >> 8 & 0xff);
  const std::string name = signal_name(signal);
  or_null("signal", zombie.exit_code && signal != 0, std::string_view(name));
  or_null("age_ns", zombie.age_ns.has_value(), zombie.age_ns.value_or(0));
  json.member("parent", zombie.parent.raw());
  const char state = letter(zombie.parent_state.value_or(procfs::TaskState::dead));
  or_null("parent_state", zombie.parent_state.has_value(), std::string_view(&state, 1));
  json.member("parent_sigchld", disposition_name(zombie.parent_sigchld));
  json.member("parent_blocks_sigchld", zombie.parent_blocks_sigchld);
  write_parent_doing(json, snapshot, zombie.parent);
  json.end_object();
}

void write_signs(JsonWriter& json, std::string_view key, FlagSet<DaemonSign> signs) {
  json.key(key);
  json.begin_array();
  for (std::size_t i = 0; i < daemon_sign_count; ++i) {
    const auto sign = static_cast<DaemonSign>(i);
    if (signs.has(sign)) json.value(daemon_sign_name(sign));
  }
  json.end_array();
}

void write_daemon(JsonWriter& json, const DaemonFacts& daemon) {
  json.key("daemon");
  json.begin_object();
  write_signs(json, "signs", daemon.signs);
  write_signs(json, "unknown", daemon.unknown);
  json.end_object();
}

void write_orphan(JsonWriter& json, const OrphanFacts& orphan) {
  json.key("orphan");
  json.begin_object();
  json.member("adopter", orphan.adopter.raw());
  json.member("adopter_is_init", orphan.adopter_is_init);
  json.member("evidence", evidence_name(orphan.evidence));
  json.member("evidence_text", orphan_evidence_text(orphan.evidence));
  json.end_object();
}

void write_process(JsonWriter& json, const Row& row, const TaskMembers& members) {
  Missing missing;
  bool classified = false;
  json.begin_object();
  for (const ColumnId id : members.columns) {
    const Column& shown = column(id);
    const Value value = shown.value(row);
    std::visit(Member(json, shown.key), value);
    classified = classified || id == ColumnId::classes;
    if (!std::holds_alternative<std::monostate>(value)) continue;
    const auto reason = availability_reason(unavailable(shown, row));
    if (!reason.empty()) missing.emplace_back(shown.key, reason);
  }
  const Classification& facts = row.scene.classes[row.index];
  if (classified && facts.zombie()) write_zombie(json, row.scene.snapshot, *facts.zombie());
  if (classified && facts.orphan()) write_orphan(json, *facts.orphan());
  if (classified && facts.daemon()) write_daemon(json, *facts.daemon());
  write_lists(json, row, members, missing);
  write_unavailable(json, missing);
  json.end_object();
}

void write_host(JsonWriter& json, const HostSample& host) {
  json.begin_object();
  json.bytes_member("hostname", host.hostname);
  json.bytes_member("kernel", host.kernel);
  json.member("boot_time", host.info.boot_time);
  json.member("clock_ticks", host.info.clock_ticks);
  json.member("page_size", host.info.page_size);
  json.member("cpus", static_cast<std::uint64_t>(host.stat.cpus.size()));
  json.end_object();
}

void write_errors(JsonWriter& json, std::span<const Error> errors) {
  json.begin_array();
  for (const Error& error : errors) {
    json.begin_object();
    json.member("code", error_code_name(error.code));
    json.bytes_member("what", error.what);
    if (error.sys != 0) json.member("errno", errno_name(error.sys));
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string process_json(const Row& row, const TaskMembers& members) {
  JsonWriter json;
  write_process(json, row, members);
  return std::string(json.text());
}

void write_snapshot_json(LineOutput& out, const Scene& scene, std::span<const TaskIndex> rows,
                         const TaskMembers& members) {
  JsonWriter json;
  write_host(json, scene.snapshot.host);
  out.write(fmt::format("{{\"schema\":\"ptop.snapshot/1\",\"host\":{},", json.text()));
  json.clear();
  write_system(json, scene.snapshot);
  out.write(fmt::format("\"system\":{},", json.text()));
  out.write(fmt::format("\"taken_at\":\"{}\",", rfc3339(scene.snapshot.taken_at_wall)));
  out.write(fmt::format("\"denied_processes\":{},", scene.snapshot.denied));
  out.write("\"processes\":[");
  write_array_lines(out, json, rows,
                    [&](TaskIndex task) { write_process(json, row_of(scene, task), members); });
  out.write("],");
  json.clear();
  write_errors(json, scene.snapshot.errors);
  out.write(fmt::format("\"errors\":{}}}", json.text()));
}

}  // namespace ptop::render
