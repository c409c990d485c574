#include "descriptor_naming.hpp"

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::insight;
using follow::DescriptorPurpose;

namespace {

const std::vector<Pid> pids{Pid(4711), Pid(2)};

Naming naming(int fd, std::vector<std::string> argv, std::vector<std::string_view> environment = {},
              std::string_view target = "pipe:[1]") {
  const Told told{.argv = argv, .environment = std::move(environment), .pids = pids};
  return Namings(told).of(fd, target);
}

}  // namespace

TEST_CASE("Namings: a word of argv names a descriptor by its path or after \"fd\"", "[insight]") {
  const std::string word = GENERATE("/dev/fd/5", "/proc/self/fd/5", "x=/dev/fd/5:y", "--status-fd=5", "-FD:5",
                                    "--fds=4,5", "fd:5");
  CAPTURE(word);
  CHECK(naming(5, {"cat", word}).purpose == DescriptorPurpose::argument);
  CHECK(naming(5, {"cat", word}).by == word);
  CHECK(naming(50, {"cat", word}).purpose == DescriptorPurpose::none);
}

TEST_CASE("Namings: an option's next word", "[insight]") {
  CHECK(naming(5, {"gpg", "--status-fd", "5"}).by == "--status-fd 5");
  CHECK(naming(5, {"gpg", "--status", "5"}).purpose == DescriptorPurpose::none);
  CHECK(naming(5, {"-fd", "5"}).purpose == DescriptorPurpose::none);  // argv[0] is no option
}

TEST_CASE("Namings: a number that only begins alike names nothing", "[insight]") {
  const std::string word = GENERATE("/dev/fd/55", "--status-fd=55", "--fd=5x", "5", "", "fd=");
  CAPTURE(word);
  CHECK(naming(5, {"cat", word}).purpose == DescriptorPurpose::none);
}

TEST_CASE("Namings: LISTEN_FDS counts from 3 for the process of LISTEN_PID alone", "[insight]") {
  const std::vector<std::string_view> mine{"LISTEN_FDS=2", "LISTEN_PID=4711"};
  CHECK(naming(3, {"d"}, mine).purpose == DescriptorPurpose::listen_fds);
  CHECK(naming(4, {"d"}, mine).purpose == DescriptorPurpose::listen_fds);
  CHECK(naming(5, {"d"}, mine).purpose == DescriptorPurpose::none);
  CHECK(naming(3, {"d"}, {"LISTEN_FDS=2", "LISTEN_PID=2"}).purpose == DescriptorPurpose::listen_fds);
  CHECK(naming(3, {"d"}, {"LISTEN_FDS=3", "LISTEN_PID=4710"}).purpose == DescriptorPurpose::none);
  CHECK(naming(3, {"d"}, {"LISTEN_FDS=3"}).purpose == DescriptorPurpose::none);
}

TEST_CASE("Namings: make's jobserver, in each way it was written", "[insight]") {
  CHECK(naming(4, {"cc"}, {"MAKEFLAGS= -j2 --jobserver-auth=3,4 -- X=1"}).by == "MAKEFLAGS");
  CHECK(naming(3, {"cc"}, {"MFLAGS=-j --jobserver-fds=3,4"}).purpose == DescriptorPurpose::jobserver);
  CHECK(naming(9, {"cc"}, {"CARGO_MAKEFLAGS=--jobserver-auth=fifo:/tmp/f"}, "/tmp/f").purpose ==
        DescriptorPurpose::jobserver);
  CHECK(naming(9, {"cc"}, {"MAKEFLAGS=--jobserver-auth=fifo:/tmp/f"}, "/tmp/g").purpose ==
        DescriptorPurpose::none);
  CHECK(naming(5, {"cc"}, {"MAKEFLAGS=--jobserver-auth=3,4"}).purpose == DescriptorPurpose::none);
}

TEST_CASE("Namings: variables whose name ends in FD, and paths in any", "[insight]") {
  CHECK(naming(5, {"node"}, {"NODE_CHANNEL_FD=5"}).by == "NODE_CHANNEL_FD");
  CHECK(naming(5, {"x"}, {"LOG=/dev/fd/5"}).by == "LOG");
  CHECK(naming(5, {"x"}, {"LEVEL=5", "FDX=5", "LISTEN_FDS=5", "=5", "FD"}).purpose ==
        DescriptorPurpose::none);
}

TEST_CASE("Namings: \"fd\" is a word of the option's name, not any two letters of it", "[insight]") {
  const std::string word = GENERATE("--fdatasync=5", "--pdfdpi=5", "--fdisk:5", "pdfdata=5");
  CAPTURE(word);
  CHECK(naming(5, {"cat", word}).purpose == DescriptorPurpose::none);
  CHECK(naming(5, {"cat", "-fd", "5"}).purpose == DescriptorPurpose::none);
  CHECK(naming(5, {"X", "-displayfd", "5"}).purpose == DescriptorPurpose::argument);
  CHECK(naming(5, {"cat", "--fd-list=4,5"}).purpose == DescriptorPurpose::argument);
}

TEST_CASE("Namings: addresses, redirections in a script and flock's number name descriptors", "[insight]") {
  const std::string word = GENERATE("fd://5", "read x <&5", "echo >&5; :", "exec 5<&-; cat 7<&5");
  CAPTURE(word);
  CHECK(naming(5, {"sh", "-c", word}).by == word);
  CHECK(naming(7, {"sh", "-c", "cat <&77 &7"}).purpose == DescriptorPurpose::none);
  CHECK(naming(5, {"/usr/bin/flock", "-n", "5"}).by == "5");
  CHECK(naming(5, {"sleep", "5"}).purpose == DescriptorPurpose::none);
  CHECK(naming(5, {"/usr/lib/jvm/lib/jspawnhelper", "17.0.5+6", "4:5:8"}).by == "4:5:8");
  CHECK(naming(5, {"/usr/lib/jvm/lib/jspawnhelper", "17:5+6"}).purpose == DescriptorPurpose::none);
  CHECK(naming(5, {"tar", "4:5:8"}).purpose == DescriptorPurpose::none);
}

TEST_CASE("Namings: the first word that names it, and numbers as the kernel writes them", "[insight]") {
  CHECK(naming(5, {"x", "a=/dev/fd/4,/dev/fd/5", "--fd=5"}).by == "a=/dev/fd/4,/dev/fd/5");
  CHECK(naming(5, {"x", "--fds", "fd:4,5"}).by == "fd:4,5");
  CHECK(naming(5, {"x", "/dev/fd/05", "<&05"}).purpose == DescriptorPurpose::none);
  CHECK(naming(0, {"x", "/dev/fd/05"}).purpose == DescriptorPurpose::none);
  CHECK(naming(5, {"flock", "4,5"}).purpose == DescriptorPurpose::none);
}
