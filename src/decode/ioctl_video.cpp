// ioctl requests of Video4Linux: include/uapi/linux/videodev2.h. Controls are in ioctl_video_controls.cpp.
#include "ioctl.hpp"
#include "ioctl_tables.hpp"

namespace ptop::decode {
namespace {

std::string quoted(std::uint8_t character) {
  if (character == '\'' || character == '\\') return fmt::format("'\\{}'", static_cast<char>(character));
  if (character < 0x20 || character >= 0x7f) return fmt::format("'\\x{:02x}'", unsigned{character});
  return fmt::format("'{}'", static_cast<char>(character));
}

// A format is four characters; its name in the headers is another one.
Decoded show_format(Context& context, const Member& member, std::uint64_t value, const Instance&) {
  const auto at = [&](unsigned i) { return quoted(static_cast<std::uint8_t>(value >> 8 * i)); };
  Arena& arena = context.arena();
  const Decoded code = make_word(arena, value, "v4l2_fourcc({}, {}, {}, {})", at(0), at(1), at(2), at(3));
  const Decoded named = make_symbol(value, *member.table);
  const std::string_view name = std::get<Symbol>(named.what).name;
  return name.empty() ? code : make_remarked(arena, code, name);
}
constexpr Member format_of(std::string_view name, const Table& names) {
  return u32(name).shown_by(show_format, &names);
}

constexpr Member fraction_members[] = {u32("numerator"), u32("denominator")};
constexpr Structure fraction_layout{fraction_members};
Decoded show_fraction(Context& context, const Member&, std::uint64_t address, const Instance&) {
  const auto now = context.object<std::array<std::uint32_t, 2>>(address);
  return now ? make_word(context.arena(), 0, "{}/{}", (*now)[0], (*now)[1]) : make_unread(address);
}
constexpr Member fraction(std::string_view name) {
  return nested(name, fraction_layout).shown_by(show_fraction);
}

constexpr Member rectangle_members[] = {s32("left"), s32("top"), u32("width"), u32("height")};
constexpr Structure rectangle{rectangle_members};

Decoded show_kernel_version(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_word(context.arena(), value, "KERNEL_VERSION({}, {}, {})", value >> 16, value >> 8 & 0xff,
                   value & 0xff);
}
constexpr Member capability_members[] = {text("driver", 16),
                                         text("card", 32),
                                         text("bus_info", 32),
                                         u32("version").shown_by(show_kernel_version),
                                         u32("capabilities").flags(video_capabilities),
                                         u32("device_caps").flags(video_capabilities).unless_zero(),
                                         pad(12)};
constexpr Structure capability{capability_members};

constexpr Member description_members[] = {u32("index"),
                                          u32("type").symbol(video_buffer_types),
                                          u32("flags").flags(video_format_flags),
                                          text("description", 32),
                                          format_of("pixelformat", video_pixel_formats),
                                          u32("mbus_code"),
                                          pad(12)};
constexpr Structure description{description_members};

// The formats of a stream, one per kind of buffer.
constexpr Member picture_members[] = {u32("width"),
                                      u32("height"),
                                      format_of("pixelformat", video_pixel_formats),
                                      u32("field").symbol(video_fields),
                                      u32("bytesperline"),
                                      u32("sizeimage"),
                                      u32("colorspace").symbol(video_colorspaces)};
constexpr Structure picture{picture_members};

constexpr std::uint64_t most_planes = 8;  // VIDEO_MAX_PLANES
constexpr std::uint16_t plane_size = 20;
constexpr Member plane_members[] = {u32("sizeimage"), u32("bytesperline"), pad(12)};
constexpr Structure plane{plane_members};
Decoded show_planes(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return make_structures(context, plane, address, std::min(whole.value("num_planes"), most_planes));
}
constexpr Member planes_members[] = {u32("width"),
                                     u32("height"),
                                     format_of("pixelformat", video_pixel_formats),
                                     u32("field").symbol(video_fields),
                                     u32("colorspace").symbol(video_colorspaces),
                                     raw_bytes("plane_fmt", plane_size* most_planes).shown_by(show_planes),
                                     u8("num_planes")};
constexpr Structure planes{planes_members};

constexpr Member clip_members[] = {nested("c", rectangle)};
constexpr Member clip_and_next_members[] = {nested("c", rectangle), pointer("next")};
constexpr Structure clip{clip_members}, clip_and_next{clip_and_next_members};
Decoded show_clips(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  const std::size_t size = size_of(clip_and_next, context.abi());
  return make_list(context, address, whole.value("clipcount"), size, [&](std::uint64_t at) -> Decoded {
    const auto whole_clip = read_structure(context, clip_and_next, at);
    return whole_clip ? make_structure(context, clip, at) : Decoded{};
  });
}
constexpr Member window_members[] = {nested("w", rectangle),
                                     u32("field").symbol(video_fields),
                                     u32("chromakey").hex(),
                                     pointer("clips").shown_by(show_clips),
                                     u32("clipcount"),
                                     pointer("bitmap"),
                                     u8("global_alpha").hex().unless_zero()};
constexpr Structure window{window_members};

constexpr Member vbi_members[] = {u32("sampling_rate"),
                                  u32("offset"),
                                  u32("samples_per_line"),
                                  format_of("sample_format", video_pixel_formats),
                                  s32("start").times(2),
                                  u32("count").times(2),
                                  u32("flags").flags(video_vbi_flags)};
constexpr Structure vbi{vbi_members};

constexpr std::uint16_t lines_of_field = 24;
constexpr Member lines_members[] = {u16("lines").hex().times(lines_of_field)};
constexpr Structure lines{lines_members};
Decoded show_lines(Context& context, const Member&, std::uint64_t address, const Instance&) {
  auto fields = context.arena().array<Decoded>(2);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::uint64_t at = address + i * size_of(lines, context.abi());
    const Decoded one = make_structure(context, lines, at);
    const auto* const record = std::get_if<Record>(&one.what);
    fields[i] = record == nullptr ? one : *record->fields.front().value;
  }
  return {List{fields}};
}
constexpr Member sliced_members[] = {u16("service_set").flags(video_sliced_services),
                                     raw_bytes("service_lines", 2 * 2 * lines_of_field).shown_by(show_lines),
                                     u32("io_size")};
constexpr Structure sliced{sliced_members};
constexpr Member radio_members[] = {format_of("pixelformat", video_sdr_formats),
                                    u32("buffersize").unless_zero()};
constexpr Structure radio{radio_members};
constexpr Member meta_members[] = {format_of("dataformat", video_meta_formats), u32("buffersize")};
constexpr Structure meta{meta_members};

template <std::uint64_t... types>
bool is_for(const Instance& whole) {
  return ((whole.value("type") == types) || ...);
}
// The union begins with its part that has pointers in it: that one aligns all of them.
constexpr Member format_members[] = {u32("type").symbol(video_buffer_types),
                                     nested("fmt.win", window).when(is_for<3, 8>),
                                     nested("fmt.pix", picture).overlaid().when(is_for<1, 2>),
                                     nested("fmt.pix_mp", planes).overlaid().when(is_for<9, 10>),
                                     nested("fmt.vbi", vbi).overlaid().when(is_for<4, 5>),
                                     nested("fmt.sliced", sliced).overlaid().when(is_for<6, 7>),
                                     nested("fmt.sdr", radio).overlaid().when(is_for<11, 12>),
                                     nested("fmt.meta", meta).overlaid().when(is_for<13, 14>),
                                     raw_bytes("fmt.raw_data", 200).overlaid().when(is_for<>)};
constexpr Structure format{format_members};
constexpr std::string_view asked_format =
    "type fmt.win fmt.pix fmt.pix_mp fmt.vbi fmt.sliced fmt.sdr fmt.meta";
constexpr std::string_view formats = asked_format.substr(5);

constexpr Member created_members[] = {u32("index"), u32("count"), u32("memory").symbol(video_memories),
                                      nested("format", format), pad(32)};
constexpr Structure created{created_members};
constexpr Member shown_created_members[] = {pad(4), u32("count"), u32("memory").symbol(video_memories),
                                            nested("format", format), pad(32)};
constexpr Structure shown_created{shown_created_members};

constexpr Member wanted_members[] = {u32("count"), u32("type").symbol(video_buffer_types),
                                     u32("memory").symbol(video_memories), u32("capabilities"), pad(4)};
constexpr Structure wanted{wanted_members};

constexpr Member time_members[] = {sword("tv_sec"), sword("tv_usec")},
                 time64_members[] = {s64("tv_sec"), s64("tv_usec")};
constexpr Structure time_layout{time_members}, time64_layout{time64_members};
template <std::uint64_t memory>
bool is_in(const Instance& whole) {
  return whole.value("memory") == memory;
}
constexpr auto buffer_members_with(const Structure& time) {
  return std::to_array<Member>({u32("index"), u32("type").symbol(video_buffer_types), u32("bytesused"),
                                u32("flags").flags(video_buffer_flags), u32("field"),
                                nested("timestamp", time), raw_bytes("timecode", 16), u32("sequence"),
                                u32("memory").symbol(video_memories), pointer("m.userptr").when(is_in<2>),
                                u32("m.offset").hex().overlaid().when(is_in<1>), u32("length"), pad(8)});
}
constexpr auto buffer_members = buffer_members_with(time_layout),
               buffer64_members = buffer_members_with(time64_layout);
constexpr Structure buffer{buffer_members}, buffer64{buffer64_members};

// There is more in a buffer than what is shown of it. A 32-bit caller's time has 64 bits if the size in the
// request says so.
Decoded show_buffer(Context& context, const IoctlRequest& request, std::uint64_t address) {
  IoctlRequest own = request;
  if ((context.arg(1) >> 16 & 0x3fff) == size_of(buffer64, context.abi())) own.layout = &buffer64;
  Decoded shown = show_answered(context, own, address);
  auto* const record = std::get_if<Record>(&shown.what);
  if (record != nullptr && context.result() != nullptr) record->more = true;
  return shown;
}

constexpr Member frame_members[] = {u32("capability").hex(), u32("flags").hex(), pointer("base"), pad(32)};
constexpr Structure frame_buffer{frame_members};

constexpr Member capture_members[] = {u32("capability").flags(video_frame_capabilities),
                                      u32("capturemode").flags(video_modes), fraction("timeperframe"),
                                      u32("extendedmode").hex(), u32("readbuffers")};
constexpr Structure capture{capture_members};
constexpr Member output_members[] = {u32("capability").flags(video_frame_capabilities),
                                     u32("outputmode").flags(video_modes), fraction("timeperframe"),
                                     u32("extendedmode").hex(), u32("writebuffers")};
constexpr Structure output{output_members};
constexpr Member stream_members[] = {u32("type").symbol(video_buffer_types),
                                     nested("parm.capture", capture).when(is_for<1>),
                                     nested("parm.output", output).overlaid().when(is_for<2>),
                                     raw_bytes("parm.raw_data", 200).overlaid().when(is_for<>)};
constexpr Structure stream{stream_members};

constexpr Member standard_members[] = {u32("index"),      u64("id").flags(video_standards),
                                       text("name", 24),  fraction("frameperiod"),
                                       u32("framelines"), pad(16)};
constexpr Structure standard{standard_members};
constexpr Member input_members[] = {u32("index"),
                                    text("name", 32),
                                    u32("type").symbol(video_input_types),
                                    u32("audioset").hex(),
                                    u32("tuner"),
                                    u64("std").flags(video_standards),
                                    u32("status").flags(video_input_states),
                                    u32("capabilities").flags(video_input_capabilities),
                                    pad(12)};
constexpr Structure input{input_members};
constexpr Member tuner_members[] = {u32("index"),
                                    text("name", 32),
                                    u32("type").symbol(video_tuners),
                                    u32("capability").flags(video_tuner_capabilities),
                                    u32("rangelow"),
                                    u32("rangehigh"),
                                    u32("rxsubchans").flags(video_tuner_channels),
                                    u32("audmode").symbol(video_audio_modes),
                                    s32("signal"),
                                    s32("afc"),
                                    pad(16)};
constexpr Structure tuner{tuner_members};
constexpr std::string_view tuner_names =
    "index name type capability rangelow rangehigh rxsubchans audmode signal afc";

constexpr Member crop_limits_members[] = {u32("type").symbol(video_buffer_types), nested("bounds", rectangle),
                                          nested("defrect", rectangle), fraction("pixelaspect")};
constexpr Structure crop_limits{crop_limits_members};
constexpr Member crop_members[] = {u32("type").symbol(video_buffer_types), nested("c", rectangle)};
constexpr Structure crop{crop_members};

constexpr Member size_members[] = {u32("width"), u32("height")};
constexpr Structure one_size{size_members};
constexpr Member sizes_members[] = {u32("min_width"),  u32("max_width"),  u32("step_width"),
                                    u32("min_height"), u32("max_height"), u32("step_height")};
constexpr Structure sizes{sizes_members};
constexpr Member frame_size_members[] = {u32("index"),
                                         format_of("pixel_format", video_pixel_formats),
                                         u32("type").symbol(video_size_types),
                                         nested("discrete", one_size).when(is_for<1>),
                                         nested("stepwise", sizes).overlaid().when(is_for<3>),
                                         pad(8)};
constexpr Structure frame_size{frame_size_members};
constexpr Member intervals_members[] = {fraction("min"), fraction("max"), fraction("step")};
constexpr Structure intervals{intervals_members};
constexpr Member interval_members[] = {u32("index"),
                                       format_of("pixel_format", video_pixel_formats),
                                       u32("width"),
                                       u32("height"),
                                       u32("type").symbol(video_interval_types),
                                       fraction("discrete").when(is_for<1>),
                                       nested("stepwise", intervals).overlaid().when(is_for<2, 3>),
                                       pad(8)};
constexpr Structure frame_interval{interval_members};

constexpr std::string_view answered_buffer = "memory m.offset m.userptr length bytesused flags";

constexpr IoctlRequest requests[] = {
    gets(0x80685600, capability),                                                  // VIDIOC_QUERYCAP
    asks(0xc0405602, description, "index type", "flags description pixelformat"),  // VIDIOC_ENUM_FMT
    asks(0xc0d05604, format, "type", formats),                                     // VIDIOC_G_FMT
    exchanges(0xc0d05605, format, asked_format, formats),                          // VIDIOC_S_FMT
    exchanges(0xc0d05640, format, asked_format, formats),                          // VIDIOC_TRY_FMT
    asks(0xc0145608, wanted, "type memory count", "count", show_adjusted),         // VIDIOC_REQBUFS
    asks(0xc0585609, buffer, "type index", answered_buffer, show_buffer),          // VIDIOC_QUERYBUF
    asks(0xc058560f, buffer, "type index", answered_buffer, show_buffer),          // VIDIOC_QBUF
    asks(0xc0585611, buffer, "type", "index memory m.offset m.userptr length bytesused flags timestamp",
         show_buffer),                                             // VIDIOC_DQBUF
    gets(0x8030560a, frame_buffer),                                // VIDIOC_G_FBUF
    gives(0x4030560b, frame_buffer),                               // VIDIOC_S_FBUF
    gives(0x40045612, show_symbol_behind, &video_buffer_types),    // VIDIOC_STREAMON
    gives(0x40045613, show_symbol_behind, &video_buffer_types),    // VIDIOC_STREAMOFF
    asks(0xc0cc5615, stream, "type", "parm.capture parm.output"),  // VIDIOC_G_PARM
    exchanges(0xc0cc5616, stream, "type parm.capture parm.output",
              "parm.capture parm.output"),                                                 // VIDIOC_S_PARM
    gets(0x80085617, show_hex64_behind),                                                   // VIDIOC_G_STD
    gives(0x40085618, show_hex64_behind),                                                  // VIDIOC_S_STD
    asks(0xc0485619, standard, "index", "name frameperiod framelines"),                    // VIDIOC_ENUMSTD
    asks(0xc050561a, input, "index", "name type audioset tuner std status capabilities"),  // VIDIOC_ENUMINPUT
    asks(0xc054561d, tuner, "index", tuner_names.substr(6)),                               // VIDIOC_G_TUNER
    exchanges(0x4054561e, tuner, tuner_names, tuner_names.substr(6)),                      // VIDIOC_S_TUNER
    gets(0x80045626, show_uint_behind),                                                    // VIDIOC_G_INPUT
    gives(0xc0045627, show_uint_behind),                                                   // VIDIOC_S_INPUT
    asks(0xc02c563a, crop_limits, "type", "bounds defrect pixelaspect"),                   // VIDIOC_CROPCAP
    asks(0xc014563b, crop, "type", "c"),                                                   // VIDIOC_G_CROP
    gives(0x4014563c, crop),                                                               // VIDIOC_S_CROP
    asks(0xc02c564a, frame_size, "index pixel_format", "type discrete stepwise"),  // VIDIOC_ENUM_FRAMESIZES
    asks(0xc034564b, frame_interval, "index pixel_format width height",
         "type discrete stepwise"),    // VIDIOC_ENUM_FRAMEINTERVALS
    gives(0xc100565c, shown_created),  // VIDIOC_CREATE_BUFS
};

}  // namespace

std::span<const Field> detail_of_created_buffers(Context& context) {
  const auto now = read_structure(context, created, context.arg(2));
  if (!now) return {};
  RecordBuilder record(context.arena(), 2);
  add_members(record, context, *now, "index count");
  return make_detail(context.arena(), record.done());
}

std::span<const IoctlRequest> video_requests() { return requests; }

}  // namespace ptop::decode
