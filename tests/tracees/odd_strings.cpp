// Arguments and environment that are no text: broken UTF-8, newline, ESC, empty, duplicates, no value.
#include "tracee.hpp"

namespace {

void run_again(const char* step, char* const* variables) {
  char name[] = "odd\xff", empty[] = "", lines[] = "a\nb\x1b[2J", latin[] = "caf\xe9";
  char* const words[] = {name, empty, lines, latin, const_cast<char*>(step), nullptr};
  expect("%d exec-hex 6f6464ff - 610a621b5b324a 636166e9 %02x", ::getpid(), static_cast<unsigned>(step[0]));
  ::execve("/proc/self/exe", words, variables);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 5 && argv[4][0] == '1') {
    char first[] = "A=1", twice[] = "A=2", bare[] = "BARE", latin[] = "L=\xe9", none[] = "",
         keep[] = "KEEP=k";
    char* const variables[] = {first, twice, bare, latin, none, keep, nullptr};
    run_again("2", variables);
    expect("%d never", ::getpid());
  }
  if (argc == 5) {
    expect("%d env-added 413d32 42415245 4c3de9 -", ::getpid());
    expect("%d env-removed 474f4e45", ::getpid());
    expect("%d env-changed 413d31", ::getpid());
    end(2);
  }
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    char zero[] = "A=0", keep[] = "KEEP=k", gone[] = "GONE=g";
    char* const variables[] = {zero, keep, gone, nullptr};
    expect("ignore env-added env-removed env-changed");  // of the first exec they depend on who runs the test
    run_again("1", variables);
  }
  expect("%d fork %d", ::getpid(), child);
  require(WEXITSTATUS(wait_for(child)) == 2, "status");
  succeed();
}
