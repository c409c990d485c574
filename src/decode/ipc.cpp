// System V IPC: keys, permissions, what the control calls read and write; POSIX message queues.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

constexpr std::uint64_t mode_mask = 0777;

// include/uapi/linux/ipc.h; the control commands that set it look at the first three alone.
enum IpcCommand : std::uint32_t { ipc_set = 1, ipc_stat = 2, ipc_info = 3, ipc_64 = 0x100 };

// include/uapi/asm-generic/ipcbuf.h, struct ipc64_perm; the key comes first there, and last in words.
struct KernelPermissions {
  std::uint32_t key, uid, gid, cuid, cgid, mode;
  std::uint16_t seq, pad;
  std::uint64_t unused[2];
};
static_assert(sizeof(KernelPermissions) == 48);

Decoded permissions(Arena& arena, const KernelPermissions& p, bool all) {
  RecordBuilder record(arena, 6);
  record.add("uid", make_unsigned(p.uid)).add("gid", make_unsigned(p.gid));
  record.add("mode", make_unsigned(p.mode, Base::octal));
  if (!all) return record.done();
  record.add("key", make_unsigned(p.key))
      .add("cuid", make_unsigned(p.cuid))
      .add("cgid", make_unsigned(p.cgid));
  return record.done();
}

// include/uapi/linux/{shm,sem,msg}.h: limits of the system.
constexpr Member shminfo_members[] = {uword("shmmax"), uword("shmmin"), uword("shmmni"), uword("shmseg"),
                                      uword("shmall")};
constexpr Structure shminfo{shminfo_members};
constexpr Member shm_info_members[] = {s32("used_ids"),  uword("shm_tot"),       uword("shm_rss"),
                                       uword("shm_swp"), uword("swap_attempts"), uword("swap_successes")};
constexpr Structure shm_info{shm_info_members};
constexpr Member seminfo_members[] = {s32("semmap"), s32("semmni"), s32("semmns"), s32("semmnu"),
                                      s32("semmsl"), s32("semopm"), s32("semume"), s32("semusz"),
                                      s32("semvmx"), s32("semaem")};
constexpr Structure seminfo{seminfo_members};
constexpr Member msginfo_members[] = {s32("msgpool"), s32("msgmap"), s32("msgmax"), s32("msgmnb"),
                                      s32("msgmni"),  s32("msgssz"), s32("msgtql"), u16("msgseg")};
constexpr Structure msginfo{msginfo_members};

// struct compat_ipc64_perm has the same members, and 36 bytes, because its reserved words are narrow.
std::uint64_t size_of_permissions(const Context& context) {
  return context.abi() == Abi::ilp32 ? 36 : sizeof(KernelPermissions);
}
std::optional<KernelPermissions> permissions_of(Context& context, std::uint64_t address) {
  KernelPermissions p{};
  const auto bytes = std::as_writable_bytes(std::span(&p, 1));
  if (!context.read(address, bytes.first(static_cast<std::size_t>(size_of_permissions(context)))))
    return std::nullopt;
  return p;
}

/// Of a time in two halves, arch/x86/include/uapi/asm and include/uapi/asm-generic.
std::uint64_t joined(std::uint32_t low, std::uint32_t high) {
  return low | static_cast<std::uint64_t>(high) << 32;
}

/// What follows the permissions, as a 64-bit caller has it.
std::optional<std::array<std::uint64_t, 6>> shm_rest(Context& context, std::uint64_t address) {
  if (context.abi() != Abi::ilp32) return context.object<std::array<std::uint64_t, 6>>(address);
  const auto w = context.object<std::array<std::uint32_t, 10>>(address);
  if (!w) return std::nullopt;
  const auto& n = *w;
  return std::array<std::uint64_t, 6>{
      n[0], joined(n[1], n[2]), joined(n[3], n[4]), joined(n[5], n[6]), joined(n[7], n[8]), n[9]};
}
std::optional<std::array<std::uint64_t, 5>> sem_rest(Context& context, std::uint64_t address) {
  if (context.abi() != Abi::ilp32) return context.object<std::array<std::uint64_t, 5>>(address);
  const auto w = context.object<std::array<std::uint32_t, 5>>(address);
  if (!w) return std::nullopt;
  const auto& n = *w;
  return std::array<std::uint64_t, 5>{joined(n[0], n[1]), 0, joined(n[2], n[3]), 0, n[4]};
}
std::optional<std::array<std::uint64_t, 7>> msg_rest(Context& context, std::uint64_t address) {
  if (context.abi() != Abi::ilp32) return context.object<std::array<std::uint64_t, 7>>(address);
  const auto w = context.object<std::array<std::uint32_t, 11>>(address);
  if (!w) return std::nullopt;
  const auto& n = *w;
  return std::array<std::uint64_t, 7>{
      joined(n[0], n[1]), joined(n[2], n[3]), joined(n[4], n[5]), n[6], n[7], n[8], joined(n[9], n[10])};
}

Decoded permissions_at(Context& context, std::uint64_t address, std::string_view name, bool all) {
  const auto p = permissions_of(context, address);
  if (!p) return make_unread(address);
  return RecordBuilder(context.arena(), 1).add(name, permissions(context.arena(), *p, all)).done();
}

