// Waiting for several descriptors at once: poll and epoll.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"

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

// Those that something happened to: ([{fd=0, revents=POLLIN}]), (Timeout).
std::span<const Field> detail_of_poll(Context& context) {
  if (context.failed()) return {};
  Arena& arena = context.arena();
  const auto detail = [&](const Decoded& what) { return RecordBuilder(arena, 1).add("", what).fields(); };
  if (context.result()->value == 0) return detail(make_word(arena, 0, "Timeout"));
  const auto count = static_cast<std::uint32_t>(context.arg(1));
  const auto shown = std::min<std::size_t>(count, context.options().string_limit);
  auto items = arena.array<Decoded>(static_cast<std::size_t>(
      std::min<std::uint64_t>(static_cast<std::uint64_t>(context.result()->value), shown)));
  std::size_t used = 0;
  for (std::size_t i = 0; i < count && used < items.size(); ++i) {
    const auto entry = context.object<KernelPollfd>(context.arg(0) + i * sizeof(KernelPollfd));
    if (!entry) return {};
    if (entry->revents == 0) continue;
    items[used++] = RecordBuilder(arena, 2)
                        .add("fd", make_signed(entry->fd))
                        .add("revents", {make_flags(arena, entry->revents, poll_events)})
                        .done();
  }
  return detail({List{items.first(used)}});
}

Decoded decode_epoll_event(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::uint32_t epoll_ctl_del = 2;  // ignores the event
  if (static_cast<std::uint32_t>(context.arg(1)) == epoll_ctl_del) return make_address(address);
  return make_structure(context, epoll_event, address);
}

Decoded decode_epoll_events(Context& context, const Argument&, std::uint64_t address) {
  return make_structures(context, epoll_event, address, static_cast<std::uint64_t>(context.result()->value));
}

}  // namespace ptop::decode
