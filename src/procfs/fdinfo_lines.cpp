// `key: value` lines of eventfd, signalfd, timerfd, pidfd, bpf, io_uring, userfaultfd, dma-buf and tun.
#include "fdinfo_lines.hpp"

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

bool parse_flag(std::optional<bool>& out, std::string_view text) {
  if (text != "0" && text != "1") return false;
  out = text == "1";
  return true;
}

/// "(3599, 999974650)"
bool parse_time(TimerfdTime& out, std::string_view text) {
  if (!text.starts_with('(') || !text.ends_with(')') || text.size() < 2) return false;
  text = text.substr(1, text.size() - 2);
  return parse_into(out.seconds, trimmed(take_until(text, ','))) &&
         parse_into(out.nanoseconds, trimmed(text));
}

/// "0x7": the mask of a ring whose size is a power of two.
bool parse_ring_mask(std::uint32_t& entries, std::string_view text) {
  std::uint32_t mask = 0;
  if (!text.starts_with("0x") || !parse_into(mask, text.substr(2), 16) || mask == UINT32_MAX) return false;
  entries = mask + 1;
  return true;
}

/// "aa:0:80000000000001ff": API, features asked for, features the kernel has.
bool parse_userfaultfd_api(UserfaultfdInfo& info, std::string_view text) {
  take_until(text, ':');
  return parse_into(info.features, take_until(text, ':'), 16);
}

/// -1 means that no thread polls.
bool parse_sq_thread(IoUringInfo& info, std::string_view text) {
  std::int32_t thread = -1;
  if (!parse_into(thread, text)) return false;
  if (thread > 0) info.sq_thread = thread;
  return true;
}

/// A program's id, or of a link the id of its program.
bool parse_prog_id(FdParticulars& out, std::string_view text) {
  if (auto* link = std::get_if<BpfLinkInfo>(&out)) return parse_into(link->prog_id, text);
  return parse_into(particulars_as<BpfProgInfo>(out).id, text);
}
bool parse_prog_tag(FdParticulars& out, std::string_view text) {
  if (!std::holds_alternative<BpfLinkInfo>(out)) particulars_as<BpfProgInfo>(out).tag = text;
  return true;
}
/// Some links (of an iterator, of struct_ops) have a map, too.
bool parse_map_id(FdParticulars& out, std::string_view text) {
  if (std::holds_alternative<BpfLinkInfo>(out)) return true;
  return parse_into(particulars_as<BpfMapInfo>(out).id, text);
}
bool parse_memlock(FdParticulars& out, std::string_view text) {
  if (auto* map = std::get_if<BpfMapInfo>(&out)) return parse_into(map->memlock, text);
  if (auto* prog = std::get_if<BpfProgInfo>(&out)) return parse_into(prog->memlock, text);
  return true;
}
bool parse_link_type(FdParticulars& out, std::string_view text) {
  particulars_as<BpfLinkInfo>(out).type = text;
  return true;
}

bool parse_size(FdParticulars& out, std::string_view text) {
  std::uint64_t size = 0;
  if (parse_into(size, text) && std::holds_alternative<std::monostate>(out)) out = DmabufInfo{.size = size};
  return true;
}
bool parse_exporter(FdParticulars& out, std::string_view text) {
  particulars_as<DmabufInfo>(out).exporter = text;
  return true;
}
bool parse_buffer_name(FdParticulars& out, std::string_view text) {
  if (auto* buffer = std::get_if<DmabufInfo>(&out)) buffer->name = text;
  return true;
}
bool parse_interface(FdParticulars& out, std::string_view text) {
  particulars_as<TunInfo>(out).interface = text;
  return true;
}

bool parse_faults(FdParticulars& out, std::uint64_t UserfaultfdInfo::*member, std::string_view text) {
  std::uint64_t count = 0;
  if (parse_into(count, text)) particulars_as<UserfaultfdInfo>(out).*member = count;
  return true;
}

struct Line {
  std::string_view key;
  bool (*parse)(FdParticulars&, std::string_view value);
};

#define NUMBER(key, Type, member, base)                             \
  Line {                                                            \
    key, [](FdParticulars& out, std::string_view v) {               \
      return parse_into(particulars_as<Type>(out).member, v, base); \
    }                                                               \
  }
#define CALL(key, Type, parse, member)                                                                     \
  Line {                                                                                                   \
    key, [](FdParticulars& out, std::string_view v) { return parse(particulars_as<Type>(out) member, v); } \
  }

constexpr Line lines[] = {
    NUMBER("eventfd-count", EventfdInfo, count, 16),
    NUMBER("eventfd-id", EventfdInfo, id, 10),
    CALL("eventfd-semaphore", EventfdInfo, parse_flag, .semaphore),
    NUMBER("sigmask", SignalfdInfo, mask, 16),
    NUMBER("clockid", TimerfdInfo, clock, 10),
    NUMBER("ticks", TimerfdInfo, ticks, 10),
    NUMBER("settime flags", TimerfdInfo, settime_flags, 8),
    CALL("it_value", TimerfdInfo, parse_time, .value),
    CALL("it_interval", TimerfdInfo, parse_time, .interval),
    {"Pid", [](FdParticulars& out,
               std::string_view v) { return parse_into(particulars_as<PidfdInfo>(out).pid, v); }},
    CALL("NSpid", PidfdInfo, parse_list, .ns_pid),
    NUMBER("map_type", BpfMapInfo, type, 10),
    {"map_id", parse_map_id},
    NUMBER("key_size", BpfMapInfo, key_size, 10),
    NUMBER("value_size", BpfMapInfo, value_size, 10),
    NUMBER("max_entries", BpfMapInfo, max_entries, 10),
    CALL("frozen", BpfMapInfo, parse_flag, .frozen),
    NUMBER("prog_type", BpfProgInfo, type, 10),
    CALL("prog_jited", BpfProgInfo, parse_flag, .jited),
    {"prog_tag", parse_prog_tag},
    {"prog_id", parse_prog_id},
    NUMBER("run_time_ns", BpfProgInfo, run_time_ns, 10),
    NUMBER("run_cnt", BpfProgInfo, run_count, 10),
    {"memlock", parse_memlock},
    {"link_type", parse_link_type},
    NUMBER("link_id", BpfLinkInfo, id, 10),
    CALL("SqMask", IoUringInfo, parse_ring_mask, .sq_entries),
    CALL("CqMask", IoUringInfo, parse_ring_mask, .cq_entries),
    CALL("SqThread", IoUringInfo, parse_sq_thread, ),
    NUMBER("UserFiles", IoUringInfo, user_files, 10),
    NUMBER("UserBufs", IoUringInfo, user_buffers, 10),
    {"pending",
     [](FdParticulars& out, std::string_view v) { return parse_faults(out, &UserfaultfdInfo::pending, v); }},
    {"total",
     [](FdParticulars& out, std::string_view v) { return parse_faults(out, &UserfaultfdInfo::total, v); }},
    CALL("API", UserfaultfdInfo, parse_userfaultfd_api, ),
    {"size", parse_size},
    {"exp_name", parse_exporter},
    {"name", parse_buffer_name},
    {"iff", parse_interface},
};
#undef NUMBER
#undef CALL

}  // namespace

bool parse_particular(FdParticulars& out, std::string_view key, std::string_view value) {
  for (const Line& line : lines) {
    if (line.key == key) return line.parse(out, value);
  }
  return true;
}

}  // namespace ptop::procfs
