// The whole machine: its state, its log, swap, kernels and modules; rule sets of Landlock.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/sysinfo.h
constexpr Member sysinfo_members[] = {
    sword("uptime"),    uword("loads").times(3), uword("totalram"), uword("freeram"), uword("sharedram"),
    uword("bufferram"), uword("totalswap"),      uword("freeswap"), u16("procs"),     pad(2),
    uword("totalhigh"), uword("freehigh"),       u32("mem_unit"),
};
constexpr Structure sysinfo{sysinfo_members};

constexpr Member segment_members[] = {pointer("buf"), uword("bufsz"), pointer("mem"), uword("memsz")};
constexpr Structure segment{segment_members};

enum LogAction : std::uint32_t { log_read = 2, log_read_all = 3, log_read_clear = 4, log_console_level = 8 };
bool log_reads(std::uint32_t action) { return action >= log_read && action <= log_read_clear; }

// include/uapi/linux/landlock.h: grew with each version of the interface.
constexpr Member ruleset_members[] = {u64("handled_access_fs").flags(landlock_fs_access),
                                      u64("handled_access_net").flags(landlock_net_access),
                                      u64("scoped").flags(landlock_scopes)};
constexpr Structure ruleset{ruleset_members};
constexpr Member path_rule_members[] = {u64("allowed_access").flags(landlock_fs_access),
                                        s32("parent_fd").fd()};
constexpr Structure path_rule{path_rule_members, true};
constexpr Member port_rule_members[] = {u64("allowed_access").flags(landlock_net_access), u64("port")};
constexpr Structure port_rule{port_rule_members};

}  // namespace

Decoded decode_sysinfo(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, sysinfo, address);
}

// 2 /* SYSLOG_ACTION_READ */: the constants are the kernel's own.
Decoded decode_log_action(Context& context, const Argument&, std::uint64_t value) {
  const std::string_view name = std::get<Symbol>(make_symbol(value & 0xffffffff, syslog_actions).what).name;
  return make_remarked(context.arena(), make_signed(static_cast<std::int32_t>(value)),
                       name.empty() ? syslog_actions.family : name);
}
bool log_has_buffer(const Args& args) {
  const auto action = static_cast<std::uint32_t>(args[0]);
  return log_reads(action) || action == log_console_level || action > 10;
}
Decoded decode_log_buffer(Context& context, const Argument&, std::uint64_t address) {
  if (!log_reads(static_cast<std::uint32_t>(context.arg(0)))) return make_address(address);
  if (context.result() == nullptr) return {};
  return make_bytes(context, address, static_cast<std::uint64_t>(context.result()->value));
}
Decoded decode_log_length(Context& context, const Argument&, std::uint64_t value) {
  const auto number = make_signed(static_cast<std::int32_t>(value));
  if (static_cast<std::uint32_t>(context.arg(0)) != log_console_level) return number;
  const std::string_view name = std::get<Symbol>(make_symbol(value & 0xffffffff, log_levels).what).name;
  return make_remarked(context.arena(), number, name.empty() ? log_levels.family : name);
}

// A priority below, flags above: SWAP_FLAG_PREFER|5.
Decoded decode_swap_flags(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t priority_mask = 0x7fff;
  const std::uint64_t low = value & 0xffffffff, priority = low & priority_mask;
  const FlagNames flags = make_flags(context.arena(), low & ~priority_mask, swap_flags);
  if (flags.names.empty() && flags.rest == 0) return make_unsigned(priority);
  auto names = context.arena().array<std::string_view>(flags.names.size() + 2);
  auto end = std::copy(flags.names.begin(), flags.names.end(), names.begin());
  const auto word = [&](const Decoded& text) { *end++ = std::get<Word>(text.what).text; };
  if (flags.rest != 0)
    word(flags.names.empty() ? make_word(context.arena(), 0, "{:#x} /* {} */", flags.rest, flags.family)
                             : make_word(context.arena(), 0, "{:#x}", flags.rest));
  word(make_word(context.arena(), 0, "{}", priority));
  return {FlagNames{low, names.first(static_cast<std::size_t>(end - names.begin())), 0, flags.family}};
}

