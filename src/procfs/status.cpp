// The lines of status by their keys, in one pass.
#include "ptop/procfs/status.hpp"

#include <iterator>

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

template <class I>
bool parse_four(std::string_view text, I& a, I& b, I& c, I& d) {
  const bool fits = parse_into(a, take_word(text)) && parse_into(b, take_word(text)) &&
                    parse_into(c, take_word(text)) && parse_into(d, take_word(text));
  return fits && trimmed(text).empty();
}

bool parse_bool(std::optional<bool>& out, std::string_view text) {
  if (text != "0" && text != "1") return false;
  out = text == "1";
  return true;
}

/// "0/96365": queued signals of the real user, and their limit.
bool parse_sigq(Status& s, std::string_view text) {
  return parse_into(s.sigq_used, take_until(text, '/')) && parse_into(s.sigq_limit, text);
}

/// "0-3,8"; kept as it is, since that is how people and taskset(1) write it.
bool parse_cpu_list(Status& s, std::string_view text) {
  s.cpus_allowed_list = text;
  return text.find_first_not_of("0123456789,-") == text.npos;
}

struct Line {
  std::string_view key;
  bool (*parse)(Status&, std::string_view value);  ///< nullptr: a line we know and do not use
};

#define NUMBER(key, member)                                                    \
  Line {                                                                       \
    key, [](Status& s, std::string_view v) { return parse_into(s.member, v); } \
  }
#define HEX(key, member)                                                           \
  Line {                                                                           \
    key, [](Status& s, std::string_view v) { return parse_into(s.member, v, 16); } \
  }
#define KIB(key, member)                                                           \
  Line {                                                                           \
    key, [](Status& s, std::string_view v) { return parse_kib_into(s.member, v); } \
  }
#define LIST(key, member)                                                      \
  Line {                                                                       \
    key, [](Status& s, std::string_view v) { return parse_list(s.member, v); } \
  }

/// In the kernel's order (fs/proc/array.c, proc_pid_status), so that the search for a key nearly always ends
/// at the row after the last one.
constexpr Line lines[] = {
    {"Name", nullptr},  // with escapes; stat has the raw bytes
    {"Umask", [](Status& s, std::string_view v) { return parse_into(s.umask, v, 8); }},
    {"State", nullptr},
    NUMBER("Tgid", tgid),
    {"Ngid", nullptr},
    NUMBER("Pid", pid),
    NUMBER("PPid", ppid),
    NUMBER("TracerPid", tracer_pid),
    {"Uid",
     [](Status& s, std::string_view v) {
       return parse_four(v, s.uid.real, s.uid.effective, s.uid.saved, s.uid.fs);
     }},
    {"Gid",
     [](Status& s, std::string_view v) {
       return parse_four(v, s.gid.real, s.gid.effective, s.gid.saved, s.gid.fs);
     }},
    {"FDSize", nullptr},
    LIST("Groups", groups),
    LIST("NStgid", ns_tgid),
    LIST("NSpid", ns_pid),
    LIST("NSpgid", ns_pgid),
    LIST("NSsid", ns_sid),
    {"Kthread", nullptr},
    KIB("VmPeak", vm_peak),
    KIB("VmSize", vm_size),
    KIB("VmLck", vm_lck),
    KIB("VmPin", vm_pin),
    KIB("VmHWM", vm_hwm),
    KIB("VmRSS", vm_rss),
    KIB("RssAnon", rss_anon),
    KIB("RssFile", rss_file),
    KIB("RssShmem", rss_shmem),
    KIB("VmData", vm_data),
    KIB("VmStk", vm_stk),
    KIB("VmExe", vm_exe),
    KIB("VmLib", vm_lib),
    KIB("VmPTE", vm_pte),
    KIB("VmSwap", vm_swap),
    {"HugetlbPages", nullptr},
    {"CoreDumping", [](Status& s, std::string_view v) { return parse_bool(s.core_dumping, v); }},
    {"THP_enabled", nullptr},
    {"untag_mask", nullptr},
    NUMBER("Threads", threads),
    {"SigQ", parse_sigq},
    HEX("SigPnd", signals.pending),
    HEX("ShdPnd", signals.shared_pending),
    HEX("SigBlk", signals.blocked),
    HEX("SigIgn", signals.ignored),
    HEX("SigCgt", signals.caught),
    HEX("CapInh", cap_inh),
    HEX("CapPrm", cap_prm),
    HEX("CapEff", cap_eff),
    HEX("CapBnd", cap_bnd),
    HEX("CapAmb", cap_amb),
    {"NoNewPrivs", [](Status& s, std::string_view v) { return parse_bool(s.no_new_privs, v); }},
    NUMBER("Seccomp", seccomp),
    NUMBER("Seccomp_filters", seccomp_filters),
    {"Speculation_Store_Bypass", nullptr},
    {"SpeculationIndirectBranch", nullptr},
    {"Cpus_allowed", nullptr},
    {"Cpus_allowed_list", parse_cpu_list},
    {"Mems_allowed", nullptr},
    {"Mems_allowed_list", nullptr},
    NUMBER("voluntary_ctxt_switches", voluntary_ctxt_switches),
    NUMBER("nonvoluntary_ctxt_switches", nonvoluntary_ctxt_switches),
};
#undef NUMBER
#undef HEX
#undef KIB
#undef LIST

