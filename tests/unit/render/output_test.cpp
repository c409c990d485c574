// Lines reach a descriptor whole, whatever it does.
#include "ptop/render/output.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <thread>

#include "golden.hpp"
#include "support/catch.hpp"

using ptop::Fd;
using ptop::render::LineOutput;

namespace {

struct Pipe {
  Fd read_end, write_end;
};

Pipe make_pipe(int flags = 0) {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC | flags) == 0);
  return {Fd(ends[0]), Fd(ends[1])};
}

std::string read_all(const Fd& fd) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
    if (n <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(n));
  }
}

}  // namespace

TEST_CASE("LineOutput: unbuffered lines are written at once", "[render]") {
  const Fd file = ptop::test::memory_file();
  LineOutput out(file.get(), false);
  out.write("one");
  CHECK(ptop::test::contents(file) == "one\n");
  out.write("");
  CHECK(ptop::test::contents(file) == "one\n\n");
}

TEST_CASE("LineOutput: buffered lines come with flush and at the end", "[render]") {
  const Fd file = ptop::test::memory_file();
  {
    LineOutput out(file.get(), true);
    out.write("one");
    CHECK(ptop::test::contents(file).empty());
    out.flush();
    CHECK(ptop::test::contents(file) == "one\n");
    out.write("two");
  }
  CHECK(ptop::test::contents(file) == "one\ntwo\n");
}

TEST_CASE("LineOutput: a full non-blocking pipe is waited for", "[render]") {
  Pipe pipe = make_pipe(O_NONBLOCK);
  REQUIRE(::fcntl(pipe.read_end.get(), F_SETFL, 0) == 0);  // only the writer is non-blocking
  const std::string line(1 << 20, 'x');                    // more than any pipe holds
  std::string got;
  std::thread reader([&] { got = read_all(pipe.read_end); });
  {
    LineOutput out(pipe.write_end.get(), false);
    out.write(line);
    CHECK(out.error() == 0);
    CHECK(out.lines_lost() == 0);
  }
  pipe.write_end = Fd();
  reader.join();
  CHECK(got == line + "\n");
}

TEST_CASE("LineOutput: a full disk is an error, and lost lines are counted", "[render]") {
  const Fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full);
  LineOutput out(full.get(), false);
  out.write("one");
  CHECK(out.error() == ENOSPC);
  out.write("two");
  CHECK(out.lines_lost() == 2);
}

namespace {

/// A file may not grow beyond `size` while it is there.
class FileLimit {
 public:
  explicit FileLimit(rlim_t size) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{size, before_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  ~FileLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  sighandler_t handler_;
};

}  // namespace

TEST_CASE("LineOutput: a line that does not fit into a file is taken back", "[render]") {
  const Fd file = ptop::test::memory_file();
  const bool appends = GENERATE(false, true);
  if (appends) REQUIRE(::fcntl(file.get(), F_SETFL, O_APPEND) == 0);
  {
    const FileLimit limit(10);
    LineOutput out(file.get(), true);
    for (const char* line : {"one", "two", "three"}) out.write(line);
    out.flush();
    CHECK(out.error() == EFBIG);
    CHECK(out.lines_lost() == 1);
  }
  CHECK(ptop::test::contents(file) == "one\ntwo\n");
  REQUIRE(::write(file.get(), "x", 1) == 1);  // who shares the open file goes on behind it
  CHECK(ptop::test::contents(file) == "one\ntwo\nx");
}

TEST_CASE("LineOutput: what others wrote is not taken back", "[render]") {
  const Fd file = ptop::test::memory_file();
  REQUIRE(::write(file.get(), "piece", 5) == 5);
  SECTION("nothing of ours was written") {
    const FileLimit limit(5);
    LineOutput(file.get(), false).write("one");
    CHECK(ptop::test::contents(file) == "piece");
  }
  SECTION("the file goes on behind us") {
    REQUIRE(::lseek(file.get(), 0, SEEK_SET) == 0);
    const FileLimit limit(3);
    LineOutput(file.get(), false).write("three");
    CHECK(ptop::test::contents(file) == "thrce");
  }
}

TEST_CASE("LineOutput: a reader that went away is EPIPE", "[render]") {
  struct sigaction ignore {
  }, before{};
  ignore.sa_handler = SIG_IGN;
  REQUIRE(::sigaction(SIGPIPE, &ignore, &before) == 0);
  Pipe pipe = make_pipe();
  pipe.read_end = Fd();
  LineOutput out(pipe.write_end.get(), true);
  out.write("one");
  out.write("two");
  out.flush();
  CHECK(out.error() == EPIPE);
  CHECK(out.lines_lost() == 2);
  REQUIRE(::sigaction(SIGPIPE, &before, nullptr) == 0);
}
