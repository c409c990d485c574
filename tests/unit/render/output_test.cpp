// Lines reach a descriptor whole, whatever it does.
#include "ptop/render/output.hpp"

#include <fcntl.h>
#include <signal.h>
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
