// Requests of ioctl(2) that were answered: no device that does is at hand where the tests run.
#include <cerrno>
#include <cstring>

#include <linux/btrfs.h>
#include <linux/videodev2.h>
#include <scsi/sg.h>

#include "ioctl.hpp"
#include "stage.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::decode;

namespace {

struct Device : Stage {
  /// The argument as it was asked, and as it is after the answer.
  template <class T>
  std::string answered(std::uint64_t request, const T& asked, const T& answer, std::int64_t result = 0) {
    options.verbose = true;
    const std::uint64_t address = memory.put_object(0x10000, asked);
    enter("ioctl", {3, request, address});
    memory.put_object(0x10000, answer);
    const std::string all = exit(result);
    return all.substr(all.find("arg=") + 4);
  }
};

}  // namespace

TEST_CASE("ioctl: structures have the size that is in their request's number", "[decode]") {
  constexpr std::uint32_t key_alone = 0xd0009411;  // BTRFS_IOC_TREE_SEARCH: without its buffer
  for (const auto requests : {btrfs_requests(), btrfs_list_requests(), video_requests(),
                              video_control_requests(), input_requests(), device_requests()}) {
    for (const IoctlRequest& request : requests) {
      const std::uint32_t size = request.code >> 16 & 0x3fff;
      if (request.layout == nullptr || size == 0 || request.code == key_alone) continue;
      INFO(std::hex << request.code);
      // Some answers are behind what is described.
      if (request.show == show_structure_behind || !request.asked.empty())
        CHECK(size_of(*request.layout, Abi::lp64) == size);
    }
  }
}

TEST_CASE("ioctl: an answer stands behind the question", "[decode]") {
  Device device;
  v4l2_fmtdesc asked{};
  asked.index = 1, asked.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  v4l2_fmtdesc answer = asked;
  answer.flags = V4L2_FMT_FLAG_COMPRESSED, answer.pixelformat = V4L2_PIX_FMT_MJPEG;
  std::strcpy(reinterpret_cast<char*>(answer.description), "Motion-JPEG");
  CHECK(device.answered(VIDIOC_ENUM_FMT, asked, answer) ==
        "{index=1, type=V4L2_BUF_TYPE_VIDEO_CAPTURE, flags=V4L2_FMT_FLAG_COMPRESSED, "
        "description=\"Motion-JPEG\", pixelformat=v4l2_fourcc('M', 'J', 'P', 'G') /* V4L2_PIX_FMT_MJPEG */}");
  CHECK(device.answered(VIDIOC_ENUM_FMT, asked, answer, -EINVAL) ==
        "{index=1, type=V4L2_BUF_TYPE_VIDEO_CAPTURE}");
}

TEST_CASE("ioctl: what the kernel adjusts has an arrow where it did", "[decode]") {
  Device device;
  v4l2_requestbuffers asked{}, answer{};
  asked.count = answer.count = 4, asked.type = answer.type = 1, asked.memory = answer.memory = 1;
  const std::string head = "{type=V4L2_BUF_TYPE_VIDEO_CAPTURE, memory=V4L2_MEMORY_MMAP, ";
  CHECK(device.answered(VIDIOC_REQBUFS, asked, answer) == head + "count=4}");
  answer.count = 2;
  CHECK(device.answered(VIDIOC_REQBUFS, asked, answer) == head + "count=4 => 2}");
  v4l2_control value{V4L2_CID_HUE, -5}, changed{V4L2_CID_HUE, -4};
  CHECK(device.answered(VIDIOC_S_CTRL, value, value) == "{id=V4L2_CID_HUE, value=-5}");
  CHECK(device.answered(VIDIOC_S_CTRL, value, changed) == "{id=V4L2_CID_HUE, value=-5 => -4}");
}

