#include "ptop/trace/spawn.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>

#include "support/catch.hpp"

using namespace ptop;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/ptop-spawn-XXXXXX";
    REQUIRE(::mkdtemp(name));
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  std::string file(const char* name, mode_t mode) const {
    const std::string path = path_ + "/" + name;
    std::ofstream(path) << "x";
    ::chmod(path.c_str(), mode);
    return path;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class PathVariable {
 public:
  explicit PathVariable(const std::string& value) : old_(std::getenv("PATH")) {
    ::setenv("PATH", value.c_str(), 1);
  }
  ~PathVariable() { ::setenv("PATH", old_.c_str(), 1); }

 private:
  std::string old_;
};

}  // namespace

TEST_CASE("resolve_program: a name with a slash is itself, if it can be executed", "[trace]") {
  const Folder folder;
  const auto program = folder.file("program", 0755);
  CHECK(trace::resolve_program(program) == program);
  CHECK(trace::resolve_program(folder.path() + "/nothing").error().sys == ENOENT);
  CHECK(trace::resolve_program(folder.file("text", 0644)).error().sys == EACCES);
  CHECK(trace::resolve_program(folder.path()).error().sys == EACCES);
}

TEST_CASE("resolve_program: PATH is searched in order, past files that cannot be executed", "[trace]") {
  const Folder first, second;
  first.file("tool", 0644);
  const auto right = second.file("tool", 0755);
  const PathVariable path(first.path() + ":/nonexistent:" + second.path());
  CHECK(trace::resolve_program("tool") == right);
  CHECK(trace::resolve_program("no-such-tool").error().sys == ENOENT);
}

TEST_CASE("resolve_program: only matches without permission is EACCES, and an empty name is not found",
          "[trace]") {
  const Folder folder;
  folder.file("tool", 0644);
  const PathVariable path(folder.path());
  CHECK(trace::resolve_program("tool").error().sys == EACCES);
  CHECK(trace::resolve_program("").error().sys == ENOENT);
}
