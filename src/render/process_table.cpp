// Cells, roles and words about one process; processes as a table.
#include "ptop/render/process_table.hpp"

#include <iterator>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/render/units.hpp"

namespace ptop::render {
namespace {

using namespace model;

/// A process title (setproctitle(3), "sshd: alice@pts/0") is one word with blanks, often padded with NULs:
/// it is shown as it was meant, without quotes.
std::string command_words(std::string_view cmdline) {
  const std::string_view first = cmdline.substr(0, cmdline.find('\0'));
  const bool alone = cmdline.find_first_not_of('\0', first.size()) == std::string_view::npos;
  return alone && first.find(' ') != std::string_view::npos ? escaped(first) : escaped_command_line(cmdline);
}

/// The command line, or [comm] as ps has it where there is none: kernel threads, zombies.
std::string command_text(const Sample& sample) {
  if (sample.has(Source::cmdline) && !sample.cmdline.empty()) return command_words(sample.cmdline);
  return fmt::format("[{}]", escaped(sample.stat.comm));
}

std::string missing_text(Availability availability) {
  switch (availability) {
    case Availability::denied:
    case Availability::unsupported:
    case Availability::malformed:
    case Availability::present:
      return "-";
    case Availability::timeout:
      return "timeout";
    case Availability::gone:
    case Availability::not_read:
      return "";
  }
  return "";
}

/// Numbers in their unit, text escaped.
class Cell {
 public:
  Cell(const Column& column, const Row& row) : column_(column), row_(row) {}

  std::string operator()(std::monostate) const { return missing_text(unavailable(column_, row_)); }
  std::string operator()(bool b) const { return b ? "yes" : "no"; }
  std::string operator()(std::int64_t n) const {
    return n < 0 ? fmt::format("{}", n) : (*this)(static_cast<std::uint64_t>(n));
  }
  std::string operator()(std::uint64_t n) const {
    switch (column_.unit) {
      case Unit::bytes:
        return human_bytes(n);
      case Unit::nanoseconds:
        return is_cpu_time() ? human_cpu_time(n) : human_duration(n);
      case Unit::none:
      case Unit::number:
      case Unit::ticks:
      case Unit::percent:
      case Unit::id:
        return fmt::format("{}", n);
    }
    return {};
  }
  std::string operator()(double d) const {
    return column_.unit == Unit::percent ? human_percent(d) : fmt::format("{:.1f}", d);
  }
  std::string operator()(Word word) const { return std::string(word); }
  std::string operator()(const Bytes& bytes) const { return escaped(bytes.text); }
  std::string operator()(const ByteList& list) const {
    std::string joined;
    for (const Bytes& bytes : list) (joined += bytes.text) += '\0';
    return escaped_command_line(joined);
  }
  std::string operator()(const WordList& list) const { return joined(list); }
  std::string operator()(const NumberList& list) const { return joined(list); }

 private:
  bool is_cpu_time() const {
    return column_.id == ColumnId::utime_ns || column_.id == ColumnId::stime_ns ||
           column_.id == ColumnId::cutime_ns || column_.id == ColumnId::cstime_ns ||
           column_.id == ColumnId::time_ns;
  }
  template <class List>
  static std::string joined(const List& list) {
    std::string text;
    for (const auto& item : list) {
      fmt::format_to(std::back_inserter(text), "{}{}", text.empty() ? "" : ",", item);
    }
    return text;
  }

  const Column& column_;
  const Row& row_;
};

std::string zombie_words(const ZombieFacts& zombie) {
  std::string text = fmt::format("zombie of {}", zombie.parent.raw());
  if (!zombie.exit_code) return text;
  const int signal = *zombie.exit_code & 0x7f;  // waitpid(2) form
  if (signal != 0) return fmt::format("{} (killed by {})", text, signal_name(signal));
  return fmt::format("{} (exit {})", text, *zombie.exit_code >> 8 & 0xff);
}

}  // namespace

std::string cell_text(const Column& column, const Row& row) {
  if (column.id == ColumnId::command) return command_text(row.sample);
  if (column.id == ColumnId::tty && row.sample.stat.tty_nr == 0) return "?";  // none, as ps(1) writes it
  return std::visit(Cell(column, row), column.value(row));
}

Role role_of(const Sample& sample, const Classification& classification) {
  const Classes classes = classification.classes;
  if (classes.has(Class::zombie)) return Role::zombie;
  if (classes.has(Class::traced)) return Role::traced;
  if (classes.has(Class::stopped)) return Role::stopped;
  if (classes.has(Class::kthread)) return Role::kthread;
  if (sample.stat.state == procfs::TaskState::running) return Role::running;
  // Daemons are adopted on purpose: not a trouble to be seen from afar.
  if (classes.has(Class::orphan) && !classes.has(Class::daemon)) return Role::orphan;
  return Role::plain;
}

std::string trouble_text(const Sample&, const Classification& classification) {
  std::string text;
  const auto add = [&](std::string_view words) { (text += text.empty() ? "" : ", ") += words; };
  const Classes classes = classification.classes;
  if (classification.zombie()) add(zombie_words(*classification.zombie()));
  if (classification.orphan()) {
    const char* const what = classes.has(Class::daemon) ? "orphan daemon" : "orphan";
    add(fmt::format("{}, adopted by {}", what, classification.orphan()->adopter.raw()));
  }
  if (classes.has(Class::stopped)) add("stopped");
  if (classes.has(Class::traced)) add("traced");
  return text;
}

const TreeGlyphs& tree_glyphs(bool ascii) {
  static constexpr TreeGlyphs unicode{"├─ ", "└─ ", "│  ", "   "};
  static constexpr TreeGlyphs plain{"|- ", "`- ", "|  ", "   "};
  return ascii ? plain : unicode;
}

}  // namespace ptop::render
