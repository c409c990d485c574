// Waiting for several descriptors at once: poll and epoll.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "set.hpp"
#include "structures.hpp"

namespace ptop::decode {
namespace {

struct KernelPollfd {
  std::int32_t fd;
  std::uint16_t events, revents;
};

// The events of a negative descriptor are nobody's.
constexpr Member pollfd_members[] = {
    s32("fd").fd(),
    u16("events").flags(poll_events).when([](const Instance& whole) {
      return static_cast<std::int64_t>(whole.value(0)) >= 0;
    }),
    pad(2),
};
constexpr Structure pollfd{pollfd_members};

// include/uapi/linux/eventpoll.h: packed on x86-64, so that both of its ABIs agree.
constexpr Member epoll_data_members[] = {u32("u32"), u64("u64").overlaid()};
constexpr Structure epoll_data{epoll_data_members, true};
constexpr Member epoll_event_members[] = {u32("events").flags(epoll_events), nested("data", epoll_data)};
constexpr Structure epoll_event{epoll_event_members, true};

}  // namespace

Decoded decode_pollfds(Context& context, const Argument& argument, std::uint64_t address) {
  const auto count = static_cast<std::uint32_t>(context.arg(argument.length.index));
  return make_structures(context, pollfd, address, count);
}

namespace {

// Those that something happened to: [{fd=0, revents=POLLIN}].
std::optional<Decoded> ready_descriptors(Context& context, std::uint64_t ready) {
  Arena& arena = context.arena();
  const auto count = static_cast<std::uint32_t>(context.arg(1));
  const auto shown = std::min<std::size_t>(count, context.options().string_limit);
  auto items = arena.array<Decoded>(static_cast<std::size_t>(std::min<std::uint64_t>(ready, shown)));
  std::size_t used = 0;
  for (std::size_t i = 0; i < count && used < items.size(); ++i) {
    const auto entry = context.object<KernelPollfd>(context.arg(0) + i * sizeof(KernelPollfd));
    if (!entry) return std::nullopt;
    if (entry->revents == 0) continue;
    items[used++] = RecordBuilder(arena, 2)
                        .add("fd", make_signed(entry->fd))
                        .add("revents", {make_flags(arena, entry->revents, poll_events)})
                        .done();
  }
  return Decoded{List{items.first(used)}};
}

std::span<const Field> timeout(Context& context) {
  return make_detail(context.arena(), make_word(context.arena(), 0, "Timeout"));
}

// What is left of the time, where the kernel writes it back.
void add_time_left(RecordBuilder& detail, Context& context, const Structure& time, std::uint64_t address) {
  if (address == 0) return;
  const Decoded left = make_structure(context, time, address);
  if (std::holds_alternative<Record>(left.what)) detail.add("left", left);
}

constexpr std::uint64_t descriptors_limit =
    1024;  // FD_SETSIZE: more than that no fd_set of the C library has

std::uint64_t set_bytes(const Context& context) {
  const auto n = static_cast<std::int32_t>(context.arg(0));
  const auto bits = std::min<std::uint64_t>(static_cast<std::uint64_t>(std::max(n, 0)), descriptors_limit);
  const std::uint64_t word_bits = context.word_size() * 8;
  return (bits + word_bits - 1) / word_bits * context.word_size();
}

std::span<const Field> detail_of_sets(Context& context, const Structure& time) {
  constexpr std::array<std::string_view, 3> names{"in", "out", "except"};
  if (context.failed()) return {};
  if (context.result()->value == 0) return timeout(context);
  RecordBuilder detail(context.arena(), names.size() + 1);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (context.arg(i + 1) == 0) continue;
    const Decoded set = make_bit_set(context, context.arg(i + 1), set_bytes(context),
                                     [](std::size_t fd) { return make_unsigned(fd); });
    const auto* list = std::get_if<List>(&set.what);
    if (list != nullptr && !list->items.empty()) detail.add(names[i], set);
  }
  add_time_left(detail, context, time, context.arg(4));
  return detail.fields();
}

}  // namespace

// ([{fd=0, revents=POLLIN}]), (Timeout).
std::span<const Field> detail_of_poll(Context& context) {
  if (context.failed()) return {};
  if (context.result()->value == 0) return timeout(context);
  const auto ready = ready_descriptors(context, static_cast<std::uint64_t>(context.result()->value));
  return ready ? make_detail(context.arena(), *ready) : std::span<const Field>{};
}

std::span<const Field> detail_of_ppoll(Context& context) {
  if (context.failed()) return {};
  if (context.result()->value == 0) return timeout(context);
  const auto ready = ready_descriptors(context, static_cast<std::uint64_t>(context.result()->value));
  RecordBuilder detail(context.arena(), 2);
  if (ready) detail.add("", *ready);
  add_time_left(detail, context, timespec_of(context), context.arg(2));
  return detail.fields();
}

std::span<const Field> detail_of_select(Context& context) { return detail_of_sets(context, timeval); }
std::span<const Field> detail_of_pselect6(Context& context) {
  return detail_of_sets(context, timespec_of(context));
}

Decoded decode_fd_set(Context& context, const Argument&, std::uint64_t address) {
  if (static_cast<std::int32_t>(context.arg(0)) <= 0) return make_unread(address);
  return make_bit_set(context, address, set_bytes(context),
                      [&](std::size_t fd) { return make_fd(static_cast<std::int32_t>(fd), context); });
}

// pselect6(2) and io_pgetevents(2): a pointer to a signal set and the size of that, in memory both.
Decoded decode_set_and_size(Context& context, const Argument&, std::uint64_t address) {
  const auto set = address == 0 ? std::nullopt : context.word(address);
  const auto size = address == 0 ? std::nullopt : context.word(address + context.word_size());
  if (!set || !size) return make_unread(address);
  return RecordBuilder(context.arena(), 2)
      .add("sigmask", make_signal_set_of(context, *set, *size))
      .add("sigsetsize", make_unsigned(*size))
      .done();
}

Decoded decode_epoll_event(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::uint32_t epoll_ctl_del = 2;  // ignores the event
  if (static_cast<std::uint32_t>(context.arg(1)) == epoll_ctl_del) return make_address(address);
  return make_epoll_event(context, address);
}

Decoded make_epoll_event(Context& context, std::uint64_t address) {
  return make_structure(context, epoll_event, address);
}

Decoded decode_epoll_events(Context& context, const Argument&, std::uint64_t address) {
  return make_structures(context, epoll_event, address, static_cast<std::uint64_t>(context.result()->value));
}

}  // namespace ptop::decode
