// ioctl requests of Video4Linux's controls: include/uapi/linux/videodev2.h, v4l2-controls.h.
#include "ioctl.hpp"
#include "ioctl_tables.hpp"

namespace ptop::decode {
namespace {

std::string_view name_in(std::uint64_t value, const Table& table) {
  const Decoded named = make_symbol(value, table);
  return std::get<Symbol>(named.what).name;
}

// One that has no name is so many behind its class.
std::string control_text(std::uint64_t value) {
  constexpr std::uint64_t size_of_class = 0x10000;
  if (const auto name = name_in(value, video_controls); !name.empty()) return std::string(name);
  std::optional<FlagName> nearest;
  for (const FlagName row : video_control_classes.rows) {
    if (row.value <= value && (!nearest || row.value > nearest->value)) nearest = row;
  }
  if (nearest && value - nearest->value < size_of_class) {
    const std::uint64_t behind = value - nearest->value;
    return fmt::format("{}+{}", nearest->name, behind == 0 ? "0" : fmt::format("{:#x}", behind));
  }
  return value == 0 ? "0 /* V4L2_CID_??? */" : fmt::format("{:#x} /* V4L2_CID_??? */", value);
}

Decoded show_control(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_word(context.arena(), value, "{}", control_text(value));
}

// With a flag it is the next control that is asked for.
Decoded show_wanted_control(Context& context, const Member& member, std::uint64_t value,
                            const Instance& whole) {
  std::uint64_t rest = value;
  std::string flags;
  for (const FlagName row : video_next_controls.rows) {
    if ((value & row.value) == 0) continue;
    flags += fmt::format("{}|", row.name);
    rest &= ~row.value;
  }
  if (context.result() != nullptr || flags.empty()) return show_control(context, member, value, whole);
  return make_word(context.arena(), value, "{}{}", flags, control_text(rest));
}

constexpr Member control_members[] = {u32("id").shown_by(show_control), s32("value")};
constexpr Structure control{control_members};

constexpr Member query_members[] = {u32("id").shown_by(show_wanted_control),
                                    u32("type").symbol(video_control_types),
                                    text("name", 32),
                                    s32("minimum").with_v(),
                                    s32("maximum").with_v(),
                                    s32("step").with_v(),
                                    s32("default_value").with_v(),
                                    u32("flags").flags(video_control_flags).with_v(),
                                    u32("reserved").hex().times(2).unless_zero().with_v()};
constexpr Structure query{query_members};
constexpr std::string_view answered_query = "id type name minimum maximum step default_value flags reserved";

constexpr std::uint64_t most_dimensions = 4;  // V4L2_CTRL_MAX_DIMS
Decoded show_dimensions(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  const std::uint64_t count = std::min(whole.value("nr_of_dims"), most_dimensions);
  return make_list(context, address, count, 4, [&](std::uint64_t at) -> Decoded {
    const auto size = context.object<std::uint32_t>(at);
    return size ? make_unsigned(*size) : Decoded{};
  });
}
constexpr Member query_ext_members[] = {u32("id").shown_by(show_wanted_control),
                                        u32("type").symbol(video_control_types),
                                        text("name", 32),
                                        s64("minimum").with_v(),
                                        s64("maximum").with_v(),
                                        u64("step").with_v(),
                                        s64("default_value").with_v(),
                                        u32("flags").flags(video_control_flags).with_v(),
                                        u32("elem_size").with_v(),
                                        u32("elems").with_v(),
                                        u32("nr_of_dims").with_v(),
                                        raw_bytes("dims", 16).shown_by(show_dimensions).with_v(),
                                        u32("reserved").hex().times(32).unless_zero().with_v()};
constexpr Structure query_ext{query_ext_members};
constexpr std::string_view answered_query_ext =
    "id type name minimum maximum step default_value flags elem_size elems nr_of_dims dims reserved";

// Several controls at once. One that is no number has a size, and is elsewhere.
Decoded show_elsewhere(Context& context, const Member&, std::uint64_t value, const Instance& whole) {
  const std::uint64_t address = context.word_size() == 4 ? value & UINT32_MAX : value;
  return make_bytes(context, address, whole.value("size"));
}
bool is_elsewhere(const Instance& whole) { return whole.value("size") != 0; }
bool is_number(const Instance& whole) { return whole.value("size") == 0; }
constexpr Member one_members[] = {u32("id").symbol(video_controls),
                                  u32("size"),
                                  pad(4),
                                  u64("string").shown_by(show_elsewhere).when(is_elsewhere),
                                  s32("value").overlaid().when(is_number),
                                  s64("value64").overlaid().when(is_number)};
constexpr Structure one_control{.members = one_members, .packed = true};

Decoded show_each(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return make_structures(context, one_control, address, whole.value("count"));
}
constexpr Member several_members[] = {u32("ctrl_class").symbol(video_control_classes),
                                      u32("count"),
                                      u32("error_idx"),
                                      s32("request_fd"),
                                      pad(4),
                                      pointer("controls").shown_by(show_each)};
constexpr Structure several{several_members};

/// Nothing more is said of none, nor of those that could not be read.
bool is_all(const Context& context, const Instance& now) {
  const auto* const asked = std::get_if<Record>(&context.before()->what);
  if (asked == nullptr || now.value("count") == 0) return true;
  const Field& last = asked->fields.back();
  if (last.name != "controls") return false;
  const auto* const shown = std::get_if<List>(&last.value->what);
  return shown == nullptr || shown->unread_from != 0;
}

// The kernel says which one it did not like.
Decoded show_several(Context& context, const IoctlRequest& request, std::uint64_t address, ShowIoctl show) {
  IoctlRequest own = request;
  const auto now = read_structure(context, several, address);
  if (context.result() == nullptr) {
    if (now && now->value("count") == 0) own.asked = "ctrl_class count";
  } else {
    if (!now || is_all(context, *now)) return *context.before();
    own.answered = context.failed() ? "controls error_idx" : "controls";
  }
  return show(context, own, address);
}
Decoded show_several_asked(Context& context, const IoctlRequest& request, std::uint64_t address) {
  return show_several(context, request, address, show_answered);
}
Decoded show_several_given(Context& context, const IoctlRequest& request, std::uint64_t address) {
  return show_several(context, request, address, show_exchanged);
}

constexpr IoctlRequest requests[] = {
    asks(0xc008561b, control, "id", "value"),                              // VIDIOC_G_CTRL
    asks(0xc008561c, control, "id value", "value", show_adjusted),         // VIDIOC_S_CTRL
    asks(0xc0445624, query, "id", answered_query, show_adjusted),          // VIDIOC_QUERYCTRL
    asks(0xc0e85667, query_ext, "id", answered_query_ext, show_adjusted),  // VIDIOC_QUERY_EXT_CTRL
    asks(0xc0205647, several, "ctrl_class count", "controls", show_several_asked)
        .though_it_failed(),  // VIDIOC_G_EXT_CTRLS
    asks(0xc0205648, several, "ctrl_class count controls", "controls", show_several_given)
        .though_it_failed(),  // VIDIOC_S_EXT_CTRLS
    asks(0xc0205649, several, "ctrl_class count controls", "controls", show_several_given)
        .though_it_failed(),  // VIDIOC_TRY_EXT_CTRLS
};

}  // namespace

std::span<const IoctlRequest> video_control_requests() { return requests; }

}  // namespace ptop::decode
