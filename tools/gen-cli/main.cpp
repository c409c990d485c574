// gen-cli SOURCE OUT: reads the man pages below SOURCE, writes completions/ and man/ below OUT.
// The committed files must equal its output (tests/cli/check_generated.py); tools/update-golden renews them.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include <CLI/CLI.hpp>

#include "spec.hpp"
#include "src/ptop/options.hpp"
#include "src/ptrace-fork/options.hpp"

namespace {

namespace fs = std::filesystem;

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_all(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

void generate(const fs::path& source, const fs::path& out, const ptop::gen::ProgramSpec& program) {
  const std::string& name = program.self.name;
  const auto words = ptop::gen::read_vocabulary();
  write_all(out / "completions/bash" / name, ptop::gen::bash_completion(program, words));
  write_all(out / "completions/zsh" / ("_" + name), ptop::gen::zsh_completion(program, words));
  write_all(out / "completions/fish" / (name + ".fish"), ptop::gen::fish_completion(program, words));
  const fs::path page = fs::path("man") / (name + ".1");
  write_all(out / page, ptop::gen::man_page(read_all(source / page), program, words));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: gen-cli SOURCE OUT\n");
    return 2;
  }
  try {
    CLI::App ptop_app, fork_app;
    ptop::app::Options ptop_options;
    ptop::ptrace_fork::Options fork_options;
    ptop::app::describe_options(ptop_app, ptop_options);
    ptop::ptrace_fork::describe_options(fork_app, fork_options);
    generate(argv[1], argv[2], ptop::gen::read_program(ptop_app, false));
    generate(argv[1], argv[2], ptop::gen::read_program(fork_app, true));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gen-cli: %s\n", error.what());
    return 1;
  }
}
