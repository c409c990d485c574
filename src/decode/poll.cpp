// Waiting for several descriptors at once: poll and epoll.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"

namespace ptop::decode {
namespace {

struct KernelPollfd {
  std::int32_t fd;
  std::uint16_t events, revents;
};

// include/uapi/linux/eventpoll.h: packed on x86-64, so that both of its ABIs agree.
struct __attribute__((packed)) KernelEpollEvent {
  std::uint32_t events;
  std::uint64_t data;
};

Decoded epoll_event(Arena& arena, const KernelEpollEvent& event) {
  const std::uint64_t data = event.data;
  Decoded words = RecordBuilder(arena, 2)
                      .add("u32", make_unsigned(data & 0xffffffff))
                      .add("u64", make_unsigned(data))
                      .done();
  return RecordBuilder(arena, 2)
      .add("events", {make_flags(arena, event.events, epoll_events)})
      .add("data", words)
      .done();
}

}  // namespace

Decoded decode_pollfds(Context& context, const Argument& argument, std::uint64_t address) {
  if (address == 0) return make_address(0);
  const auto count = static_cast<std::uint32_t>(context.arg(argument.length.index));
  const auto shown = std::min<std::size_t>(count, context.options().string_limit);
  Arena& arena = context.arena();
  auto items = arena.array<Decoded>(shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto entry = context.object<KernelPollfd>(address + i * sizeof(KernelPollfd));
    if (!entry) return make_unread(address);
    RecordBuilder record(arena, 2);
    record.add("fd", make_fd(entry->fd, context));
    if (entry->fd >= 0) record.add("events", {make_flags(arena, entry->events, poll_events)});
    items[i] = record.done();
  }
  return {List{items, count > shown}};
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
  const auto event = context.object<KernelEpollEvent>(address);
  return event ? epoll_event(context.arena(), *event) : make_unread(address);
}

Decoded decode_epoll_events(Context& context, const Argument&, std::uint64_t address) {
  const auto count = static_cast<std::size_t>(context.result()->value);
  const auto shown = std::min(count, context.options().string_limit);
  auto items = context.arena().array<Decoded>(shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto event = context.object<KernelEpollEvent>(address + i * sizeof(KernelEpollEvent));
    if (!event) return make_unread(address);
    items[i] = epoll_event(context.arena(), *event);
  }
  return {List{items, count > shown}};
}

}  // namespace ptop::decode
