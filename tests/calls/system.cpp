// What administrators call, asynchronous input and output, rings, rule sets, waiting for descriptors.
#include "calls.hpp"

#include <ctime>

#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>

namespace {

io_uring_params ring_of(unsigned flags) {
  io_uring_params p{};
  p.flags = flags, p.sq_thread_cpu = 1, p.sq_thread_idle = 2, p.cq_entries = 8, p.wq_fd = 9;
  return p;
}
long ring() { return call(SYS_io_uring_setup, 2, in_low(ring_of(0))); }

template <std::size_t N>
fd_set* set_of(const int (&descriptors)[N], std::size_t offset) {
  fd_set set;
  FD_ZERO(&set);
  for (const int fd : descriptors) FD_SET(fd, &set);
  return in_low(set, offset);
}

constexpr Case list[] = {
    {"reboot_bad_magic", [] { call(SYS_reboot, 0xfee1dead, 1, 0x4321fedc, 0); }},
    {"reboot_restart2", [] { call(SYS_reboot, 1, 0x28121969, 0xa1b2c3d4, "command"); }},
    {"reboot_unknown", [] { call(SYS_reboot, 2, 0x5121996, 5, nowhere); }},
    {"syslog_size", [] { call(SYS_syslog, 99, low, 5); }},
    {"syslog_console", [] { call(SYS_syslog, 8, nullptr, 99); }},
    {"syslog_read_bad", [] { call(SYS_syslog, 2, nullptr, -1), call(SYS_syslog, 3, nullptr, 5); }},
    {"syslog_buffer", [] { call(SYS_syslog, 10, nowhere, 7); }},
    {"acct", [] { call(SYS_acct, "/missing/file"); }},
    {"acct_unreadable", [] { call(SYS_acct, nowhere); }},
    {"swapon", [] { call(SYS_swapon, "missing", 0x8005); }},
    {"swapon_flags", [] { call(SYS_swapon, "missing", 0x78000), call(SYS_swapon, nowhere, 0x80000); }},
    {"swapon_priority", [] { call(SYS_swapon, "missing", 5), call(SYS_swapon, "missing", 0); }},
    {"swapoff", [] { call(SYS_swapoff, "missing"); }},
    {"init_module", [] { call(SYS_init_module, nowhere, 5, "a=1 b=\"2\""); }},
    {"init_module_null", [] { call(SYS_init_module, nullptr, 0, nullptr); }},
    {"finit_module", [] { call(SYS_finit_module, -1, "a=1", 7), call(SYS_finit_module, -1, nowhere, 8); }},
    {"delete_module",
     [] { call(SYS_delete_module, "nosuchmodule", 04000), call(SYS_delete_module, nowhere, 0x80001); }},
    {"kexec_load",
     [] {
       in_low((unsigned long[4]){0x1000, 5, 0x2000, 4096});
       call(SYS_kexec_load, 0x1234, 1, low, 0xffff0001);
     }},
    {"kexec_load_arch", [] { call(SYS_kexec_load, 0x1234, 99, nowhere, 0x3e0008); }},
    {"kexec_file_load", [] { call(SYS_kexec_file_load, -1, -1, 5, "comm", 0x17); }},
    {"kexec_file_load_bad", [] { call(SYS_kexec_file_load, -1, 77, 5, nowhere, 0x4); }},
    {"vhangup", [] { call(SYS_lookup_dcookie, 0x1234567890, low, 5); }},
    {"io_setup",
     [] { call(SYS_io_setup, 0, low), call(SYS_io_setup, 5, in_low(7L)), call(SYS_io_setup, 5, nowhere); }},
    {"io_destroy", [] { call(SYS_io_destroy, 0x1234); }},
    {"io_submit",
     [] {
       iocb read{}, vector{};
       read.aio_data = 0x77, read.aio_key = 0x88, read.aio_lio_opcode = IOCB_CMD_PREAD, read.aio_reqprio = 3,
       read.aio_fildes = 0, read.aio_buf = 0x5000, read.aio_nbytes = 10, read.aio_offset = 20;
       vector = read, vector.aio_lio_opcode = IOCB_CMD_PWRITE,
       vector.aio_buf = reinterpret_cast<std::uintptr_t>("text"), vector.aio_nbytes = 4, vector.aio_flags = 1,
       vector.aio_resfd = 5;
       in_low(read, 64), in_low(vector, 256);
       in_low((void* [4]){low + 64, low + 256, nullptr, nowhere});
       call(SYS_io_submit, 0x1234, 4, low);
     }},
    {"io_submit_kinds",
     [] {
       iocb block{};
       void* blocks[6];
       const int kinds[6] = {IOCB_CMD_FSYNC, IOCB_CMD_FDSYNC, 5, IOCB_CMD_NOOP, IOCB_CMD_PWRITEV, 99};
       for (int i = 0; i < 6; ++i) {
         block.aio_lio_opcode = static_cast<std::uint16_t>(kinds[i]), block.aio_nbytes = 1, block.aio_buf = 5,
         block.aio_fildes = 1;
         blocks[i] = in_low(block, 512 + 64 * static_cast<std::size_t>(i));
       }
       std::memcpy(low, blocks, sizeof blocks);
       call(SYS_io_submit, 0x1234, 6, low);
     }},
    {"io_submit_bad",
     [] {
       call(SYS_io_submit, 0x1234, -1, low), call(SYS_io_submit, 0, 0, nullptr),
           call(SYS_io_submit, 1, 2, nowhere);
     }},
    {"io_cancel",
     [] {
       call(SYS_io_cancel, 0x1234, in_low(iocb{}), low + 512), call(SYS_io_cancel, 1, nowhere, nowhere);
     }},
    {"io_getevents",
     [] {
       call(SYS_io_getevents, 0x1234, 1, 2, low, in_low(timespec{1, 2}, 512)),
           call(SYS_io_getevents, 1, -1, -2, nowhere, nowhere);
     }},
    {"io_pgetevents",
     [] {
       in_low((unsigned long[2]){reinterpret_cast<std::uintptr_t>(low + 640), 8}, 600);
       in_low(0x4001UL, 640);
       call(SYS_io_pgetevents, 0x1234, 1, 2, low, in_low(timespec{1, 2}, 512), low + 600);
       call(SYS_io_pgetevents, 0x1234, 1, 2, low, nullptr, nowhere);
     }},
    {"aio_run",
     [] {
       call(SYS_io_setup, 4, low);
       iocb block{};
       block.aio_lio_opcode = IOCB_CMD_PREAD,
       block.aio_fildes = static_cast<unsigned>(::open("/etc/hostname", O_RDONLY));
       block.aio_buf = reinterpret_cast<std::uintptr_t>(low + 1024), block.aio_nbytes = 4,
       block.aio_data = 0x1234;
       in_low(static_cast<void*>(in_low(block, 64)), 32);
       const long context = *reinterpret_cast<long*>(low);
       call(SYS_io_submit, context, 1, low + 32);
       call(SYS_io_getevents, context, 1, 4, low + 512, nullptr);
     }},
    {"io_uring_setup", [] { ring(); }},
    {"io_uring_setup_flags", [] { call(SYS_io_uring_setup, 2, in_low(ring_of(0x3fff))); }},
    {"io_uring_setup_unknown", [] { call(SYS_io_uring_setup, 0, in_low(ring_of(0xff000000))); }},
    {"io_uring_setup_reserved",
     [] {
       io_uring_params p = ring_of(0x12);
       p.resv[1] = 5, p.features = 0x10;
       call(SYS_io_uring_setup, 1, in_low(p));
     }},
    {"io_uring_setup_unreadable", [] { call(SYS_io_uring_setup, 1, nowhere); }},
    {"io_uring_enter", [] { call(SYS_io_uring_enter, -1, 1, 2, 0x1f, in_low(0x4001UL), 8); }},
    {"io_uring_enter_bad",
     [] {
       call(SYS_io_uring_enter, -1, -1, 2, 0x100, nowhere, 8),
           call(SYS_io_uring_enter, 0, 0, 0, 0, nullptr, 0);
     }},
    {"io_uring_register_buffers",
     [] {
       in_low((void* [2]){low, reinterpret_cast<void*>(4)}, 64);
       call(SYS_io_uring_register, -1, 0, low + 64, 1), call(SYS_io_uring_register, -1, 1, nowhere, 5);
     }},
    {"io_uring_register_files",
     [] {
       in_low((int[3]){0, -1, 5});
       call(SYS_io_uring_register, -1, 2, low, 3), call(SYS_io_uring_register, -1, 3, nullptr, 0);
     }},
    {"io_uring_register_eventfd",
     [] {
       call(SYS_io_uring_register, -1, 4, in_low(5), 1), call(SYS_io_uring_register, -1, 5, nullptr, 0),
           call(SYS_io_uring_register, -1, 7, in_low(5), 1);
     }},
    {"io_uring_register_update",
     [] {
       struct {
         unsigned offset, resv;
         unsigned long fds;
       } update{5, 0, reinterpret_cast<std::uintptr_t>(low + 64)};
       in_low((int[2]){0, -2}, 64);
       call(SYS_io_uring_register, -1, 6, in_low(update), 2);
       update.resv = 7;
       call(SYS_io_uring_register, -1, 6, in_low(update), 1), call(SYS_io_uring_register, -1, 6, nowhere, 1);
     }},
    {"io_uring_register_probe",
     [] {
       call(SYS_io_uring_register, -1, 8, low, 3), call(SYS_io_uring_register, ring(), 8, low + 512, 4);
     }},
    {"io_uring_register_personality",
     [] {
       call(SYS_io_uring_register, -1, 9, nullptr, 0), call(SYS_io_uring_register, -1, 10, nullptr, 77);
     }},
    {"io_uring_register_restrictions",
     [] {
       in_low((unsigned char[16]){0, 0, 3, 0});
       in_low((unsigned char[16]){1, 0, 5, 0}, 16);
       in_low((unsigned char[16]){2, 0, 6, 0}, 32);
       in_low((unsigned char[16]){9, 0, 6, 0}, 48);
       call(SYS_io_uring_register, -1, 11, low, 4), call(SYS_io_uring_register, -1, 12, nullptr, 0);
     }},
    {"io_uring_register_newer",
     [] {
       for (int i = 13; i < 24; ++i) {
         if (i != 19) call(SYS_io_uring_register, -1, i, low, 1);
       }
     }},
    {"io_uring_register_workers",
     [] {
       call(SYS_io_uring_register, -1, 19, in_low((unsigned[2]){0, 4}), 2);
       call(SYS_io_uring_register, -1, 19, in_low((unsigned[3]){1, 2, 3}), 3);
       call(SYS_io_uring_register, -1, 19, nowhere, 2), call(SYS_io_uring_register, -1, 19, nullptr, 2);
     }},
    {"io_uring_register_workers_of_ring",
     [] {
       call(SYS_io_uring_register, ring(), 19, in_low((unsigned[2]){0, 0}), 2);
     }},
    {"io_uring_register_tagged",
     [] {
       in_low((unsigned long[4]){2 | 1ULL << 32, 0, reinterpret_cast<std::uintptr_t>(low + 64),
                                 reinterpret_cast<std::uintptr_t>(low + 128)});
       in_low((int[2]){0, -1}, 64), in_low((unsigned long[2]){7, 0}, 128);
       call(SYS_io_uring_register, -1, 13, low, 32), call(SYS_io_uring_register, -1, 15, low, 32);
       in_low((unsigned long[4]){5, reinterpret_cast<std::uintptr_t>(low + 64),
                                 reinterpret_cast<std::uintptr_t>(low + 128), 2});
       call(SYS_io_uring_register, -1, 14, low, 32), call(SYS_io_uring_register, -1, 16, low, 32);
       call(SYS_io_uring_register, -1, 13, nowhere, 32), call(SYS_io_uring_register, -1, 14, nullptr, 32);
     }},
    {"io_uring_register_newest",
     [] {
       for (int i = 24; i < 37; ++i) call(SYS_io_uring_register, -1, i, in_low((int[32]){1, 2, 3}), 1);
     }},
    {"io_uring_register_unknown", [] { call(SYS_io_uring_register, -1, 999, low, 1); }},
    {"landlock_create_ruleset",
     [] { call(444, in_low(0x1fffUL), 8, 0), call(444, nullptr, 0, 1), call(444, in_low(0x8001UL), 8, 0); }},
    {"landlock_create_ruleset_bad",
     [] { call(444, nowhere, 8, 4), call(444, low, 7, 0), call(444, nullptr, 0, 2); }},
    {"landlock_create_ruleset_longer",
     [] {
       in_low((unsigned long[3]){1, 3, 1});
       call(444, low, 24, 0), call(444, low, 16, 5);
     }},
    {"landlock_add_rule",
     [] {
       struct __attribute__((packed)) {
         unsigned long access;
         int fd;
       } rule{0x5, 0};
       call(445, -1, 1, in_low(rule), 0), call(445, -1, 1, nowhere, 5), call(445, -1, 77, low, 0),
           call(445, -1, 2, low, 0);
     }},
    {"landlock_restrict_self", [] { call(446, -1, 0), call(446, -1, 5); }},
    {"lsm_list",
     [] { call(461, low, nowhere, 0), call(459, 104, low, nowhere, 1), call(460, 100, nowhere, 5, 0); }},
    {"seccomp_size", [] { call(SYS_getrandom, nowhere, 5, 8), call(SYS_getrandom, low, 0, 7); }},
    {"select_sets",
     [] {
       int ends[2];
       ::pipe(ends);
       call(SYS_select, 10, set_of({3, 4}, 0), set_of({4}, 128), nullptr, in_low(timeval{1, 2}, 512));
       call(SYS_select, 10, set_of({3}, 0), set_of({3}, 128), set_of({4}, 256), in_low(timeval{0, 0}, 512));
     }},
    {"select_bad",
     [] {
       call(SYS_select, 10, set_of({5, 9}, 0), nullptr, nullptr, nullptr);
       call(SYS_select, -1, set_of({5, 9}, 0), nullptr, nullptr, in_low(timeval{-1, 0}, 512));
       call(SYS_select, 10, nowhere, nullptr, nowhere, nowhere);
       call(SYS_select, 0, set_of({5, 9}, 0), nullptr, nullptr, in_low(timeval{0, 0}, 512));
       call(SYS_select, 2000, in_low(fd_set{}), nullptr, nullptr, in_low(timeval{0, 0}, 512));
     }},
    {"pselect6",
     [] {
       int ends[2];
       ::pipe(ends);
       in_low((unsigned long[2]){reinterpret_cast<std::uintptr_t>(low + 640), 8}, 600);
       in_low(0x4001UL, 640);
       call(SYS_pselect6, 10, set_of({3, 4}, 0), set_of({4}, 128), nullptr, in_low(timespec{1, 2}, 512),
            low + 600);
       call(SYS_pselect6, 5, set_of({3}, 0), nullptr, nullptr, in_low(timespec{0, 1}, 512), nullptr);
       call(SYS_pselect6, 5, set_of({3}, 0), nullptr, nullptr, nowhere, nowhere);
     }},
    {"pselect6_null_mask",
     [] {
       in_low((unsigned long[2]){0, 8}, 600);
       call(SYS_pselect6, 0, nullptr, nullptr, nullptr, in_low(timespec{0, 0}, 512), low + 600);
       in_low((unsigned long[2]){reinterpret_cast<std::uintptr_t>(low), 7}, 600);
       call(SYS_pselect6, 0, nullptr, nullptr, nullptr, in_low(timespec{0, 0}, 512), low + 600);
     }},
    {"ppoll",
     [] {
       int ends[2];
       ::pipe(ends);
       in_low((pollfd[2]){{ends[0], POLLIN, 0}, {ends[1], POLLOUT | 0x4000, 0}});
       call(SYS_ppoll, low, 2, in_low(timespec{1, 2}, 512), in_low(0x4001UL, 640), 8);
       call(SYS_ppoll, low, 1, in_low(timespec{0, 0}, 512), nullptr, 0);
       call(SYS_ppoll, nowhere, 1, nowhere, nowhere, 8);
       call(SYS_ppoll, low, 0, in_low(timespec{-1, 0}, 512), in_low(1UL, 640), 7);
     }},
    {"poll_events",
     [] {
       in_low((pollfd[3]){{77, static_cast<short>(0xffff), 0}, {-1, 1, 0}, {0, 0, 0}});
       call(SYS_poll, low, 3, 0), call(SYS_poll, low, 0, 0), call(SYS_poll, nullptr, 0, 0);
     }},
    {"poll_half",
     [] {
       call(SYS_poll, at_end(pollfd{77, 1, 0}), 2, 0);
     }},
    {"poll_too_many", [] { call(SYS_poll, low, -1, 0); }},
    {"epoll_create",
     [] { call(SYS_epoll_create, -1), call(SYS_epoll_create, 5), call(SYS_epoll_create1, 0x12345); }},
    {"epoll_ctl",
     [] {
       call(SYS_epoll_ctl, -1, 1, 5, in_low(epoll_event{0xf0002019, {.u64 = 0x1234567812345678}}));
       call(SYS_epoll_ctl, -1, 2, 5, low), call(SYS_epoll_ctl, -1, 3, 5, nowhere),
           call(SYS_epoll_ctl, -1, 77, 5, low);
       call(SYS_epoll_ctl, -1, 1, -1, nullptr),
           call(SYS_epoll_ctl, -1, 3, -1, in_low(epoll_event{0x10000, {.u64 = 5}}));
     }},
    {"epoll_wait_bad",
     [] {
       call(SYS_epoll_wait, -1, low, 5, -1), call(SYS_epoll_wait, call(SYS_epoll_create1, 0), low, 0, 0);
     }},
    {"epoll_pwait",
     [] {
       const long epoll = call(SYS_epoll_create1, 0);
       call(SYS_epoll_pwait, epoll, low, 5, 0, in_low(0x4001UL, 640), 8),
           call(SYS_epoll_pwait, epoll, low, 5, 0, nowhere, 8);
       call(SYS_epoll_pwait, epoll, low, 5, 0, nullptr, 8);
     }},
    {"epoll_pwait2",
     [] {
       int ends[2];
       ::pipe(ends);
       const long epoll = call(SYS_epoll_create1, 0);
       call(SYS_epoll_ctl, epoll, 1, ends[1], in_low(epoll_event{EPOLLOUT | EPOLLET, {.u64 = 7}}));
       call(441, epoll, low, 5, in_low(timespec{1, 2}, 512), in_low(0x4001UL, 640), 8);
       call(441, -1, low, 5, nowhere, nullptr, 8), call(441, -1, low, 5, nullptr, nullptr, 0);
     }},
    {"eventfd", [] { call(SYS_eventfd, -1), call(SYS_eventfd2, 5, 0x12345); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
