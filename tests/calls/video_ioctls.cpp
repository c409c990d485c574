// ioctl: requests of Video4Linux. On a descriptor that is none there are no answers, but those that strace
// shows of calls that failed.
#include "calls.hpp"

#include <linux/videodev2.h>
#include <sys/ioctl.h>

#include <initializer_list>

namespace {

/// On a descriptor that is none, with the value at the end of what is mapped.
template <class T>
void give(unsigned long request, const T& value) {
  call(SYS_ioctl, -1, request, at_end(value));
}
void bare(unsigned long request, long value = 0) { call(SYS_ioctl, -1, request, value); }
/// With all bytes the same, at unreadable memory, and at the end of it.
template <class T>
void give_odd(unsigned long request) {
  T value;
  for (const int byte : {0xff, 0, 0x41}) {
    std::memset(static_cast<void*>(&value), byte, sizeof value);
    give(request, value);
  }
  call(SYS_ioctl, -1, request, nowhere), call(SYS_ioctl, -1, request, nullptr);
  call(SYS_ioctl, -1, request, low + low_size - sizeof value + 1);
}
template <class T>
T of_type(unsigned type, int byte) {
  T value;
  std::memset(static_cast<void*>(&value), byte, sizeof value);
  value.type = type;
  return value;
}

constexpr Case list[] = {
    {"formats",
     [] {
       for (unsigned type = 0; type < 16; ++type) {
         give(VIDIOC_G_FMT, of_type<v4l2_format>(type, 0xff));
         for (const int byte : {0xff, 0, 0x41}) give(VIDIOC_S_FMT, of_type<v4l2_format>(type, byte));
         give(VIDIOC_TRY_FMT, of_type<v4l2_format>(type, 2));
       }
       give_odd<v4l2_format>(VIDIOC_S_FMT), give_odd<v4l2_format>(VIDIOC_G_FMT);
     }},
    {"pictures",
     [] {
       for (unsigned n = 0; n < 16; ++n) {
         v4l2_format f{V4L2_BUF_TYPE_VIDEO_CAPTURE};
         f.fmt.pix = {640, 480, V4L2_PIX_FMT_YUYV, n, 1280, 614400, n};
         give(VIDIOC_S_FMT, f);
         f.type = V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE;
         f.fmt.pix_mp = {640, 480, V4L2_PIX_FMT_NV12M, n, n, {{1, 2}, {3, 4}}};
         f.fmt.pix_mp.num_planes = static_cast<__u8>(n);
         give(VIDIOC_S_FMT, f);
         f.type = V4L2_BUF_TYPE_SLICED_VBI_CAPTURE;
         f.fmt.sliced = {static_cast<__u16>(1U << n)};
         give(VIDIOC_S_FMT, f);
       }
       v4l2_format f{V4L2_BUF_TYPE_SDR_CAPTURE};
       f.fmt.sdr = {V4L2_SDR_FMT_CU8, 5};
       give(VIDIOC_S_FMT, f);
       f.type = V4L2_BUF_TYPE_META_CAPTURE, f.fmt.meta.dataformat = V4L2_META_FMT_UVC;
       give(VIDIOC_S_FMT, f);
     }},
    {"clips",
     [] {
       v4l2_format f{V4L2_BUF_TYPE_VIDEO_OVERLAY};
       f.fmt.win = {{1, -2, 3, 4}, V4L2_FIELD_NONE, 0x123, nullptr, 2, low, 7};
       f.fmt.win.clips = *in_low<v4l2_clip[2]>({{{1, 2, 3, 4}, nullptr}, {{-1, -2, 5, 6}, nullptr}});
       give(VIDIOC_S_FMT, f);
       f.fmt.win.clipcount = 0;
       give(VIDIOC_S_FMT, f);
       f.fmt.win.clipcount = 3, f.fmt.win.clips = static_cast<v4l2_clip*>(nowhere),
       f.fmt.win.global_alpha = 0;
       give(VIDIOC_TRY_FMT, f);
       f.fmt.win.clips = reinterpret_cast<v4l2_clip*>(low + low_size - 2 * sizeof(v4l2_clip));
       call(SYS_ioctl, -1, VIDIOC_S_FMT, in_low(f));
     }},
    {"characters",
     [] {
       for (unsigned c = 0; c < 256; ++c)
         give(VIDIOC_ENUM_FRAMESIZES, v4l2_frmsizeenum{c, c | c << 8 | 'x' << 16 | (255 - c) << 24});
     }},
    {"lists",
     [] {
       give(VIDIOC_ENUM_FMT, v4l2_fmtdesc{1, V4L2_BUF_TYPE_VIDEO_CAPTURE});
       give(VIDIOC_ENUM_FRAMESIZES, v4l2_frmsizeenum{1, V4L2_PIX_FMT_MJPEG, V4L2_FRMSIZE_TYPE_DISCRETE});
       give(VIDIOC_ENUM_FRAMEINTERVALS, v4l2_frmivalenum{1, V4L2_PIX_FMT_H264, 3, 4});
       give(VIDIOC_ENUMSTD, v4l2_standard{5}), give(VIDIOC_ENUMINPUT, v4l2_input{6});
       give_odd<v4l2_fmtdesc>(VIDIOC_ENUM_FMT), give_odd<v4l2_frmsizeenum>(VIDIOC_ENUM_FRAMESIZES);
       give_odd<v4l2_frmivalenum>(VIDIOC_ENUM_FRAMEINTERVALS), give_odd<v4l2_standard>(VIDIOC_ENUMSTD);
       give_odd<v4l2_input>(VIDIOC_ENUMINPUT), give_odd<v4l2_cropcap>(VIDIOC_CROPCAP);
       give_odd<v4l2_crop>(VIDIOC_G_CROP), give_odd<v4l2_crop>(VIDIOC_S_CROP);
       bare(VIDIOC_QUERYCAP, 0x1000), bare(VIDIOC_G_INPUT, 0x1000), bare(VIDIOC_G_STD, 0x1000);
       bare(VIDIOC_G_FBUF, 0x1000), bare(VIDIOC_QUERYSTD, 0x1000);
     }},
    {"buffers",
     [] {
       for (unsigned n = 0; n < 16; ++n) {
         give(VIDIOC_REQBUFS, v4l2_requestbuffers{n, n, n});
         v4l2_create_buffers c{1, n, n};
         c.format.type = n;
         give(VIDIOC_CREATE_BUFS, c);
         give(VIDIOC_STREAMON, n), give(VIDIOC_STREAMOFF, n);
       }
       for (const unsigned long r : {VIDIOC_REQBUFS, VIDIOC_STREAMON, VIDIOC_S_STD, VIDIOC_S_INPUT})
         call(SYS_ioctl, -1, r, nowhere), call(SYS_ioctl, -1, r, nullptr);
       give_odd<v4l2_create_buffers>(VIDIOC_CREATE_BUFS);
       give_odd<v4l2_framebuffer>(VIDIOC_S_FBUF);
       give(VIDIOC_S_STD, v4l2_std_id{0xff0000ff}), give(VIDIOC_S_INPUT, -1);
     }},
    {"queue",
     [] {
       for (const unsigned long r : {VIDIOC_QUERYBUF, VIDIOC_QBUF, VIDIOC_DQBUF}) give_odd<v4l2_buffer>(r);
     }},
    {"queue_time64",
     [] {
       // As a 32-bit program has it that was built with times of 64 bits.
       if constexpr (sizeof(long) != 4) return;
       const std::array<std::uint32_t, 19> buffer{1, 2, 3, 4, 5, 6, 0, 7, 0, 0, 0, 0, 0, 8, 1, 0x1000, 9};
       for (const unsigned long r : {0xc04c5609UL, 0xc04c560fUL, 0xc04c5611UL})
         give(r, buffer), call(SYS_ioctl, -1, r, nowhere);
       bare(0xc04c565d, 0x1000), bare(0x80805659, 0x1000);
     }},
    {"parameters",
     [] {
       for (unsigned type = 0; type < 4; ++type) {
         for (const int byte : {0, 1, 0xff}) {
           give(VIDIOC_G_PARM, of_type<v4l2_streamparm>(type, byte));
           give(VIDIOC_S_PARM, of_type<v4l2_streamparm>(type, byte));
         }
       }
       for (unsigned n = 0; n < 8; ++n) {
         v4l2_tuner t{n, "tuner", n, 1U << n, 5, 6, 1U << n, n, -7, -8};
         give(VIDIOC_S_TUNER, t), give(VIDIOC_G_TUNER, t);
       }
       give_odd<v4l2_streamparm>(VIDIOC_S_PARM), give_odd<v4l2_tuner>(VIDIOC_S_TUNER);
     }},
    {"controls",
     [] {
       for (unsigned id = V4L2_CID_BASE; id <= V4L2_CID_COLORFX_CBCR; ++id)
         give(VIDIOC_G_CTRL, v4l2_control{id});
       for (unsigned kind = 0x97; kind < 0xa8; ++kind) {
         if (kind != 0x9d && kind != 0xa0 && kind < 0xa4)
           give(VIDIOC_S_CTRL, v4l2_control{kind << 16 | 0x901, -5});
         give(VIDIOC_S_CTRL, v4l2_control{kind << 16, 1}),
             give(VIDIOC_S_CTRL, v4l2_control{kind << 16 | 0xffff});
       }
       for (const unsigned flags : {0U, 0x80000000U, 0x40000000U, 0xc0000000U, 0x20000000U}) {
         give(VIDIOC_QUERYCTRL, v4l2_queryctrl{flags});
         give(VIDIOC_QUERYCTRL, v4l2_queryctrl{flags | V4L2_CID_HUE});
         give(VIDIOC_QUERY_EXT_CTRL, v4l2_query_ext_ctrl{flags | V4L2_CID_GAIN});
       }
       give_odd<v4l2_control>(VIDIOC_S_CTRL), give_odd<v4l2_queryctrl>(VIDIOC_QUERYCTRL);
       give_odd<v4l2_query_ext_ctrl>(VIDIOC_QUERY_EXT_CTRL);
     }},
    {"controls_newer", [] { give(VIDIOC_G_CTRL, v4l2_control{V4L2_CID_CAMERA_ORIENTATION}); }},
    {"several_controls",
     [] {
       v4l2_ext_control one[4] = {{V4L2_CID_HUE}, {V4L2_CID_GAIN, 4}, {77}, {V4L2_CID_CONTRAST, 5}};
       one[0].value = -5, one[1].string = in_low(std::array<char, 4>{'a', 'b', 0, 'c'}, 1024)->data();
       one[2].value64 = 0x123456789, one[3].string = static_cast<char*>(nowhere);
       v4l2_ext_controls c{};
       c.ctrl_class = V4L2_CTRL_CLASS_USER, c.count = 4, c.error_idx = 2;
       c.controls = *in_low(one);
       for (const unsigned long r : {VIDIOC_G_EXT_CTRLS, VIDIOC_S_EXT_CTRLS, VIDIOC_TRY_EXT_CTRLS}) {
         c.count = 4, c.controls = reinterpret_cast<v4l2_ext_control*>(low);
         give(r, c);
         c.count = 0, c.ctrl_class = 0;
         give(r, c);
         c.count = 3, c.ctrl_class = V4L2_CTRL_CLASS_MPEG, c.controls = nullptr;
         give(r, c);
         c.controls = static_cast<v4l2_ext_control*>(nowhere);
         give(r, c);
         c.controls = reinterpret_cast<v4l2_ext_control*>(low + low_size - 2 * sizeof(v4l2_ext_control));
         c.count = ~0U;
         call(SYS_ioctl, -1, r, in_low(c, 512));
         give_odd<v4l2_ext_controls>(r);
       }
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
