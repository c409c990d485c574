// Processes: clone, wait, limits, and the numbers the kernel writes through pointers.
#include <algorithm>
#include <iterator>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

constexpr std::uint64_t clone_signal_mask = 0xff;  // CSIGNAL, include/uapi/linux/sched.h
constexpr std::uint64_t clone_pidfd = 0x1000, clone_settls = 0x80000, clone_parent_settid = 0x100000,
                        clone_child_cleartid = 0x200000, clone_child_settid = 0x1000000;

// include/uapi/linux/sched.h, struct clone_args: grew twice, the size argument says how far it goes.
struct KernelCloneArgs {
  std::uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
  std::uint64_t set_tid, set_tid_size;  // since Linux 5.5
  std::uint64_t cgroup;                 // since Linux 5.7
};
constexpr std::uint64_t clone_args_first_size = 64;

std::string_view signal_word(Arena& arena, std::uint32_t number) {
  if (number >= 1 && number <= signal_names.rows.size()) return signal_names.rows[number - 1].name;
  return std::get<Word>(make_word(arena, number, "{}", number).what).text;
}

Decoded list_of(Arena& arena, Decoded item) { return {List{{arena.node(item), 1}}}; }

Decoded limit_value(Arena& arena, std::uint64_t value) {
  if (value == ~0ULL) return {Symbol{-1, "RLIM64_INFINITY", {}}};
  if (value > 1024 && value % 1024 == 0) return make_word(arena, value, "{}*1024", value / 1024);
  return make_unsigned(value);
}

Decoded limits_record(Arena& arena, const Decoded& now, const Decoded& most) {
  return RecordBuilder(arena, 2).add("rlim_cur", now).add("rlim_max", most).done();
}

using Usage = std::array<std::int64_t, 18>;  // struct rusage: two times, then numbers
constexpr std::array<std::string_view, 14> usage_names{
    "ru_maxrss",  "ru_ixrss",   "ru_idrss",  "ru_isrss",  "ru_minflt",   "ru_majflt", "ru_nswap",
    "ru_inblock", "ru_oublock", "ru_msgsnd", "ru_msgrcv", "ru_nsignals", "ru_nvcsw",  "ru_nivcsw"};

Decoded timeval_record(Arena& arena, const std::int64_t* t) {
  return RecordBuilder(arena, 2).add("tv_sec", make_signed(t[0])).add("tv_usec", make_signed(t[1])).done();
}

// wait(2): the low seven bits are the signal, 0x7f means stopped, 0xffff continued.
Decoded wait_status(Arena& arena, std::uint32_t status) {
  const std::uint32_t low = status & 0x7f, high = status >> 8 & 0xff;
  if (status == 0xffff) return make_word(arena, status, "{{WIFCONTINUED(s)}}");
  if (low == 0) return make_word(arena, status, "{{WIFEXITED(s) && WEXITSTATUS(s) == {}}}", high);
  if (low != 0x7f) {
    return make_word(arena, status, "{{WIFSIGNALED(s) && WTERMSIG(s) == {}{}}}", signal_word(arena, low),
                     (status & 0x80) != 0 ? " && WCOREDUMP(s)" : "");
  }
  const std::string_view trap = (high & 0x80) != 0 ? " | 0x80" : "";
  return make_word(arena, status, "{{WIFSTOPPED(s) && WSTOPSIG(s) == {}{}}}", signal_word(arena, high & 0x7f),
                   trap);
}

// Pids that the child is to have, from the innermost namespace on.
Decoded wanted_pids(Context& context, std::uint64_t address, std::uint64_t count) {
  constexpr std::uint64_t levels = 32;  // MAX_PID_NS_LEVEL, include/linux/pid_namespace.h of the kernel
  if (count > levels) return make_unread(address);
  return make_list(context, address, count, 4, [&](std::uint64_t at) -> Decoded {
    const auto pid = context.object<std::int32_t>(at);
    return pid ? Decoded{ProcessId{*pid, {}}} : Decoded{};
  });
}