TEST_CASE("ioctl: the next control is the one that is found", "[decode]") {
  Device device;
  v4l2_queryctrl asked{}, answer{};
  asked.id = V4L2_CTRL_FLAG_NEXT_CTRL, answer.id = V4L2_CID_GAIN, answer.type = V4L2_CTRL_TYPE_INTEGER;
  answer.maximum = 255;
  std::strcpy(reinterpret_cast<char*>(answer.name), "Gain");
  CHECK(device.answered(VIDIOC_QUERYCTRL, asked, answer) ==
        "{id=V4L2_CTRL_FLAG_NEXT_CTRL|0 /* V4L2_CID_??? */ => V4L2_CID_GAIN, type=V4L2_CTRL_TYPE_INTEGER, "
        "name=\"Gain\", minimum=0, maximum=255, step=0, default_value=0, flags=0x0}");
}

TEST_CASE("ioctl: a buffer taken from the queue says where and when", "[decode]") {
  Device device;
  v4l2_buffer asked{}, answer{};
  asked.type = answer.type = 1, answer.index = 2, answer.memory = V4L2_MEMORY_MMAP, answer.m.offset = 0x1000;
  answer.length = 8192, answer.bytesused = 100, answer.flags = V4L2_BUF_FLAG_DONE, answer.timestamp = {5, 6};
  CHECK(
      device.answered(VIDIOC_DQBUF, asked, answer) ==
      "{type=V4L2_BUF_TYPE_VIDEO_CAPTURE, index=2, memory=V4L2_MEMORY_MMAP, m.offset=0x1000, length=8192, "
      "bytesused=100, flags=V4L2_BUF_FLAG_DONE|V4L2_BUF_FLAG_TIMESTAMP_UNKNOWN|V4L2_BUF_FLAG_TSTAMP_SRC_EOF, "
      "timestamp={tv_sec=5, tv_usec=6}, ...}");
}

TEST_CASE("ioctl: formats that were tried, and those that came of them", "[decode]") {
  Device device;
  v4l2_format asked{}, answer{};
  asked.type = answer.type = V4L2_BUF_TYPE_META_CAPTURE, asked.fmt.meta = {0, 1};
  answer.fmt.meta = {V4L2_META_FMT_UVC, 2};
  CHECK(device.answered(VIDIOC_TRY_FMT, asked, answer) ==
        "{type=V4L2_BUF_TYPE_META_CAPTURE, fmt.meta={dataformat=v4l2_fourcc('\\x00', '\\x00', '\\x00', "
        "'\\x00'), "
        "buffersize=1}} => {fmt.meta={dataformat=v4l2_fourcc('U', 'V', 'C', 'H') /* V4L2_META_FMT_UVC */, "
        "buffersize=2}}");
  asked.type = answer.type = 99;
  CHECK(device.answered(VIDIOC_TRY_FMT, asked, answer) == "{type=0x63 V4L2_BUF_TYPE_???}");
}

TEST_CASE("ioctl: buffers that were made are told beside the result", "[decode]") {
  Device device;
  v4l2_create_buffers asked{}, answer{};
  asked.count = 3, answer.index = 4, answer.count = 2;
  device.answered(VIDIOC_CREATE_BUFS, asked, answer);
  REQUIRE(device.call.detail.size() == 1);
  CHECK(printed(*device.call.detail.front().value) == "{index=4, count=2}");
}

TEST_CASE("ioctl: btrfs names the tree if it was asked for the one of the descriptor", "[decode]") {
  Device device;
  btrfs_ioctl_ino_lookup_args asked{0, 256, ""}, answer{5, 256, "path/"};
  CHECK(device.answered(BTRFS_IOC_INO_LOOKUP, asked, answer) ==
        "{treeid=0, objectid=BTRFS_FIRST_FREE_OBJECTID} => {treeid=BTRFS_FS_TREE_OBJECTID, name=\"path/\"}");
  asked.treeid = 5;
  CHECK(device.answered(BTRFS_IOC_INO_LOOKUP, asked, answer) ==
        "{treeid=BTRFS_FS_TREE_OBJECTID, objectid=BTRFS_FIRST_FREE_OBJECTID} => {name=\"path/\"}");
}

