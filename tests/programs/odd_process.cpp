// A process that calls itself what it is told to, byte for byte, on standard input: one order a line, bytes
// in hexadecimal. `ready` is answered; the end of the input ends the process.
//   comm HEX      prctl(PR_SET_NAME): its comm; nothing: an empty one
//   thread HEX    one more thread, which has this comm
//   title HEX     written over argv and on into the environment, as setproctitle does
//   area HEX      these bytes are the argv area from now on: prctl(PR_SET_MM_MAP)
//   no_argv       executes itself with argc 0; reads on afterwards
//   ready         answers `ready`, or `refused` when the kernel refused one of the orders before
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>

namespace {

bool refused = false;

/// Unbuffered, so that nothing is lost when the process executes itself.
bool read_line(std::string& line) {
  line.clear();
  char c;
  while (read(STDIN_FILENO, &c, 1) == 1) {
    if (c == '\n') return true;
    line += c;
  }
  return false;
}

std::string bytes_of(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::strtol(hex.substr(i, 2).c_str(), nullptr, 16));
  return bytes;
}

void start_thread(const std::string& comm) {
  std::thread([comm] {
    prctl(PR_SET_NAME, comm.c_str());
    if (write(STDOUT_FILENO, "started\n", 8) != 8) std::abort();
    for (;;) pause();
  }).detach();
}

/// The kernel takes argv and the environment for one string when the last byte of argv is no NUL.
void write_over_argv(char** argv, const std::string& title) {
  char* end = argv[0];
  for (char** word = argv; *word != nullptr; ++word) end = *word + std::strlen(*word) + 1;
  char* environment_end = end;
  for (char** word = environ; *word != nullptr; ++word) environment_end = *word + std::strlen(*word) + 1;
  environ = nullptr;
  const auto room = static_cast<std::size_t>(environment_end - argv[0]);
  std::memset(argv[0], 0, room);
  std::memcpy(argv[0], title.data(), std::min(title.size(), room - 1));
}

/// Field `number` of /proc/self/stat; the comm before it may hold anything.
unsigned long stat_field(int number) {
  std::ifstream file("/proc/self/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string field;
  for (int i = 3; i <= number; ++i) fields >> field;
  return std::strtoul(field.c_str(), nullptr, 10);
}

/// PR_SET_MM_MAP, unlike PR_SET_MM_ARG_START, needs no privileges. Everything but argv stays as it is.
void move_argv(const std::string& bytes) {
  void* area = mmap(nullptr, bytes.size() + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  std::memcpy(area, bytes.data(), bytes.size());
  prctl_mm_map map{};
  map.start_code = stat_field(26);
  map.end_code = stat_field(27);
  map.start_stack = stat_field(28);
  map.start_data = stat_field(45);
  map.end_data = stat_field(46);
  map.start_brk = stat_field(47);
  map.brk = reinterpret_cast<unsigned long>(sbrk(0));
  map.arg_start = reinterpret_cast<unsigned long>(area);
  map.arg_end = map.arg_start + bytes.size();
  map.env_start = stat_field(50);
  map.env_end = stat_field(51);
  map.exe_fd = static_cast<__u32>(-1);
  refused = refused || prctl(PR_SET_MM, PR_SET_MM_MAP, &map, sizeof map, 0) != 0;
}

void execute_without_argv() {
  char* nothing[]{nullptr};
  execve("/proc/self/exe", nothing, environ);
  refused = true;
}

void answer() {
  const std::string text = refused ? "refused\n" : "ready\n";
  if (write(STDOUT_FILENO, text.data(), text.size()) < 0) std::abort();
}

}  // namespace

int main(int, char** argv) {
  std::string line;
  while (read_line(line)) {
    const auto blank = line.find(' ');
    const std::string order = line.substr(0, blank);
    const std::string bytes = blank == std::string::npos ? "" : bytes_of(line.substr(blank + 1));
    if (order == "comm") prctl(PR_SET_NAME, bytes.c_str());
    if (order == "thread") start_thread(bytes);
    if (order == "title") write_over_argv(argv, bytes);
    if (order == "area") move_argv(bytes);
    if (order == "no_argv") execute_without_argv();
    if (order == "ready") answer();
  }
}