// Permissions, then the rest in the order that people know from ipcs(1) and strace(1).
Decoded shm_state(Context& context, std::uint64_t address) {
  const auto p = permissions_of(context, address);
  const auto rest = shm_rest(context, address + size_of_permissions(context));
  if (!p || !rest) return make_unread(address);
  const auto time = [&](std::size_t i) { return make_signed(static_cast<std::int64_t>((*rest)[i])); };
  const auto pid = [&](std::uint64_t v) {
    return make_pid(static_cast<std::int32_t>(v), context.arena(), context.options());
  };
  return RecordBuilder(context.arena(), 8)
      .add("shm_perm", permissions(context.arena(), *p, true))
      .add("shm_segsz", make_unsigned((*rest)[0]))
      .add("shm_cpid", pid((*rest)[4]))
      .add("shm_lpid", pid((*rest)[4] >> 32))
      .add("shm_nattch", make_unsigned((*rest)[5]))
      .add("shm_atime", time(1))
      .add("shm_dtime", time(2))
      .add("shm_ctime", time(3))
      .done();
}

Decoded sem_state(Context& context, std::uint64_t address) {
  const auto p = permissions_of(context, address);
  const auto rest = sem_rest(context, address + size_of_permissions(context));
  if (!p || !rest) return make_unread(address);
  // x86 has a reserved word behind each time (arch/x86/include/uapi/asm/sembuf.h).
  return RecordBuilder(context.arena(), 4)
      .add("sem_perm", permissions(context.arena(), *p, true))
      .add("sem_otime", make_signed(static_cast<std::int64_t>((*rest)[0])))
      .add("sem_ctime", make_signed(static_cast<std::int64_t>((*rest)[2])))
      .add("sem_nsems", make_unsigned((*rest)[4]))
      .done();
}

Decoded msg_state(Context& context, std::uint64_t address) {
  const auto p = permissions_of(context, address);
  const auto rest = msg_rest(context, address + size_of_permissions(context));
  if (!p || !rest) return make_unread(address);
  const auto time = [&](std::size_t i) { return make_signed(static_cast<std::int64_t>((*rest)[i])); };
  return RecordBuilder(context.arena(), 8)
      .add("msg_perm", permissions(context.arena(), *p, true))
      .add("msg_stime", time(0))
      .add("msg_rtime", time(1))
      .add("msg_ctime", time(2))
      .add("msg_qnum", make_unsigned((*rest)[4]))
      .add("msg_qbytes", make_unsigned((*rest)[5]))
      .add("msg_lspid", {ProcessId{static_cast<std::int32_t>((*rest)[6]), {}}})
      .add("msg_lrpid", {ProcessId{static_cast<std::int32_t>((*rest)[6] >> 32), {}}})
      .done();
}

Decoded msg_setting(Context& context, std::uint64_t address) {
  const auto p = permissions_of(context, address);
  const auto rest = msg_rest(context, address + size_of_permissions(context));
  if (!p) return make_unread(address);
  return RecordBuilder(context.arena(), 2)
      .add("msg_perm", permissions(context.arena(), *p, false))
      .add("msg_qbytes", make_signed(rest ? static_cast<std::int64_t>((*rest)[5]) : 0))
      .done();
}

constexpr Member sembuf_members[] = {u16("sem_num"), s16("sem_op"), s16("sem_flg").flags(semaphore_flags)};
constexpr Structure sembuf{sembuf_members};

// include/uapi/linux/mqueue.h. mq_open(3) ignores the flags and shows them as a number.
constexpr Member mq_attributes_members[] = {sword("mq_flags").flags(descriptor_flags), sword("mq_maxmsg"),
                                            sword("mq_msgsize"), sword("mq_curmsgs")};
constexpr Structure mq_attributes{mq_attributes_members};
constexpr Member new_mq_attributes_members[] = {uword("mq_flags").hex(), sword("mq_maxmsg"),
                                                sword("mq_msgsize"), sword("mq_curmsgs")};
constexpr Structure new_mq_attributes{new_mq_attributes_members};

std::uint32_t command_of(const Context& context, std::size_t at) {
  return static_cast<std::uint32_t>(context.arg(at)) & ~static_cast<std::uint32_t>(ipc_64);
}

}  // namespace

Decoded decode_ipc_key(Context&, const Argument&, std::uint64_t key) {
  const auto low = key & 0xffffffff;
  return low == 0 ? make_symbol(0, ipc_private) : make_unsigned(low, Base::hex);
}