Decoded decode_host_name(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::uint64_t longest = 64;  // __NEW_UTS_LEN
  const std::uint64_t size = static_cast<std::uint32_t>(context.arg(1));
  return size > longest ? make_unread(address) : make_bytes(context, address, size);
}

Decoded decode_kexec_segments(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::uint64_t most = 16;  // KEXEC_SEGMENT_MAX
  if (context.arg(1) > most) return make_unread(address);
  return make_structures(context, segment, address, context.arg(1));
}

// The architecture in the upper half: KEXEC_ARCH_X86_64|KEXEC_ON_CRASH.
Decoded decode_kexec_flags(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t architecture_mask = 0xffff0000;
  Arena& arena = context.arena();
  const std::uint64_t architecture = value & architecture_mask;
  const FlagNames flags = make_flags(arena, value & ~architecture_mask, kexec_flags);
  auto names = arena.array<std::string_view>(flags.names.size() + 1);
  const std::string_view name = std::get<Symbol>(make_symbol(architecture, kexec_architectures).what).name;
  names[0] = name.empty()
                 ? std::get<Word>(
                       make_word(arena, 0, "{:#x} /* {} */", architecture, kexec_architectures.family).what)
                       .text
                 : name;
  std::copy(flags.names.begin(), flags.names.end(), names.begin() + 1);
  FlagNames all{value, names, flags.rest, flags.family};
  all.rest_named = flags.names.empty();
  return {all};
}

// Its length counts the NUL at its end.
Decoded decode_kernel_command_line(Context& context, const Argument&, std::uint64_t address) {
  return make_bytes(context, address, context.arg(2));
}

Decoded decode_ruleset(Context& context, const Argument&, std::uint64_t address) {
  const std::uint64_t size = context.arg(1);
  if (size < 8) return make_unread(address);
  const Decoded known = make_structure(context, ruleset, address, size);
  const auto* const record = std::get_if<Record>(&known.what);
  const bool more = size > size_of(ruleset, context.abi());
  return record == nullptr ? known : Decoded{Record{record->fields, more}};
}
Decoded decode_landlock_rule(Context& context, const Argument&, std::uint64_t address) {
  switch (static_cast<std::uint32_t>(context.arg(1))) {
    case 1:
      return make_structure(context, path_rule, address);
    case 2:
      return make_structure(context, port_rule, address);
    default:
      return make_address(address);
  }
}

// sysfs(2): a type of file systems by its name, by its number, and how many there are.
enum SysfsOption : std::uint32_t { index_of_name = 1, name_of_index = 2, how_many = 3 };
bool sysfs_has_first(const std::array<std::uint64_t, 6>& args) { return args[0] != how_many; }
bool sysfs_has_second(const std::array<std::uint64_t, 6>& args) {
  return args[0] != how_many && args[0] != index_of_name;
}
Decoded decode_sysfs_first(Context& context, const Argument& argument, std::uint64_t value) {
  switch (context.arg(0)) {
    case index_of_name:
      return decode_string(context, argument, value);
    case name_of_index:
      return make_unsigned(value & 0xffffffff);
    default:
      return make_unsigned(value, Base::hex);
  }
}
Decoded decode_sysfs_second(Context& context, const Argument& argument, std::uint64_t value) {
  if (context.arg(0) != name_of_index) return make_unsigned(value, Base::hex);
  return context.result() == nullptr ? Decoded{} : decode_string(context, argument, value);
}

// include/linux/types.h of the kernel, struct ustat
Decoded decode_ustat(Context& context, const Argument&, std::uint64_t address) {
  static constexpr Member members[] = {s32("f_tfree"), uword("f_tinode"), text("f_fname", 6),
                                       text("f_fpack", 6)};
  static constexpr Structure statistics{members};
  return make_structure(context, statistics, address);
}

}  // namespace ptop::decode