TEST_CASE("ioctl: items that a search of btrfs found end where the buffer does", "[decode]") {
  Device device;
  btrfs_ioctl_search_args asked{}, answer{};
  answer.key.nr_items = 1000000;
  const btrfs_ioctl_search_header first{1, 5, 2, 1, 16}, second{3, 256, 4, 84, 0xffffffff};
  std::memcpy(answer.buf, &first, sizeof first);
  std::memcpy(answer.buf + sizeof first + 16, &second, sizeof second);
  const std::string shown = device.answered(BTRFS_IOC_TREE_SEARCH, asked, answer);
  CHECK(shown.substr(shown.find("=>")) ==
        "=> {key={nr_items=1000000}, buf=[{transid=1, objectid=BTRFS_FS_TREE_OBJECTID, offset=2, "
        "type=BTRFS_INODE_ITEM_KEY, len=16}, {transid=3, objectid=BTRFS_FIRST_FREE_OBJECTID, offset=4, "
        "type=BTRFS_DIR_ITEM_KEY, len=4294967295}, ...]}");
}

TEST_CASE("ioctl: a search of btrfs without room says how much it wants", "[decode]") {
  Device device;
  const std::array<std::uint64_t, 14> asked{}, answer{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 777};
  const std::string shown = device.answered(BTRFS_IOC_TREE_SEARCH_V2, asked, answer, -EOVERFLOW);
  CHECK(shown.substr(shown.find("=>")) == "=> {buf_size=777}");
  CHECK(device.answered(BTRFS_IOC_TREE_SEARCH_V2, asked, answer, -EPERM).find("=>") == std::string::npos);
}

TEST_CASE("ioctl: paths of btrfs are where its buffer says, and no more than fit", "[decode]") {
  Device device;
  struct {
    std::uint32_t head[4];  // struct btrfs_data_container
    std::uint64_t offsets[2];
    char paths[8];
  } buffer{{1, 2, 2, 3}, {16, 20}, "abc\0d"};
  btrfs_ioctl_ino_path_args asked{257, 4096, {}, device.memory.put_object(0x40000, buffer)};
  const std::string head =
      "{inum=257, size=4096, fspath=@0x40000} => {fspath={bytes_left=1, bytes_missing=2, ";
  CHECK(device.answered(BTRFS_IOC_INO_PATHS, asked, asked) ==
        head + "elem_cnt=2, elem_missed=3, val=[\"abc\", \"d\"]}}");
  device.memory.put(0x40000, std::string(1 << 20, '\1'));
  const std::string many = device.answered(BTRFS_IOC_INO_PATHS, asked, asked);
  CHECK(std::ranges::count(many, '@') <= 512);
}

TEST_CASE("ioctl: statistics of btrfs are as many as it knows", "[decode]") {
  Device device;
  btrfs_ioctl_get_dev_stats asked{}, answer{};
  asked.devid = 1, asked.nr_items = answer.nr_items = 1ULL << 60;
  for (std::uint64_t i = 0; i < 5; ++i) answer.values[i] = i;
  CHECK(device.answered(BTRFS_IOC_GET_DEV_STATS, asked, answer) ==
        "{devid=makedev(0, 0x1), nr_items=1152921504606846976, flags=0x0} => {nr_items=1152921504606846976, "
        "flags=0x0, values=[[BTRFS_DEV_STAT_WRITE_ERRS]=0, [BTRFS_DEV_STAT_READ_ERRS]=1, "
        "[BTRFS_DEV_STAT_FLUSH_ERRS]=2, [BTRFS_DEV_STAT_CORRUPTION_ERRS]=3, "
        "[BTRFS_DEV_STAT_GENERATION_ERRS]=4, ...]}");
}

TEST_CASE("ioctl: a SCSI structure that changed its version meanwhile is left as it was", "[decode]") {
  Device device;
  sg_io_hdr asked{}, answer{};
  asked.interface_id = 'S', answer.interface_id = 'Q';
  const std::string shown = device.answered(SG_IO, asked, answer);
  CHECK(shown.starts_with("{interface_id='S', "));
  CHECK(shown.ends_with("flags=0x0}"));
  answer.interface_id = 'S', answer.resid = -1, answer.info = SG_INFO_CHECK;
  CHECK(device.answered(SG_IO, asked, answer).ends_with("resid=-1, duration=0, info=SG_INFO_CHECK}"));
}
