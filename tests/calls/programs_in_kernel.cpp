// bpf(2), perf_event_open(2), seccomp filters: structures that grew from version to version.
#include "calls.hpp"

#include <array>
#include <cstddef>
#include <utility>

#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

namespace {

// Descriptors of /dev/null, to have names for them.
void give_descriptors() {
  for (int fd = 3; fd < 12; ++fd) ::dup2(0, fd);
}

/// Each byte of the attributes that has no meaning of its own is its number, so that members differ.
bpf_attr numbered() {
  bpf_attr attr;
  unsigned char* const bytes = reinterpret_cast<unsigned char*>(&attr);
  for (std::size_t i = 0; i < sizeof attr; ++i)
    bytes[i] = i % 4 == 0 ? static_cast<unsigned char>(i / 4 + 1) : 0;
  return attr;
}
bpf_attr zeros() {
  bpf_attr attr;
  std::memset(&attr, 0, sizeof attr);
  return attr;
}
long bpf(unsigned command, const bpf_attr& attr, unsigned size) {
  return call(SYS_bpf, command, in_low(attr), size);
}
/// As if the caller had been built for a kernel of these sizes.
template <std::size_t N>
void sizes(unsigned command, const bpf_attr& attr, const unsigned (&all)[N]) {
  for (const unsigned size : all) bpf(command, attr, size);
}
std::uint64_t address(const void* p) {
  return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(p));
}

const bpf_insn returns_zero[] = {{0xb7, 0, 0, 0, 0}, {0x95, 0, 0, 0, 0}};
bpf_insn every_code[256];

bpf_attr a_map() {
  bpf_attr attr = zeros();
  attr.map_type = BPF_MAP_TYPE_ARRAY, attr.key_size = 4, attr.value_size = 8, attr.max_entries = 2;
  std::strcpy(attr.map_name, "a_map");
  return attr;
}
bpf_attr a_program(const bpf_insn* code, unsigned count) {
  bpf_attr attr = zeros();
  attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER, attr.insn_cnt = count, attr.insns = address(code);
  attr.license = address("GPL");
  return attr;
}
int map() {
  bpf_attr attr = a_map();
  return static_cast<int>(call(SYS_bpf, BPF_MAP_CREATE, &attr, 72));
}
int program() {
  bpf_attr attr = a_program(returns_zero, 2);
  return static_cast<int>(call(SYS_bpf, BPF_PROG_LOAD, &attr, 116));
}

void link_of(unsigned type, unsigned flags = 0) {
  bpf_attr attr = numbered();
  attr.link_create.prog_fd = -1, attr.link_create.attach_type = type, attr.link_create.flags = flags;
  sizes(BPF_LINK_CREATE, attr, {16, 20, 48, 64});
}

perf_event_attr an_event(unsigned type, unsigned long config) {
  perf_event_attr attr;
  std::memset(&attr, 0, sizeof attr);
  attr.type = type, attr.size = sizeof attr, attr.config = config;
  return attr;
}
void perf(const perf_event_attr& attr) { call(SYS_perf_event_open, in_low(attr), 0x7fffffff, 3, 5, 0xf); }