// Flags above, permissions in the low nine bits: IPC_CREAT|0600, 0x8000|000.
Decoded decode_ipc_flags(Context& context, const Argument& argument, std::uint64_t flags) {
  constexpr std::uint64_t shm_hugetlb = 04000, huge_shift = 26, huge_mask = 0x3f;
  Arena& arena = context.arena();
  const std::uint64_t low = flags & 0xffffffff;
  FlagNames known = make_flags(arena, low & ~mode_mask, *argument.table);
  auto names = arena.array<std::string_view>(known.names.size() + 2);
  auto end = std::copy(known.names.begin(), known.names.end(), names.begin());
  std::uint64_t rest = known.rest;
  const std::uint64_t huge = rest >> huge_shift & huge_mask;
  if (argument.table == &shmget_flags && (low & shm_hugetlb) != 0 && huge != 0) {
    *end++ = std::get<Word>(make_word(arena, 0, "{}<<SHM_HUGE_SHIFT", huge).what).text;
    rest &= ~(huge_mask << huge_shift);
  }
  if (rest != 0) *end++ = std::get<Word>(make_word(arena, rest, "{:#x}", rest).what).text;
  if (end == names.begin()) return make_unsigned(low, Base::octal);
  const auto used = static_cast<std::size_t>(end - names.begin());
  return {FlagNames{low, names.first(used), low & mode_mask, known.family, Base::octal}};
}

// IPC_64 says which layout; 64-bit callers have only one.
Decoded decode_ipc_command(Context& context, const Argument& argument, std::uint64_t value) {
  const std::uint64_t low = value & 0xffffffff;
  if ((low & ipc_64) == 0) return make_symbol(low, *argument.table);
  const std::uint64_t command = low & ~static_cast<std::uint64_t>(ipc_64);
  const std::string_view name = std::get<Symbol>(make_symbol(command, *argument.table).what).name;
  if (!name.empty()) return make_word(context.arena(), low, "IPC_64|{}", name);
  return make_word(context.arena(), low, "IPC_64|{:#x} /* {} */", command, argument.table->family);
}

Decoded decode_shmctl_argument(Context& context, const Argument&, std::uint64_t address) {
  const std::uint32_t command = command_of(context, 1);
  const bool at_exit = context.result() != nullptr;
  if (command == ipc_set) return permissions_at(context, address, "shm_perm", false);
  if (command == ipc_stat || command == 13 || command == 15)
    return at_exit ? shm_state(context, address) : Decoded{};
  if (command == ipc_info) return at_exit ? make_structure(context, shminfo, address) : Decoded{};
  if (command == 14) return at_exit ? make_structure(context, shm_info, address) : Decoded{};
  return make_address(address);
}

Decoded decode_semctl_argument(Context& context, const Argument&, std::uint64_t address) {
  const std::uint32_t command = command_of(context, 2);
  const bool at_exit = context.result() != nullptr;
  if (command == ipc_set) return permissions_at(context, address, "sem_perm", false);
  if (command == ipc_stat || command == 18 || command == 20)
    return at_exit ? sem_state(context, address) : Decoded{};
  if (command == ipc_info || command == 19)
    return at_exit ? make_structure(context, seminfo, address) : Decoded{};
  return make_address(address);
}

// ipc(2) has a pointer to the union semun.
Decoded decode_semctl_pointer(Context& context, const Argument& argument, std::uint64_t address) {
  const auto value = address == 0 ? std::nullopt : context.word(address);
  if (!value) return make_unread(address);
  if (context.failed()) return {List{{context.arena().node(make_address(*value)), 1}}};
  const Decoded one = decode_semctl_argument(context, argument, *value);
  if (std::holds_alternative<std::monostate>(one.what)) return one;
  return {List{{context.arena().node(one), 1}}};
}

// shmat(2) by ipc(2): the address is where its fourth argument says.
Decoded decode_attached_address(Context& context) {
  const auto address = context.word(context.arg(3));
  return make_address(address.value_or(0));
}

Decoded decode_msgctl_argument(Context& context, const Argument&, std::uint64_t address) {
  const std::uint32_t command = command_of(context, 1);
  const bool at_exit = context.result() != nullptr;
  if (command == ipc_set) return msg_setting(context, address);
  if (command == ipc_stat || command == 11 || command == 13)
    return at_exit ? msg_state(context, address) : Decoded{};
  if (command == ipc_info || command == 12)
    return at_exit ? make_structure(context, msginfo, address) : Decoded{};
  return make_address(address);
}

Decoded decode_semaphore_operations(Context& context, const Argument&, std::uint64_t address) {
  return make_structures(context, sembuf, address, static_cast<std::uint32_t>(context.arg(2)));
}

// struct msgbuf: a type, then text of the length that the call says.
Decoded decode_message(Context& context, const Argument&, std::uint64_t address) {
  const auto type = address == 0 ? std::nullopt : context.word(address);
  if (!type) return make_unread(address);
  const bool received = context.result() != nullptr;
  const std::uint64_t size = received ? static_cast<std::uint64_t>(context.result()->value) : context.arg(2);
  const Decoded text = make_bytes(context, address + context.word_size(), size);
  if (!std::holds_alternative<Text>(text.what)) return make_unread(address);
  return RecordBuilder(context.arena(), 2)
      .add("mtype", make_signed(static_cast<std::int64_t>(*type)))
      .add("mtext", text)
      .done();
}

Decoded decode_mq_attributes(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, mq_attributes, address);
}
Decoded decode_new_mq_attributes(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, new_mq_attributes, address);
}

}  // namespace ptop::decode
