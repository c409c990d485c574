// ioctl requests of what the kernel offers as descriptors: loop devices, random numbers, clocks, user faults,
// performance counters, virtual machines, namespaces, seccomp's listeners, watchdogs.
#include "flag_tables.hpp"
#include "ioctl.hpp"
#include "ioctl_tables.hpp"
#include "ptop/base/names.hpp"

namespace ptop::decode {
namespace {

std::string number_in_makedev(std::uint64_t number) {
  return number == 0 ? std::string("0") : fmt::format("{:#x}", number);
}
constexpr Member loop_info_members[] = {
    u64("lo_device").shown_by(show_device).with_v(),
    u64("lo_inode").with_v(),
    u64("lo_rdevice").shown_by(show_device).with_v(),
    u64("lo_offset").hex(),
    u64("lo_sizelimit").with_v(),
    u32("lo_number"),
    u32("lo_encrypt_type").symbol(loop_crypt).with_v(),
    u32("lo_encrypt_key_size").with_v(),
    u32("lo_flags").flags(loop_flags),
    text("lo_file_name", 64),
    text("lo_crypt_name", 64).with_v(),
    text("lo_encrypt_key", 32).with_v(),
    u64("lo_init").hex().times(2).with_v(),
};
constexpr Structure loop_info{loop_info_members};
constexpr Member loop_config_members[] = {u32("fd").fd(), u32("block_size"), nested("info", loop_info)};
constexpr Structure loop_config{loop_config_members};

constexpr Member clock_members[] = {
    s32("tm_sec"),  s32("tm_min"),           s32("tm_hour"),          s32("tm_mday"),          s32("tm_mon"),
    s32("tm_year"), s32("tm_wday").with_v(), s32("tm_yday").with_v(), s32("tm_isdst").with_v()};
constexpr Structure clock_time{clock_members};
constexpr Member wake_members[] = {u8("enabled"), u8("pending"), pad(2), nested("time", clock_time)};
constexpr Structure wake_alarm{wake_members};

constexpr Member range_members[] = {u64("start").hex(), u64("len").hex()};
constexpr Structure range{range_members};
constexpr Member api_members[] = {u64("api").hex(), u64("features").flags(userfaultfd_features)};
constexpr Structure api{api_members};
constexpr Member register_members[] = {nested("range", range), u64("mode").flags(userfaultfd_register_modes)};
constexpr Structure register_layout{register_members};
constexpr Member copy_members[] = {u64("dst").hex(), u64("src").hex(), u64("len").hex(),
                                   u64("mode").flags(userfaultfd_copy_modes)};
constexpr Structure copy_layout{copy_members};
constexpr Member zeropage_members[] = {nested("range", range), u64("mode").flags(userfaultfd_zeropage_modes)};
constexpr Structure zeropage_layout{zeropage_members};

Decoded answer(Context& context, std::string_view name, const Decoded& value) {
  return make_changed(context.arena(), *context.before(),
                      RecordBuilder(context.arena(), 1).add(name, value).done());
}

// What the kernel adds stands behind what it was given.
Decoded show_with_answer(Context& context, const IoctlRequest& request, std::uint64_t address) {
  if (context.result() == nullptr) {
    context.set_timing(Timing::grows);
    return make_structure(context, *request.layout, address);
  }
  constexpr std::uint32_t uffdio_api = 0xc018aa3f, uffdio_register = 0xc020aa00;
  const auto value = context.object<std::uint64_t>(address + size_of(*request.layout, context.abi()));
  if (!value) return *context.before();
  Arena& arena = context.arena();
  if (request.code == uffdio_register)
    return answer(context, "ioctls", {make_flags(arena, *value, userfaultfd_requests)});
  if (request.code != uffdio_api)
    return answer(context, request.layout == &copy_layout ? "copy" : "zeropage",
                  make_unsigned(*value, Base::hex));
  const auto features = context.object<std::uint64_t>(address + 8);
  return make_changed(arena, *context.before(),
                      RecordBuilder(arena, 2)
                          .add("features", {make_flags(arena, features.value_or(0), userfaultfd_features)})
                          .add("ioctls", {make_flags(arena, *value, userfaultfd_requests)})
                          .done());
}

// struct rand_pool_info: bits of entropy, bytes, and those bytes.
Decoded show_entropy(Context& context, const IoctlRequest&, std::uint64_t address) {
  const auto head = context.object<std::array<std::int32_t, 2>>(address);
  if (address == 0 || !head) return make_unread(address);
  return RecordBuilder(context.arena(), 3)
      .add("entropy_count", make_signed((*head)[0]))
      .add("buf_size", make_signed((*head)[1]))
      .add("buf", make_bytes(context, address + 8, static_cast<std::uint64_t>(std::max((*head)[1], 0))))
      .done();
}

Decoded show_negative_error(Context& context, const Member&, std::uint64_t value, const Instance&) {
  const auto number = static_cast<std::int32_t>(value);
  const std::string_view name = number < 0 ? errno_name(-number) : std::string_view{};
  if (name.empty()) return make_signed(number);
  return make_word(context.arena(), value, "-{}", name);
}
constexpr Member response_members[] = {u64("id").hex(), s64("val"),
                                       s32("error").shown_by(show_negative_error),
                                       u32("flags").flags(seccomp_response_flags)};
constexpr Structure response{response_members};
constexpr Member addfd_members[] = {u64("id").hex(), u32("flags").flags(seccomp_addfd_flags),
                                    u32("srcfd").fd(), u32("newfd"),
                                    u32("newfd_flags").flags(descriptor_flags)};
constexpr Structure addfd{addfd_members};
constexpr Member call_members[] = {s32("nr"), u32("arch").symbol(audit_architectures),
                                   u64("instruction_pointer").hex(), u64("args").hex().times(6)};
constexpr Structure call_layout{call_members};
constexpr Member notification_members[] = {u64("id").hex(), u32("pid").pid(), u32("flags").hex(),
                                           nested("data", call_layout)};
constexpr Structure notification{notification_members};

constexpr Member memory_region_members[] = {u32("slot"), u32("flags").flags(kvm_memory_flags),
                                            u64("guest_phys_addr").hex(), u64("memory_size"),
                                            u64("userspace_addr").hex()};
constexpr Structure memory_region{memory_region_members};

constexpr Member watchdog_members[] = {u32("options").hex(), u32("firmware_version"), text("identity", 32)};
constexpr Structure watchdog_info{watchdog_members};

constexpr IoctlRequest requests[] = {
    gives(0x4c00, show_fd_argument),                          // LOOP_SET_FD
    bare(0x4c01),                                             // LOOP_CLR_FD
    gives(0x4c04, loop_info),                                 // LOOP_SET_STATUS64
    gets(0x4c05, loop_info),                                  // LOOP_GET_STATUS64
    gives(0x4c06, show_fd_argument),                          // LOOP_CHANGE_FD
    bare(0x4c07),                                             // LOOP_SET_CAPACITY
    gives(0x4c08, show_unsigned_argument),                    // LOOP_SET_DIRECT_IO
    gives(0x4c09, show_unsigned_argument),                    // LOOP_SET_BLOCK_SIZE
    gives(0x4c0a, loop_config),                               // LOOP_CONFIGURE
    gives(0x4c80, show_signed_argument),                      // LOOP_CTL_ADD
    gives(0x4c81, show_signed_argument),                      // LOOP_CTL_REMOVE
    bare(0x4c82),                                             // LOOP_CTL_GET_FREE
    gets(0x80045200, show_int_behind),                        // RNDGETENTCNT
    gives(0x40045201, show_int_behind),                       // RNDADDTOENTCNT
    gives(0x40085203, show_entropy),                          // RNDADDENTROPY
    bare(0x5204),                                             // RNDZAPENTCNT
    bare(0x5206),                                             // RNDCLEARPOOL
    bare(0x5207),                                             // RNDRESEEDCRNG
    bare(0x7001),                                             // RTC_AIE_ON
    bare(0x7002),                                             // RTC_AIE_OFF
    bare(0x7003),                                             // RTC_UIE_ON
    bare(0x7004),                                             // RTC_UIE_OFF
    bare(0x7005),                                             // RTC_PIE_ON
    bare(0x7006),                                             // RTC_PIE_OFF
    bare(0x700f),                                             // RTC_WIE_ON
    bare(0x7010),                                             // RTC_WIE_OFF
    gives(0x40247007, clock_time),                            // RTC_ALM_SET
    gets(0x80247008, clock_time),                             // RTC_ALM_READ
    gets(0x80247009, clock_time),                             // RTC_RD_TIME
    gives(0x4024700a, clock_time),                            // RTC_SET_TIME
    gets(0x8008700b, show_word_behind),                       // RTC_IRQP_READ
    gives(0x4008700c, show_unsigned_argument),                // RTC_IRQP_SET
    gets(0x8008700d, show_word_behind),                       // RTC_EPOCH_READ
    gives(0x4008700e, show_unsigned_argument),                // RTC_EPOCH_SET
    gives(0x4028700f, wake_alarm),                            // RTC_WKALM_SET
    gets(0x80287010, wake_alarm),                             // RTC_WKALM_RD
    changes(0xc018aa3f, show_with_answer, &api),              // UFFDIO_API
    changes(0xc020aa00, show_with_answer, &register_layout),  // UFFDIO_REGISTER
    gives(0x8010aa01, range),                                 // UFFDIO_UNREGISTER
    gives(0x8010aa02, range),                                 // UFFDIO_WAKE
    changes(0xc028aa03, show_with_answer, &copy_layout),      // UFFDIO_COPY
    changes(0xc020aa04, show_with_answer, &zeropage_layout),  // UFFDIO_ZEROPAGE
    gives(0x2400, show_flags_argument, &perf_ioctl_flags),    // PERF_EVENT_IOC_ENABLE
    gives(0x2401, show_flags_argument, &perf_ioctl_flags),    // PERF_EVENT_IOC_DISABLE
    gives(0x2402, show_signed_argument),                      // PERF_EVENT_IOC_REFRESH
    gives(0x2403, show_flags_argument, &perf_ioctl_flags),    // PERF_EVENT_IOC_RESET
    gives(0x40082404, show_u64_behind),                       // PERF_EVENT_IOC_PERIOD
    gives(0x2405, show_fd_argument),                          // PERF_EVENT_IOC_SET_OUTPUT
    gives(0x40082406, show_text_behind),                      // PERF_EVENT_IOC_SET_FILTER
    gets(0x80082407, show_u64_behind),                        // PERF_EVENT_IOC_ID
    gives(0x40042408, show_fd_argument),                      // PERF_EVENT_IOC_SET_BPF
    gives(0x40042409, show_unsigned_argument),                // PERF_EVENT_IOC_PAUSE_OUTPUT
    gives(0xae03, show_symbol_argument, &kvm_capabilities),   // KVM_CHECK_EXTENSION
    gives(0xae41, show_unsigned_argument),                    // KVM_CREATE_VCPU
    gives(0x4020ae46, memory_region),                         // KVM_SET_USER_MEMORY_REGION
    bare(0xb701),                                             // NS_GET_USERNS
    bare(0xb702),                                             // NS_GET_PARENT
    bare(0xb703),                                             // NS_GET_NSTYPE
    gets(0xb704, show_uint_behind),                           // NS_GET_OWNER_UID
    gets(0xc0502100, notification),                           // SECCOMP_IOCTL_NOTIF_RECV
    gives(0xc0182101, response),                              // SECCOMP_IOCTL_NOTIF_SEND
    gives(0x40082102, show_hex64_behind),                     // SECCOMP_IOCTL_NOTIF_ID_VALID
    gives(0x40182103, addfd),                                 // SECCOMP_IOCTL_NOTIF_ADDFD
    gets(0x80285700, watchdog_info),                          // WDIOC_GETSUPPORT
    bare(0x80045705),                                         // WDIOC_KEEPALIVE
    gives(0xc0045706, show_int_behind),                       // WDIOC_SETTIMEOUT
    gets(0x80045707, show_int_behind),                        // WDIOC_GETTIMEOUT
    gives(0xc0045708, show_int_behind),                       // WDIOC_SETPRETIMEOUT
    gets(0x80045709, show_int_behind),                        // WDIOC_GETPRETIMEOUT
    gets(0x8004570a, show_int_behind),                        // WDIOC_GETTIMELEFT
};

}  // namespace

Decoded show_device(Context& context, const Member&, std::uint64_t device, const Instance&) {
  const std::uint64_t major = (device >> 8 & 0xfff) | (device >> 32 & ~0xfffULL);
  const std::uint64_t minor = (device & 0xff) | (device >> 12 & ~0xffULL & 0xffffffff);
  return make_word(context.arena(), device, "makedev({}, {})", number_in_makedev(major),
                   number_in_makedev(minor));
}

std::span<const IoctlRequest> device_requests() { return requests; }

}  // namespace ptop::decode