constexpr std::size_t row_of(std::string_view key) {
  for (std::size_t row = 0; row < std::size(lines); ++row) {
    if (lines[row].key == key) return row;
  }
  return std::size(lines);
}

/// The rows a status without which is none, as a bit set of row numbers.
constexpr std::uint64_t required_rows = std::uint64_t{1} << row_of("Tgid") |
                                        std::uint64_t{1} << row_of("Pid") |
                                        std::uint64_t{1} << row_of("PPid") |
                                        std::uint64_t{1} << row_of("Uid") | std::uint64_t{1} << row_of("Gid");
static_assert(std::size(lines) <= 64);

/// The row for `key`, looking from `from` on and around; the table's size when there is none.
std::size_t find_row(std::string_view key, std::size_t from) {
  for (std::size_t row = from; row < std::size(lines); ++row) {
    if (lines[row].key == key) return row;
  }
  for (std::size_t row = 0; row < from; ++row) {
    if (lines[row].key == key) return row;
  }
  return std::size(lines);
}

/// Takes the key off the front of `line`: its row, or the table's size.
std::size_t take_row(std::string_view& line, std::size_t expected) {
  const std::string_view key = expected < std::size(lines) ? lines[expected].key : std::string_view();
  if (!key.empty() && line.size() > key.size() && line[key.size()] == ':' && line.starts_with(key)) {
    line.remove_prefix(key.size() + 1);
    return expected;
  }
  return find_row(take_until(line, ':'), expected);
}

}  // namespace

Result<Status> parse_status(std::string_view text) {
  Status s;
  std::uint64_t seen = 0;
  std::size_t next = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    std::string_view value = line;
    const std::size_t row = take_row(value, next);
    if (row == std::size(lines)) continue;
    next = row + 1;
    seen |= std::uint64_t{1} << row;
    if (lines[row].parse && !lines[row].parse(s, trimmed(value))) return malformed("status", line);
  }
  if ((seen & required_rows) != required_rows) return malformed("status", text);
  return s;
}

std::optional<std::uint64_t> parse_vm_hwm(std::string_view text) {
  constexpr std::string_view key = "\nVmHWM:";
  const auto begin = text.find(key);  // Name comes before, but has its newlines escaped
  if (begin == text.npos) return std::nullopt;
  std::string_view rest = text.substr(begin + key.size());
  std::optional<std::uint64_t> bytes;
  return parse_kib_into(bytes, trimmed(take_line(rest))) ? bytes : std::nullopt;
}

}  // namespace ptop::procfs