constexpr Case list[] = {
    {"bpf_bad_command", [] { call(SYS_bpf, 0xffff, low, 4), call(SYS_bpf, 64, nowhere, 8); }},
    {"bpf_bad_pointer",
     [] {
       for (unsigned command = 0; command < 36; ++command) call(SYS_bpf, command, nowhere, 16);
     }},
    {"bpf_null", [] { call(SYS_bpf, BPF_MAP_CREATE, nullptr, 72), call(SYS_bpf, BPF_PROG_LOAD, low, 0); }},
    {"bpf_large",
     [] { call(SYS_bpf, BPF_PROG_ATTACH, low, 4097), call(SYS_bpf, BPF_MAP_FREEZE, low, 4096); }},
    {"bpf_page_end",
     [] {
       const std::uint64_t attr[2] = {1, 2};
       call(SYS_bpf, BPF_MAP_LOOKUP_ELEM, at_end(attr), 16),
           call(SYS_bpf, BPF_MAP_LOOKUP_ELEM, at_end(attr), 17);
     }},
    {"map_create", [] { give_descriptors(), bpf(BPF_MAP_CREATE, a_map(), 72); }},
    {"map_create_sizes",
     [] {
       give_descriptors();
       bpf_attr attr = numbered();
       attr.map_type = 99;
       sizes(BPF_MAP_CREATE, attr, {1, 4, 16, 17, 20, 24, 25, 28, 30, 44, 48, 52, 60, 61, 64, 65, 72});
     }},
    {"map_create_flags",
     [] {
       bpf_attr attr = a_map();
       attr.map_flags = 0x1fff, attr.numa_node = -1, attr.map_ifindex = 1;
       bpf(BPF_MAP_CREATE, attr, 72);
       attr.numa_node = 3, std::memset(attr.map_name, 'n', sizeof attr.map_name);
       bpf(BPF_MAP_CREATE, attr, 72);
       attr.map_flags = 0xffe00000;
       bpf(BPF_MAP_CREATE, attr, 28);
     }},
    {"map_create_extra",
     [] {
       bpf_attr attr = a_map();
       char* const more = static_cast<char*>(std::memcpy(low, &attr, sizeof attr));
       std::memset(more + 96, 0xab, 9);
       call(SYS_bpf, BPF_MAP_CREATE, more, 105);
     }},
    {"map_types",
     [] {
       for (unsigned type = 0; type < 32; ++type) {
         bpf_attr attr = zeros();
         attr.map_type = type;
         bpf(BPF_MAP_CREATE, attr, 16);
       }
     }},
    {"map_elements",
     [] {
       const int fd = map();
       bpf_attr attr = zeros();
       attr.map_fd = fd, attr.key = address(low + 512), attr.value = address(low + 1024);
       for (const unsigned long flags : {0, 1, 2, 4, 8}) {
         attr.flags = flags;
         bpf(BPF_MAP_UPDATE_ELEM, attr, 32), bpf(BPF_MAP_LOOKUP_ELEM, attr, 32);
       }
       bpf(BPF_MAP_LOOKUP_ELEM, attr, 24), bpf(BPF_MAP_DELETE_ELEM, attr, 16);
       attr.flags = 0, bpf(BPF_MAP_GET_NEXT_KEY, attr, 24), bpf(BPF_MAP_LOOKUP_AND_DELETE_ELEM, attr, 32);
       attr.key = 0, bpf(BPF_MAP_GET_NEXT_KEY, attr, 24), bpf(BPF_MAP_FREEZE, attr, 4);
       bpf(BPF_MAP_FREEZE, numbered(), 12);
     }},
    {"map_batches",
     [] {
       const int fd = map();
       bpf_attr attr = zeros();
       attr.batch.out_batch = address(low + 512), attr.batch.keys = address(low + 1024);
       attr.batch.values = address(low + 2048), attr.batch.count = 5, attr.batch.map_fd = fd;
       bpf(BPF_MAP_LOOKUP_BATCH, attr, 56), bpf(BPF_MAP_LOOKUP_AND_DELETE_BATCH, attr, 56);
       attr.batch.count = 2, bpf(BPF_MAP_UPDATE_BATCH, attr, 56), bpf(BPF_MAP_DELETE_BATCH, attr, 56);
       attr.batch.elem_flags = 12, attr.batch.flags = 7;
       bpf(BPF_MAP_LOOKUP_BATCH, attr, 56), bpf(BPF_MAP_UPDATE_BATCH, attr, 48);
     }},
    {"program_load", [] { bpf(BPF_PROG_LOAD, a_program(returns_zero, 2), 116); }},
    {"program_load_log",
     [] {
       bpf_attr attr = a_program(returns_zero, 1);
       attr.log_level = 1, attr.log_size = 512, attr.log_buf = address(low + 1024);
       bpf(BPF_PROG_LOAD, attr, 116);
       std::memset(low + 1024, 'x', 512), bpf(BPF_PROG_LOAD, attr, 40);
       attr.log_buf = 0, attr.log_size = 0, attr.kern_version = 0x60102, bpf(BPF_PROG_LOAD, attr, 44);
     }},
    {"program_load_sizes",
     [] {
       give_descriptors();
       bpf_attr attr = numbered();
       attr.insns = address(returns_zero), attr.license = address("GPL"), attr.log_buf = 0;
       sizes(BPF_PROG_LOAD, attr, {1, 8, 24, 25, 40, 44, 48, 50, 64, 68, 72, 76, 108, 112, 116, 120, 128});
     }},
    {"program_load_code",
     [] {
       for (unsigned i = 0; i < 256; ++i) {
         const bool is_newer = (i % 8 < 4 && i / 32 == 4) || i == 0xe5 || i == 0xed;
         if (i % 8 != BPF_JMP32 && !is_newer) every_code[i] = {static_cast<__u8>(i), 10, 9, -1, -2};
       }
       bpf(BPF_PROG_LOAD, a_program(every_code, 256), 48);
     }},
    {"program_load_jumps",
     [] {
       bpf_insn code[32];
       for (unsigned i = 0; i < 32; ++i) code[i] = {static_cast<__u8>(i << 3 | BPF_JMP32), 1, 2, 3, 4};
       bpf(BPF_PROG_LOAD, a_program(code, 32), 48);
     }},
    {"program_load_registers",
     [] {
       bpf_insn code[16];
       for (unsigned i = 0; i < 16; ++i)
         code[i] = {0xbf, static_cast<__u8>(i), static_cast<__u8>(15 - i), 7, 0x7fffffff};
       bpf(BPF_PROG_LOAD, a_program(code, 16), 48);
     }},
    {"program_load_unreadable",
     [] {
       bpf_attr attr = a_program(static_cast<bpf_insn*>(nowhere), 3);
       attr.license = address(nowhere), attr.log_size = 5, attr.log_buf = address(nowhere);
       bpf(BPF_PROG_LOAD, attr, 48);
       attr.insns = address(at_end(returns_zero)), bpf(BPF_PROG_LOAD, attr, 48);
       attr.insns = 0, attr.license = 0, attr.insn_cnt = 0, bpf(BPF_PROG_LOAD, attr, 48);
     }},
    {"program_types",
     [] {
       for (unsigned type = 0; type < 32; ++type) {
         bpf_attr attr = zeros();
         attr.prog_type = type, attr.prog_flags = type & 15, attr.expected_attach_type = type + 12;
         bpf(BPF_PROG_LOAD, attr, 72);
       }
     }},
    {"objects",
     [] {
       bpf_attr attr = zeros();
       attr.pathname = address("/sys/fs/bpf/missing/here"), attr.bpf_fd = -1, attr.file_flags = 0x18;
       bpf(BPF_OBJ_GET, attr, 16), bpf(BPF_OBJ_GET, attr, 12);
       attr.pathname = address(nowhere), attr.file_flags = 0x100, bpf(BPF_OBJ_PIN, attr, 16);
     }},
    {"attach",
     [] {
       give_descriptors();
       for (unsigned type = 0; type < 44; ++type) {
         if (type == BPF_XDP) continue;
         bpf_attr attr = zeros();
         attr.target_fd = 3, attr.attach_bpf_fd = 4, attr.attach_type = type, attr.attach_flags = type & 7,
         attr.replace_bpf_fd = 5;
         bpf(BPF_PROG_ATTACH, attr, type % 3 == 0 ? 20 : 16);
       }
     }},
    {"detach",
     [] {
       give_descriptors();
       bpf_attr attr = zeros();
       attr.target_fd = 3, attr.attach_bpf_fd = 4, attr.attach_type = BPF_CGROUP_DEVICE;
       attr.attach_flags = BPF_F_ALLOW_MULTI;
       bpf(BPF_PROG_DETACH, attr, 20);
       attr.target_fd = 1, attr.attach_type = BPF_XDP, bpf(BPF_PROG_ATTACH, attr, 20);
     }},
    {"test_run",
     [] {
       give_descriptors();
       sizes(BPF_PROG_TEST_RUN, numbered(), {8, 40, 41, 64, 72, 76, 80});
     }},
    {"identifiers",
     [] {
       bpf_attr attr = zeros();
       attr.start_id = 0x7fffffff, attr.next_id = 5, attr.open_flags = 0x18;
       for (const unsigned command : {11, 12, 23, 31}) bpf(command, attr, 8);
       for (const unsigned command : {19, 30}) bpf(command, attr, 4);
     }},
    {"identifiers_longer",
     [] {
       bpf_attr attr = zeros();
       attr.start_id = 0x7fffffff, attr.next_id = 5, attr.open_flags = 0x18;
       for (const unsigned command : {11, 13, 14, 19, 30}) bpf(command, attr, 12);
     }},
    {"map_info",
     [] {
       const int fd = map();
       bpf_attr attr = zeros();
       attr.info.bpf_fd = fd, attr.info.info_len = 76, attr.info.info = address(low + 1024);
       bpf(BPF_OBJ_GET_INFO_BY_FD, attr, 16);
       attr.info.info_len = 30, bpf(BPF_OBJ_GET_INFO_BY_FD, attr, 16);
       attr.info.info = address(nowhere), bpf(BPF_OBJ_GET_INFO_BY_FD, attr, 16);
       attr.info.info = 0, attr.info.info_len = 0, bpf(BPF_OBJ_GET_INFO_BY_FD, attr, 16);
     }},
    {"program_info",
     [] {
       const int fd = program();
       std::memset(low + 1024, 0, 256);
       bpf_prog_info info{};
       info.xlated_prog_len = 512, info.xlated_prog_insns = address(low + 2048), info.nr_map_ids = 4;
       info.map_ids = address(low + 4096);
       std::memcpy(low + 1024, &info, sizeof info);
       bpf_attr attr = zeros();
       attr.info.bpf_fd = fd, attr.info.info_len = 220, attr.info.info = address(low + 1024);
       bpf(BPF_OBJ_GET_INFO_BY_FD, attr, 16);
       std::memset(low + 1024, 0, 256), attr.info.info_len = 40, bpf(BPF_OBJ_GET_INFO_BY_FD, attr, 16);
     }},
    {"info_of_others",
     [] {
       give_descriptors();
       bpf_attr attr = zeros();
       attr.info.bpf_fd = 3, attr.info.info_len = 16, attr.info.info = address(low + 1024);
       bpf(BPF_OBJ_GET_INFO_BY_FD, attr, 16);
     }},
    {"query",
     [] {
       give_descriptors();
       bpf_attr attr = zeros();
       attr.query.target_fd = 3, attr.query.attach_type = 1, attr.query.query_flags = 3,
       attr.query.attach_flags = 7;
       attr.query.prog_ids = address(in_low((unsigned[2]){1, 2}, 1024)), attr.query.prog_cnt = 2;
       sizes(BPF_PROG_QUERY, attr, {24, 28, 32});
       attr.query.prog_ids = 0, attr.query.prog_cnt = 0, bpf(BPF_PROG_QUERY, attr, 28);
       attr.query.prog_ids = address(nowhere), attr.query.prog_cnt = 3, bpf(BPF_PROG_QUERY, attr, 28);
     }},
    {"raw_tracepoint",
     [] {
       give_descriptors();
       bpf_attr attr = zeros();
       attr.raw_tracepoint.name = address("sys_enter"), attr.raw_tracepoint.prog_fd = 3;
       bpf(BPF_RAW_TRACEPOINT_OPEN, attr, 16), bpf(BPF_RAW_TRACEPOINT_OPEN, attr, 12);
       attr.raw_tracepoint.name = address(nowhere), bpf(BPF_RAW_TRACEPOINT_OPEN, attr, 16);
     }},
    {"btf_load",
     [] {
       bpf_attr attr = zeros();
       attr.btf = address("\x9f\xeb\1\0bytes"), attr.btf_size = 9, attr.btf_log_buf = address(low + 1024);
       attr.btf_log_size = 4, attr.btf_log_level = 1;
       sizes(BPF_BTF_LOAD, attr, {24, 28});
       attr.btf = 0, bpf(BPF_BTF_LOAD, attr, 28);
     }},
    {"task_fd_query",
     [] {
       give_descriptors();
       bpf_attr attr = numbered();
       attr.task_fd_query.pid = 0x7fffffff, attr.task_fd_query.fd = 3, attr.task_fd_query.buf_len = 16;
       attr.task_fd_query.buf = address(in_low("a name here", 1024)), attr.task_fd_query.flags = 0;
       sizes(BPF_TASK_FD_QUERY, attr, {24, 48});
       attr.task_fd_query.fd_type = 1, attr.task_fd_query.buf = 0, bpf(BPF_TASK_FD_QUERY, attr, 48);
     }},
    {"links",
     [] {
       give_descriptors();
       for (const unsigned type : {4, 16, 17, 23, 28, 33, 35, 36, 41, 42}) link_of(type);
     }},
    {"links_with_types",
     [] {
       give_descriptors();
       for (const unsigned type : {0, 18, 24, 27, 29, 34}) link_of(type);
     }},
    {"links_with_flags",
     [] {
       give_descriptors();
       link_of(BPF_LSM_MAC, BPF_F_REPLACE), link_of(BPF_XDP);
     }},
    {"link_iterator",
     [] {
       give_descriptors();
       bpf_attr attr = zeros();
       attr.link_create.attach_type = BPF_TRACE_ITER, attr.link_create.iter_info_len = 2;
       attr.link_create.iter_info = address(in_low((int[2]){3, -1}, 1024));
       sizes(BPF_LINK_CREATE, attr, {24, 28, 32});
       attr.link_create.iter_info = address(nowhere), bpf(BPF_LINK_CREATE, attr, 32);
     }},
    {"link_kprobes",
     [] {
       static const char* const names[] = {"do_nanosleep", "vfs_read"};
       bpf_attr attr = zeros();
       attr.link_create.attach_type = BPF_TRACE_KPROBE_MULTI, attr.link_create.kprobe_multi.cnt = 2;
       attr.link_create.kprobe_multi.flags = 3, attr.link_create.kprobe_multi.syms = address(names);
       attr.link_create.kprobe_multi.cookies = address(in_low((unsigned long[2]){7, 0}, 1024));
       bpf(BPF_LINK_CREATE, attr, 48), bpf(BPF_LINK_CREATE, attr, 40);
     }},
    {"link_update",
     [] {
       give_descriptors();
       bpf_attr attr = numbered();
       for (const unsigned flags : {0, 4, 7})
         attr.link_update.flags = flags, attr.link_update.link_fd = 3, bpf(BPF_LINK_UPDATE, attr, 16);
     }},
    {"small_commands",
     [] {
       give_descriptors();
       for (const unsigned command : {32, 33, 34}) sizes(command, numbered(), {4, 8});
       bpf_attr attr = zeros();
       bpf(BPF_ENABLE_STATS, attr, 4);
       attr.prog_bind_map.prog_fd = 3, attr.prog_bind_map.map_fd = 4, attr.prog_bind_map.flags = 5;
       bpf(BPF_PROG_BIND_MAP, attr, 12);
     }},
    {"bpf_since_6_1",
     [] {
       give_descriptors();
       bpf_attr attr = numbered();
       bpf(36, attr, 8), bpf(37, attr, 20), bpf(BPF_MAP_CREATE, attr, 92), bpf(BPF_OBJ_GET, attr, 20);
       bpf(BPF_PROG_LOAD, attr, 140);
     }},
    {"perf_hardware",
     [] {
       for (unsigned long event = 0; event < 11; ++event) perf(an_event(PERF_TYPE_HARDWARE, event));
     }},
    {"perf_software",
     [] {
       for (unsigned long event = 0; event < 13; ++event) perf(an_event(PERF_TYPE_SOFTWARE, event));
     }},
    {"perf_cache",
     [] {
       for (const unsigned long event : {0UL, 0x10102UL, 0x20306UL, 0x1010203UL})
         perf(an_event(PERF_TYPE_HW_CACHE, event));
     }},
    {"perf_others",
     [] {
       for (const unsigned type : {2, 4, 6, 99}) perf(an_event(type, 0x1234));
     }},
    {"perf_breakpoint",
     [] {
       for (const unsigned kind : {0, 1, 3, 4, 5, 7, 8}) {
         perf_event_attr attr = an_event(PERF_TYPE_BREAKPOINT, 0);
         attr.bp_type = kind, attr.bp_addr = 0x1000, attr.bp_len = 4;
         perf(attr);
       }
     }},
    {"perf_bits",
     [] {
       perf_event_attr attr = an_event(PERF_TYPE_SOFTWARE, 0);
       for (unsigned bit = 0; bit < 34; ++bit) {
         *reinterpret_cast<std::uint64_t*>(reinterpret_cast<char*>(&attr) + 40) = std::uint64_t{1} << bit;
         attr.sample_freq = 99, attr.wakeup_events = 7;
         perf(attr);
       }
     }},
    {"perf_samples",
     [] {
       perf_event_attr attr = an_event(PERF_TYPE_SOFTWARE, 0);
       for (const std::uint64_t types : {0x1ffffffUL, 0x800UL, 0x2000UL, 0xfe000000UL}) {
         attr.sample_type = types, attr.read_format = types & 0x3f, attr.branch_sample_type = types & 0x7ffff;
         attr.sample_regs_user = 0xff, attr.sample_stack_user = 4096, attr.sample_regs_intr = 3,
         attr.aux_watermark = 5;
         attr.sample_max_stack = 6, attr.aux_sample_size = 7, attr.use_clockid = 1, attr.clockid = 4;
         perf(attr);
       }
     }},
    {"perf_sizes",
     [] {
       perf_event_attr attr = an_event(PERF_TYPE_SOFTWARE, 0);
       for (const unsigned size : {0, 1, 63, 64, 65, 72, 80, 88, 92, 96, 104, 108, 110, 112, 116, 120}) {
         attr.size = size;
         perf(attr);
       }
     }},
    {"perf_unreadable",
     [] {
       call(SYS_perf_event_open, nullptr, 0, 0, 0, 0), call(SYS_perf_event_open, nowhere, -1, -1, -1, 0x10);
       call(SYS_perf_event_open, at_end(0x4000000000UL), 0, 0, 0, 0);
     }},
    {"perf_newer",
     [] {
       perf_event_attr attr = an_event(PERF_TYPE_SOFTWARE, 0);
       attr.sig_data = 5;
       *reinterpret_cast<std::uint64_t*>(reinterpret_cast<char*>(&attr) + 40) = 0x1c00000000UL;
       perf(attr);
     }},
    {"prctl_seccomp",
     [] {
       sock_filter filter[] = {
           BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 999, 0, 1),
           BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 5), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
       sock_fprog program{4, filter};
       call(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, nowhere, 1, 2);
       call(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, nullptr, 0, 0);
       call(SYS_prctl, PR_SET_SECCOMP, 7, &program, 0, 0);
       call(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
       call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
       call(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
     }},
};

}  // namespace

const std::span<const Case> cases{list};
int main(int argc, char** argv) { return main_of(argc, argv); }
