// Errors: what they are called and how they are told.
#include "ptop/base/result.hpp"

#include <cerrno>

#include "support/catch.hpp"

using namespace ptop;

TEST_CASE("os_error: callers branch on gone and denied", "[base]") {
  CHECK(os_error(ENOENT, "x").code == Errc::gone);
  CHECK(os_error(ESRCH, "x").code == Errc::gone);
  CHECK(os_error(EACCES, "x").code == Errc::denied);
  CHECK(os_error(EPERM, "x").code == Errc::denied);
  CHECK(os_error(EIO, "x").code == Errc::os);
  errno = EPERM;
  CHECK(os_error("x").sys == EPERM);
}

TEST_CASE("describe: one line, escaped", "[base]") {
  CHECK(describe(os_error(EACCES, "/tmp/a\nb")) == "/tmp/a\\nb: Permission denied");
  CHECK(describe(malformed("stat", "1 (x").value()) == "stat: 1 (x: not as expected");
}