// What the kernel wrote where the caller asked it to, beside what was asked: {…} => {parent_tid=[7]}.
Decoded with_answers(Context& context, const KernelCloneArgs& a) {
  Arena& arena = context.arena();
  RecordBuilder record(arena, 2);
  const auto pidfd = (a.flags & clone_pidfd) != 0 ? context.object<std::int32_t>(a.pidfd) : std::nullopt;
  const auto tid =
      (a.flags & clone_parent_settid) != 0 ? context.object<std::int32_t>(a.parent_tid) : std::nullopt;
  if (pidfd) record.add("pidfd", list_of(arena, make_fd(*pidfd, context)));
  if (tid) record.add("parent_tid", list_of(arena, make_pid(*tid, arena, context.options())));
  if (record.fields().empty()) return *context.before();
  return make_changed(arena, *context.before(), record.done());
}

void add_clone_fields(RecordBuilder& record, const KernelCloneArgs& a, Context& context) {
  Arena& arena = context.arena();
  record.add("flags", {make_flags(arena, a.flags, clone_names)});
  if ((a.flags & clone_pidfd) != 0) record.add("pidfd", make_address(a.pidfd));
  if ((a.flags & (clone_child_settid | clone_child_cleartid)) != 0)
    record.add("child_tid", make_address(a.child_tid));
  if ((a.flags & clone_parent_settid) != 0) record.add("parent_tid", make_address(a.parent_tid));
  record.add("exit_signal", make_signal(a.exit_signal)).add("stack", make_address(a.stack));
  record.add("stack_size", make_unsigned(a.stack_size, Base::hex));
  // In 32-bit programs a segment that is described there.
  if ((a.flags & clone_settls) != 0)
    record.add("tls", context.abi() == Abi::ilp32 ? decode_thread_area(context, Argument{}, a.tls)
                                                  : make_unsigned(a.tls, Base::hex));
  if (a.set_tid_size != 0) {
    record.add("set_tid", wanted_pids(context, a.set_tid, a.set_tid_size))
        .add("set_tid_size", make_unsigned(a.set_tid_size));
  }
  if (a.cgroup != 0) record.add("cgroup", make_unsigned(a.cgroup));
}

}  // namespace

FlagNames clone_flags(std::uint64_t flags, Arena& arena) { return make_flags(arena, flags, clone_names); }

bool clone_sets_parent_tid(const Args& args) { return (args[0] & (clone_parent_settid | clone_pidfd)) != 0; }
bool clone_sets_tls(const Args& args) { return (args[0] & clone_settls) != 0; }
bool clone_uses_child_tid(const Args& args) {
  return (args[0] & (clone_child_settid | clone_child_cleartid)) != 0;
}

// The exit signal rides in the low byte and is written last: CLONE_VM|SIGCHLD.
Decoded decode_clone_flags(Context& context, const Argument&, std::uint64_t value) {
  Arena& arena = context.arena();
  FlagNames all = clone_flags(value & ~clone_signal_mask, arena);
  all.value = value;
  const auto signal = static_cast<std::uint32_t>(value & clone_signal_mask);
  if (signal == 0) return {all};
  auto names = arena.array<std::string_view>(all.names.size() + 1);
  std::copy(all.names.begin(), all.names.end(), names.begin());
  names.back() = signal_word(arena, signal);
  all.names = names;
  return {all};
}

Decoded decode_clone_args(Context& context, const Argument& argument, std::uint64_t address) {
  const std::uint64_t size = context.arg(argument.length.index);
  if (address == 0 || size < clone_args_first_size) return make_unread(address);
  KernelCloneArgs args{};
  const auto used = static_cast<std::size_t>(std::min<std::uint64_t>(size, sizeof args));
  if (!context.read(address, std::as_writable_bytes(std::span(&args, 1)).first(used)))
    return make_unread(address);
  RecordBuilder record(context.arena(), 13);
  add_clone_fields(record, args, context);
  add_unknown_bytes(record, context, address, sizeof args, size);
  const Decoded asked = record.done();
  if (context.before() == nullptr) return asked;
  return with_answers(context, args);
}

Decoded decode_tid_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto tid = context.object<std::int32_t>(address);
  if (!tid) return make_unread(address);
  return list_of(context.arena(), make_pid(*tid, context.arena(), context.options()));
}

