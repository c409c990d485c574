// What io_uring_enter(2) submits is in memory that no argument points to: Surroundings say where.
#include <vector>

#include <linux/io_uring.h>

#include "stage.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::decode;

namespace {

class Rings : public Surroundings {
 public:
  std::string_view interface_name(std::uint32_t, Arena&) override { return {}; }
  std::optional<std::int32_t> netlink_protocol(std::int32_t) override { return std::nullopt; }
  std::span<const std::uint64_t> submissions(std::int32_t fd, std::uint32_t limit, Arena& arena) override {
    if (fd != 3) return {};
    auto copy = arena.array<std::uint64_t>(std::min<std::size_t>(limit, waiting.size()));
    std::copy_n(waiting.begin(), copy.size(), copy.begin());
    return copy;
  }
  std::vector<std::uint64_t> waiting;
};

io_uring_sqe entry(std::uint8_t opcode) {
  io_uring_sqe e{};
  e.opcode = opcode;
  e.user_data = 0x77;
  return e;
}

struct RingStage : Stage {
  RingStage() { options.surroundings = &rings; }
  void submit(const io_uring_sqe& e) {
    rings.waiting.push_back(memory.put_object(0x10000 + 64 * rings.waiting.size(), e));
  }
  std::string enter_ring(std::uint32_t flags = 0, std::uint64_t argument = 0) {
    return enter("io_uring_enter", {3, 8, 0, flags, argument, 24});
  }
  Rings rings;
};

}  // namespace

TEST_CASE("decode: entries of a ring, by what their operation uses", "[decode]") {
  RingStage stage;
  io_uring_sqe open = entry(IORING_OP_OPENAT);
  open.fd = -100;
  open.addr = stage.memory.put(0x1000, std::string_view("/etc/hostname\0", 14));
  stage.submit(open);
  io_uring_sqe write = entry(IORING_OP_WRITE);
  write.fd = 4, write.addr = 0x1005, write.len = 8, write.off = ~0ULL, write.flags = IOSQE_IO_LINK;
  stage.submit(write);
  io_uring_sqe unknown = entry(200);
  unknown.len = 5;
  stage.submit(unknown);
  const std::string line = stage.enter_ring();
  INFO(line);
  CHECK(line.find("addr=\"/etc/hostname\"") != line.npos);
  CHECK(line.find("IOSQE_IO_LINK") != line.npos);
  CHECK(line.find("addr=\"hostname\", len=8, off=-1") != line.npos);
  CHECK(line.find("len=5") != line.npos);
  CHECK(stage.call.arguments.back().is_beside);
}

TEST_CASE("decode: a ring of another descriptor, and one that nobody can tell, have no entries", "[decode]") {
  RingStage stage;
  stage.submit(entry(IORING_OP_NOP));
  CHECK(stage.enter("io_uring_enter", {4, 1, 0, 0, 0, 0}).find("sqes") == std::string::npos);
  CHECK(stage.enter_ring(0x10).find("sqes") == std::string::npos);
  stage.options.beside = false;
  CHECK(stage.enter_ring().find("sqes") == std::string::npos);
}

TEST_CASE("decode: an entry that cannot be read is an address among the others", "[decode]") {
  RingStage stage;
  stage.rings.waiting = {0xdead0000};
  const std::string line = stage.enter_ring();
  INFO(line);
  CHECK(line.find("0xdead0000") != line.npos);
}

TEST_CASE("decode: how long a ring waits", "[decode]") {
  RingStage stage;
  const std::uint64_t wait[3] = {0, 8 | 5ULL << 32, 0x2000};
  const std::int64_t time[2] = {1, 2};
  stage.memory.put_object(0x2000, time);
  const std::string line = stage.enter_ring(8, stage.memory.put_object(0x3000, wait));
  INFO(line);
  CHECK(line.find("min_wait_usec=5, ts={tv_sec=1, tv_nsec=2}") != line.npos);
}
