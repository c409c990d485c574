// parse_fd_link: what a descriptor's link target stands for.
#include "ptop/procfs/fd_link.hpp"

#include <string>

#include "support/catch.hpp"

using namespace ptop::procfs;

TEST_CASE("parse_fd_link: kinds by the form of the target", "[procfs]") {
  const auto [target, kind] =
      GENERATE(table<std::string, FdKind>({{"/dev/null", FdKind::path},
                                           {"/", FdKind::path},
                                           {"/memfd:x", FdKind::path},
                                           {"/tmp/pipe:[1]", FdKind::path},
                                           {"pipe:[123]", FdKind::pipe},
                                           {"socket:[9]", FdKind::socket},
                                           {"anon_inode:[eventpoll]", FdKind::anon_inode},
                                           {"anon_inode:inotify", FdKind::anon_inode},
                                           {"/memfd:x (deleted)", FdKind::memfd},
                                           {"net:[4026531833]", FdKind::other},
                                           {"pipe:[12x]", FdKind::other},
                                           {"pipe:[]", FdKind::other},
                                           {"pipe:123", FdKind::other},
                                           {"socket:[99999999999999999999]", FdKind::other},
                                           {"", FdKind::other}}));
  INFO(target);
  const FdLink link = parse_fd_link(target);
  CHECK(link.kind == kind);
  CHECK(link.inode.has_value() == (kind == FdKind::pipe || kind == FdKind::socket));
}

TEST_CASE("parse_fd_link: pipes and sockets have their inode", "[procfs]") {
  CHECK(parse_fd_link("pipe:[123]").inode == 123U);
  CHECK(parse_fd_link("socket:[18446744073709551615]").inode == 18446744073709551615U);
}

TEST_CASE("parse_fd_link: the deleted mark is taken off paths only", "[procfs]") {
  const FdLink path = parse_fd_link("/tmp/a (deleted)");
  CHECK(path.deleted);
  CHECK(path.target == "/tmp/a");
  const FdLink twice = parse_fd_link("/tmp/a (deleted) (deleted)");
  CHECK(twice.target == "/tmp/a (deleted)");
  const FdLink other = parse_fd_link("odd (deleted)");
  CHECK_FALSE(other.deleted);
  CHECK(other.target == "odd (deleted)");
}

TEST_CASE("parse_fd_link: names of anonymous inodes and memfds", "[procfs]") {
  CHECK(parse_fd_link("anon_inode:[eventfd]").name == "eventfd");
  CHECK(parse_fd_link("anon_inode:inotify").name == "inotify");
  CHECK(parse_fd_link("/memfd:a b (deleted)").name == "a b");
  CHECK(parse_fd_link("/memfd: (deleted)").name.empty());
}

TEST_CASE("parse_fd_link: bytes that are not text stay as they are", "[procfs]") {
  CHECK(parse_fd_link("/tmp/\xff\n\x1b").target == "/tmp/\xff\n\x1b");
}