Decoded decode_waited(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint32_t group = 2;  // P_PGID, include/uapi/linux/wait.h
  const auto number = static_cast<std::int32_t>(value);
  return static_cast<std::uint32_t>(context.arg(0)) == group
             ? make_group(number, context.arena(), context.options())
             : make_pid(number, context.arena(), context.options());
}

Decoded decode_int_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto value = context.object<std::int32_t>(address);
  return value ? list_of(context.arena(), make_signed(*value)) : make_unread(address);
}

Decoded decode_long_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto value = context.longs<1>(address);
  return value ? list_of(context.arena(), make_signed(value->front())) : make_unread(address);
}

Decoded decode_int64_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto value = context.object<std::int64_t>(address);
  return value ? list_of(context.arena(), make_signed(*value)) : make_unread(address);
}

Decoded decode_id16_pointer(Context& context, const Argument& argument, std::uint64_t address) {
  const auto value = context.object<std::uint16_t>(address);
  return value ? list_of(context.arena(), decode_id16(context, argument, *value)) : make_unread(address);
}

// Nothing is written when no child had changed its state (WNOHANG).
Decoded decode_wait_status(Context& context, const Argument&, std::uint64_t address) {
  if (context.result()->value == 0) return make_address(address);
  const auto status = context.object<std::uint32_t>(address);
  return status ? list_of(context.arena(), wait_status(context.arena(), *status)) : make_unread(address);
}

Decoded decode_rusage(Context& context, const Argument&, std::uint64_t address) {
  const auto usage = context.longs<std::tuple_size_v<Usage>>(address);
  if (!usage) return make_unread(address);
  const bool all = context.options().verbose;
  RecordBuilder record(context.arena(), 16);
  record.add("ru_utime", timeval_record(context.arena(), usage->data()));
  record.add("ru_stime", timeval_record(context.arena(), usage->data() + 2));
  for (std::size_t i = 0; all && i < usage_names.size(); ++i)
    record.add(usage_names[i], make_signed((*usage)[4 + i]));
  return record.done(!all);
}

Decoded decode_rlimit(Context& context, const Argument& argument, std::uint64_t address) {
  if (context.abi() != Abi::ilp32) return decode_rlimit64(context, argument, address);
  const auto limits = context.object<std::array<std::uint32_t, 2>>(address);
  if (!limits) return make_unread(address);
  const auto value = [&](std::uint32_t v) {
    return v == UINT32_MAX ? Decoded{Symbol{-1, "RLIM_INFINITY", {}}} : limit_value(context.arena(), v);
  };
  return limits_record(context.arena(), value((*limits)[0]), value((*limits)[1]));
}
Decoded decode_rlimit64(Context& context, const Argument&, std::uint64_t address) {
  const auto limits = context.object<std::array<std::uint64_t, 2>>(address);
  if (!limits) return make_unread(address);
  return limits_record(context.arena(), limit_value(context.arena(), (*limits)[0]),
                       limit_value(context.arena(), (*limits)[1]));
}

// Only LINUX_REBOOT_CMD_RESTART2 takes one: a string for the firmware.
bool reboot_has_argument(const Args& args) { return static_cast<std::uint32_t>(args[2]) == 0xa1b2c3d4; }

namespace {

// Arrays of `width` bytes each. The first ones: sysname and so on.
Decoded utsname(Context& context, std::uint64_t address, std::size_t width, std::size_t count) {
  constexpr std::array<std::string_view, 6> names{"sysname", "nodename", "release",
                                                  "version", "machine",  "domainname"};
  const bool all = context.options().verbose || count < names.size();
  RecordBuilder record(context.arena(), names.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (i >= 2 && !all) break;
    const auto text = context.string(address + i * width, width);
    if (!text) return make_unread(address);
    record.add(names[i], make_text(text->bytes));
  }
  return record.done(!all);
}

}  // namespace

// include/uapi/linux/utsname.h: struct new_utsname, and what came before it.
Decoded decode_utsname(Context& context, const Argument&, std::uint64_t address) {
  return utsname(context, address, 65, 6);
}
Decoded decode_old_utsname(Context& context, const Argument&, std::uint64_t address) {
  return utsname(context, address, 65, 5);
}
Decoded decode_oldest_utsname(Context& context, const Argument&, std::uint64_t address) {
  return utsname(context, address, 9, 5);
}

}  // namespace ptop::decode
