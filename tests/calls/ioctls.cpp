// ioctl: names of requests, and what is behind the argument.
#include "calls.hpp"

#include <arpa/inet.h>
#include <asm/termbits.h>
#include <linux/blkpg.h>
#include <linux/blktrace_api.h>
#include <linux/dm-ioctl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <linux/input.h>
#include <linux/kd.h>
#include <linux/kvm.h>
#include <linux/loop.h>
#include <linux/nsfs.h>
#include <linux/perf_event.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <linux/userfaultfd.h>
#include <linux/vt.h>
#include <linux/watchdog.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <initializer_list>

namespace {

/// On a descriptor that is none, with the value at the end of what is mapped.
template <class T>
void give(unsigned long request, const T& value) {
  call(SYS_ioctl, -1, request, at_end(value));
}
void bare(unsigned long request, long value = 0) { call(SYS_ioctl, -1, request, value); }
int terminal() { return ::open("/dev/ptmx", O_RDWR | O_NOCTTY); }
int socket_of_inet() { return ::socket(AF_INET, SOCK_DGRAM, 0); }
int file() {
  const int fd = ::open("file", O_RDWR | O_CREAT, 0600);
  ::write(fd, low, 5000);
  return fd;
}
ifreq named(const char* name) {
  ifreq r{};
  std::strcpy(r.ifr_name, name);
  return r;
}

constexpr Case list[] = {
    {"unknown",
     [] {
       bare(0xfedcba98, 0x77), bare(0x1234), bare(0x80041234, -1), bare(0xc0041234), bare(0x40041234),
           bare(0);
       call(SYS_ioctl, -1, 0x1234567812341234UL, 5);
     }},
    {"several_names", [] { bare(0x80087601), bare(0x5402, 0), bare(0x40085618, 0x1000); }},
    {"names_of_32_bits",
     [] {
       if constexpr (sizeof(long) != 4) return;
       for (const unsigned long r :
            std::initializer_list<unsigned long>{0x4004550c, 0x8008550e, 0x80785659, 0xc0049364, 0xc00c5512,
                                                 0xc0105500, 0xc0105502, 0xc01856c6, 0xc044565d, 0x802c550a})
         bare(r, 0x1000);
     }},
    {"termios_get",
     [] {
       call(SYS_ioctl, terminal(), TCGETS, low), call(SYS_ioctl, -1, TCGETS, low),
           call(SYS_ioctl, 0, TCGETS, nullptr);
     }},
    {"termios_set",
     [] {
       termios t{};
       t.c_iflag = ICRNL | IXON | 0x80000000, t.c_oflag = OPOST | ONLCR, t.c_cflag = CS8 | CREAD | B38400,
       t.c_lflag = ICANON | ECHO | ISIG;
       t.c_cc[VINTR] = 3, t.c_cc[VMIN] = 1, t.c_line = 2;
       give(TCSETS, t), give(TCSETSW, t), give(TCSETSF, t);
       t.c_cflag = CS7 | B9600 | PARENB | CSTOPB | HUPCL | CLOCAL, t.c_line = 0;
       give(TCSETS, t);
       call(SYS_ioctl, -1, TCSETS, nowhere);
     }},
    {"termios_no_flags", [] { give(TCSETS, termios{}); }},
    {"termios2",
     [] {
       termios2 t{};
       t.c_iflag = IGNBRK, t.c_oflag = OPOST, t.c_cflag = BOTHER | CS8 | CREAD, t.c_lflag = ISIG,
       t.c_ispeed = 12345, t.c_ospeed = 12345;
       give(TCSETS2, t);
       call(SYS_ioctl, terminal(), TCGETS2, low);
     }},
    {"termio",
     [] {
       termio t{};
       t.c_iflag = IGNBRK, t.c_oflag = OPOST, t.c_lflag = ICANON, t.c_cflag = B9600 | CS8 | CREAD;
       give(TCSETA, t);
       call(SYS_ioctl, terminal(), TCGETA, low);
     }},
    {"window_size",
     [] {
       const int t = terminal();
       call(SYS_ioctl, t, TIOCSWINSZ, in_low(winsize{24, 80, 1, 2}));
       call(SYS_ioctl, t, TIOCGWINSZ, low);
       call(SYS_ioctl, -1, TIOCGWINSZ, low);
       call(SYS_ioctl, -1, TIOCSWINSZ, nowhere);
     }},
    {"terminal_numbers",
     [] {
       const int t = terminal();
       call(SYS_ioctl, t, TIOCSPTLCK, in_low(0));
       call(SYS_ioctl, t, TIOCGPTLCK, low);
       call(SYS_ioctl, t, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
       call(SYS_ioctl, t, TIOCGPKT, low);
       call(SYS_ioctl, t, TIOCGEXCL, low);
       call(SYS_ioctl, t, TIOCOUTQ, low);
       call(SYS_ioctl, t, FIONREAD, low);
       call(SYS_ioctl, t, TIOCINQ, low);
       call(SYS_ioctl, t, TIOCGSID, low);
       call(SYS_ioctl, t, TIOCGPGRP, low);
       call(SYS_ioctl, -1, TIOCSPGRP, in_low(::getpid()));
     }},
    {"terminal_words",
     [] {
       bare(TIOCSCTTY, 1), bare(TIOCNOTTY), bare(TIOCEXCL), bare(TIOCNXCL), bare(TCSBRK, 1),
           bare(TCXONC, TCOOFF), bare(TCXONC, 77);
       bare(TCFLSH, TCIOFLUSH), bare(TCFLSH, 9), bare(TCSBRKP, 3), bare(TIOCVHANGUP), bare(TIOCCONS),
           bare(TIOCSBRK), bare(TIOCCBRK);
       give(TIOCMSET, 6), give(TIOCMBIS, 2), give(TIOCMBIC, 4), bare(TIOCMGET, 0x1000),
           bare(TIOCMIWAIT, 0x20), give(TIOCSTI, 'x');
       give(TIOCPKT, 1), give(TIOCSSOFTCAR, 1), give(TIOCSETD, 3), bare(TIOCGETD, 0x1000),
           bare(TIOCGSERIAL, 0x1000), bare(TIOCLINUX, 0x1000);
     }},
    {"any_descriptor",
     [] {
       int ends[2];
       ::pipe(ends);
       ::write(ends[1], "abc", 3);
       call(SYS_ioctl, ends[0], FIONREAD, low);
       call(SYS_ioctl, ends[0], FIONBIO, in_low(1));
       call(SYS_ioctl, ends[0], FIOASYNC, in_low(0));
       call(SYS_ioctl, ends[0], FIOCLEX), call(SYS_ioctl, ends[0], FIONCLEX);
       call(SYS_ioctl, -1, FIONBIO, nowhere), call(SYS_ioctl, -1, FIONREAD, low),
           call(SYS_ioctl, file(), FIOQSIZE, low);
     }},
    {"block_get",
     [] {
       for (const unsigned long r : std::initializer_list<unsigned long>{
                BLKROGET, BLKGETSIZE, BLKGETSIZE64, BLKSSZGET, BLKBSZGET, BLKPBSZGET, BLKIOMIN, BLKIOOPT,
                BLKALIGNOFF, BLKRAGET, BLKSECTGET, BLKROTATIONAL, BLKDISCARDZEROES})
         bare(r, 0x1000);
     }},
    {"block_set",
     [] {
       const std::uint64_t range[] = {4096, 8192};
       give(BLKROSET, 1), give(BLKDISCARD, range), give(BLKZEROOUT, range), give(BLKSECDISCARD, range),
           bare(BLKRRPART), bare(BLKFLSBUF), bare(BLKRASET, 256);
       blkpg_partition part{1, 2, 3, "name", "volume"};
       give(BLKPG, blkpg_ioctl_arg{BLKPG_ADD_PARTITION, 0, sizeof part, in_low(part)});
       give(BLKPG, blkpg_ioctl_arg{99, 0, sizeof part, nowhere});
       give(BLKBSZSET, 512L), bare(HDIO_GETGEO, 0x1000), bare(HDIO_GET_IDENTITY, 0x1000);
     }},
    {"block_trace",
     [] {
       blk_user_trace_setup t{"name", 1, 2, 3, 4, 5, 6};
       give(BLKTRACESETUP, t), call(SYS_ioctl, -1, BLKTRACESETUP, nowhere);
       bare(BLKTRACESTART, 5), bare(BLKTRACESTOP, 5), bare(BLKTRACETEARDOWN, 5);
     }},
    {"file_flags",
     [] {
       const int f = file();
       call(SYS_ioctl, f, FS_IOC_GETFLAGS, low), call(SYS_ioctl, -1, FS_IOC_GETFLAGS, low),
           give(FS_IOC_SETFLAGS, 0x10 | 0x80);
       call(SYS_ioctl, f, FS_IOC_GETVERSION, low);
       give(FS_IOC_SETFLAGS, 0x30000000L);
       fsxattr x{0x10, 0, 0, 5, 0};
       give(FS_IOC_FSSETXATTR, x), bare(FS_IOC_FSGETXATTR, 0x1000);
       call(SYS_ioctl, f, FIGETBSZ, low), bare(FIBMAP, 0x1000);
     }},
    {"file_copies",
     [] {
       const int f = file();
       give(FICLONERANGE, file_clone_range{f, 1, 2, 3});
       struct {
         std::uint64_t offset, length;
         std::uint16_t count, reserved1;
         std::uint32_t reserved2;
         file_dedupe_range_info i[2];
       } d{1, 2, 2, 0, 0, {{f, 5}, {-1, 6}}};
       give(FIDEDUPERANGE, d);
       d.count = 0;
       give(FIDEDUPERANGE, d);
       call(SYS_ioctl, -1, FICLONERANGE, nowhere), call(SYS_ioctl, -1, FIDEDUPERANGE, nullptr);
     }},
    {"file_clone", [] { bare(FICLONE, file()); }},
    {"file_system",
     [] {
       give(FITRIM, fstrim_range{0x1234, 5678, 9}), give(FITRIM, fstrim_range{0, ~0ULL, 4096}),
           bare(FIFREEZE), bare(FITHAW);
       char label[256] = "label";
       give(FS_IOC_SETFSLABEL, label), give(FS_IOC_SETFSLABEL, std::to_array(label));
       std::memset(label, 'n', sizeof label);
       give(FS_IOC_SETFSLABEL, std::to_array(label)), bare(FS_IOC_GETFSLABEL, 0x1000);
     }},
    {"fiemap",
     [] {
       struct {
         std::uint64_t start, length;
         std::uint32_t flags, mapped, count, reserved;
         fiemap_extent extents[4];
       } m{};
       m.length = ~0ULL, m.flags = FIEMAP_FLAG_SYNC, m.count = 4;
       call(SYS_ioctl, -1, FS_IOC_FIEMAP, in_low(m));
       call(SYS_ioctl, ::open("empty", O_RDWR | O_CREAT, 0600), FS_IOC_FIEMAP, in_low(m));
       call(SYS_ioctl, -1, FS_IOC_FIEMAP, nowhere);
     }},
    {"interfaces",
     [] {
       const int s = socket_of_inet();
       for (const unsigned long r :
            {SIOCGIFFLAGS, SIOCGIFADDR, SIOCGIFNETMASK, SIOCGIFINDEX, SIOCGIFMTU, SIOCGIFHWADDR,
             SIOCGIFMETRIC, SIOCGIFTXQLEN, SIOCGIFMAP, SIOCGIFBRDADDR, SIOCGIFDSTADDR})
         call(SYS_ioctl, s, r, in_low(named("lo")));
       ifreq r{};
       r.ifr_ifindex = 1;
       call(SYS_ioctl, s, SIOCGIFNAME, in_low(r));
       call(SYS_ioctl, s, SIOCGIFFLAGS, in_low(named("missing")));
       ifreq long_name{};
       std::memset(long_name.ifr_name, 'n', sizeof long_name.ifr_name);
       call(SYS_ioctl, s, SIOCGIFFLAGS, in_low(long_name)),
           call(SYS_ioctl, -1, SIOCSIFMTU, in_low(long_name));
       call(SYS_ioctl, s, SIOCGIFFLAGS, nowhere);
     }},
    {"interfaces_set",
     [] {
       ifreq r = named("lo");
       r.ifr_flags = IFF_UP | IFF_RUNNING;
       give(SIOCSIFFLAGS, r);
       r.ifr_mtu = 1500;
       give(SIOCSIFMTU, r), give(SIOCSIFMETRIC, r), give(SIOCSIFTXQLEN, r);
       const sockaddr_in a{AF_INET, 0, {htonl(0x0a000001)}, {}};
       std::memcpy(&r.ifr_addr, &a, sizeof a);
       give(SIOCSIFADDR, r), give(SIOCSIFNETMASK, r), give(SIOCSIFBRDADDR, r), give(SIOCSIFDSTADDR, r);
       r.ifr_addr.sa_family = 1;
       give(SIOCSIFHWADDR, r), give(SIOCETHTOOL, r), give(SIOCBRADDIF, r);
       r.ifr_map = {1, 2, 3, 4, 5, 6};
       give(SIOCSIFMAP, r);
     }},
    {"interfaces_all",
     [] {
       const int s = socket_of_inet();
       ifconf c{40 * 1, {low + 512}};
       call(SYS_ioctl, s, SIOCGIFCONF, in_low(c));
       c.ifc_len = 0, c.ifc_buf = nullptr;
       call(SYS_ioctl, -1, SIOCGIFCONF, in_low(c)), call(SYS_ioctl, s, SIOCGIFCONF, nowhere);
     }},
    {"sockets",
     [] {
       const int s = socket_of_inet();
       call(SYS_ioctl, s, SIOCINQ, low), call(SYS_ioctl, s, SIOCOUTQ, low),
           call(SYS_ioctl, s, SIOCGSTAMP, low), give(SIOCSPGRP, 5), bare(SIOCGPGRP, 0x1000),
           bare(SIOCATMARK, 0x1000);
     }},
    {"namespaces",
     [] {
       const int n = ::open("/proc/self/ns/user", O_RDONLY);
       call(SYS_ioctl, n, NS_GET_NSTYPE), call(SYS_ioctl, n, NS_GET_OWNER_UID, low), bare(NS_GET_USERNS),
           bare(NS_GET_PARENT), bare(NS_GET_OWNER_UID, 0x1000);
     }},
    {"loop",
     [] {
       bare(LOOP_SET_FD, 0), bare(LOOP_CLR_FD), bare(LOOP_CTL_GET_FREE), bare(LOOP_CTL_ADD, 7),
           bare(LOOP_CTL_REMOVE, 7), bare(LOOP_SET_CAPACITY), bare(LOOP_SET_DIRECT_IO, 1),
           bare(LOOP_SET_BLOCK_SIZE, 512);
       loop_info64 i{};
       i.lo_offset = 512, i.lo_flags = LO_FLAGS_AUTOCLEAR | LO_FLAGS_READ_ONLY;
       std::strcpy(reinterpret_cast<char*>(i.lo_file_name), "image");
       give(LOOP_SET_STATUS64, i), bare(LOOP_GET_STATUS64, 0x1000), bare(LOOP_CHANGE_FD, 0);
       loop_config c{};
       c.fd = 0, c.block_size = 512, c.info = i;
       give(LOOP_CONFIGURE, c);
     }},
    {"tun",
     [] {
       ifreq r = named("tun0");
       r.ifr_flags = IFF_TUN | IFF_NO_PI;
       give(TUNSETIFF, r), bare(TUNGETIFF, 0x1000), bare(TUNSETPERSIST, 1), bare(TUNSETOWNER, 0),
           bare(TUNSETGROUP, 0), give(TUNSETSNDBUF, 5), bare(TUNGETFEATURES, 0x1000), bare(TUNSETOFFLOAD, 3),
           bare(TUNSETLINK, 1);
     }},
    {"random",
     [] {
       const int r = ::open("/dev/urandom", O_RDONLY);
       call(SYS_ioctl, r, RNDGETENTCNT, low), bare(RNDGETENTCNT, 0x1000), give(RNDADDTOENTCNT, 8),
           bare(RNDZAPENTCNT), bare(RNDCLEARPOOL), bare(RNDRESEEDCRNG);
       struct {
         int bits, size;
         char data[8];
       } more{8, 4, "abc"};
       give(RNDADDENTROPY, more);
     }},
    {"clock_chip",
     [] {
       const rtc_time t{1, 2, 3, 4, 5, 126, 0, 0, 0};
       give(RTC_SET_TIME, t), give(RTC_ALM_SET, t), bare(RTC_RD_TIME, 0x1000), bare(RTC_AIE_ON),
           bare(RTC_IRQP_SET, 64), bare(RTC_IRQP_READ, 0x1000);
       give(RTC_WKALM_SET, rtc_wkalrm{1, 0, t}), bare(RTC_WKALM_RD, 0x1000), bare(RTC_PLL_GET, 0x1000),
           bare(RTC_VL_READ, 0x1000), bare(RTC_EPOCH_SET, 1900);
     }},
    {"input",
     [] {
       bare(EVIOCGVERSION, 0x1000), bare(EVIOCGID, 0x1000), bare(EVIOCGNAME(64), 0x1000),
           bare(EVIOCGPHYS(32), 0x1000), bare(EVIOCGUNIQ(8), 0x1000), bare(EVIOCGPROP(8), 0x1000),
           bare(EVIOCGKEY(96), 0x1000), bare(EVIOCGLED(8), 0x1000), bare(EVIOCGSW(8), 0x1000),
           bare(EVIOCGSND(8), 0x1000), bare(EVIOCGBIT(0, 8), 0x1000), bare(EVIOCGBIT(EV_KEY, 96), 0x1000),
           bare(EVIOCGBIT(0x1e, 96), 0x1000), bare(EVIOCGABS(0), 0x1000), bare(EVIOCGRAB, 1),
           bare(EVIOCREVOKE, 0), bare(EVIOCGEFFECTS, 0x1000), bare(EVIOCRMFF, 3),
           bare(EVIOCGMTSLOTS(16), 0x1000);
       give(EVIOCSABS(1), input_absinfo{1, 2, 3, 4, 5, 6}), give(EVIOCSCLOCKID, 1);
       unsigned pair[] = {250, 33};
       give(EVIOCSREP, pair), bare(EVIOCGREP, 0x1000);
     }},
    {"console",
     [] {
       bare(VT_ACTIVATE, 2), bare(VT_WAITACTIVE, 2), bare(VT_GETSTATE, 0x1000), bare(VT_RELDISP, 1),
           bare(VT_OPENQRY, 0x1000), bare(KDSETMODE, 1), bare(KDGETMODE, 0x1000), bare(KDGKBTYPE, 0x1000),
           bare(KDSKBMODE, 3), bare(KDGKBMODE, 0x1000), bare(KDSETLED, 7), bare(KDSIGACCEPT, 5);
     }},
    {"userfaultfd",
     [] {
       give(UFFDIO_API, uffdio_api{UFFD_API, 0, 0});
       give(UFFDIO_REGISTER, uffdio_register{{0x1000, 0x2000}, UFFDIO_REGISTER_MODE_MISSING, 0});
       give(UFFDIO_UNREGISTER, uffdio_range{0x1000, 0x2000}), give(UFFDIO_WAKE, uffdio_range{0x1000, 0x2000});
       give(UFFDIO_COPY, uffdio_copy{0x1000, 0x3000, 0x1000, UFFDIO_COPY_MODE_DONTWAKE, 0});
       give(UFFDIO_ZEROPAGE, uffdio_zeropage{{0x1000, 0x2000}, 1, 0});
       give(UFFDIO_WRITEPROTECT, uffdio_writeprotect{{0x1000, 0x2000}, 1});
       call(SYS_ioctl, -1, UFFDIO_API, nowhere);
     }},
    {"watchdog",
     [] {
       bare(WDIOC_KEEPALIVE, 0), give(WDIOC_SETTIMEOUT, 30), bare(WDIOC_GETTIMEOUT, 0x1000),
           give(WDIOC_SETOPTIONS, 1), bare(WDIOC_GETSUPPORT, 0x1000), bare(WDIOC_GETSTATUS, 0x1000),
           give(WDIOC_SETPRETIMEOUT, 3);
     }},
    {"perf",
     [] {
       bare(PERF_EVENT_IOC_ENABLE, 0), bare(PERF_EVENT_IOC_DISABLE, 1), bare(PERF_EVENT_IOC_RESET, 0),
           bare(PERF_EVENT_IOC_REFRESH, 5), give(PERF_EVENT_IOC_PERIOD, std::uint64_t{1000}),
           bare(PERF_EVENT_IOC_SET_OUTPUT, -1), call(SYS_ioctl, -1, PERF_EVENT_IOC_SET_FILTER, "filter"),
           bare(PERF_EVENT_IOC_ID, 0x1000), bare(PERF_EVENT_IOC_SET_BPF, 0),
           bare(PERF_EVENT_IOC_PAUSE_OUTPUT, 1);
     }},
    {"kvm",
     [] {
       bare(KVM_GET_API_VERSION), bare(KVM_CREATE_VM), bare(KVM_CHECK_EXTENSION, KVM_CAP_USER_MEMORY),
           bare(KVM_CHECK_EXTENSION, 9999), bare(KVM_GET_VCPU_MMAP_SIZE), bare(KVM_CREATE_VCPU, 0),
           bare(KVM_RUN), give(KVM_SET_USER_MEMORY_REGION, kvm_userspace_memory_region{0, 1, 2, 3, 4}),
           bare(KVM_GET_REGS, 0x1000), bare(KVM_SET_TSS_ADDR, 0xfffbd000), bare(KVM_GET_SREGS, 0x1000);
     }},
    {"seccomp_notify",
     [] {
       seccomp_notif n{};
       give(SECCOMP_IOCTL_NOTIF_RECV, n);
       give(SECCOMP_IOCTL_NOTIF_SEND, seccomp_notif_resp{5, -1, -13, 1});
       give(SECCOMP_IOCTL_NOTIF_ID_VALID, std::uint64_t{77});
       give(SECCOMP_IOCTL_NOTIF_ADDFD, seccomp_notif_addfd{5, 1, 2, 3, O_CLOEXEC});
     }},
    {"device_mapper",
     [] {
       dm_ioctl d{{4, 0, 0}, sizeof d, 312};
       std::strcpy(d.name, "volume");
       give(DM_VERSION, d), give(DM_DEV_CREATE, d), give(DM_LIST_DEVICES, d),
           call(SYS_ioctl, -1, DM_TABLE_LOAD, nowhere);
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
