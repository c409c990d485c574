// Keys and the wheel to bytes, bytes to cells.
#include "program_pane.hpp"

#include <sys/wait.h>

#include <algorithm>

#include <fmt/format.h>

#include "emulation/keys.hpp"
#include "ptop/base/names.hpp"

namespace ptop::app {
namespace {

constexpr int rows_at_first = 24, columns_at_first = 80, wheel_lines = 3;

}  // namespace

ProgramPane::ProgramPane(std::string command, ProgramPort& port)
    : command_(std::move(command)), port_(port), emulation_(rows_at_first, columns_at_first) {}

/// Who looks back keeps looking at the same lines while new ones come.
void ProgramPane::on_output(std::string_view bytes) {
  emulation_.feed(bytes);
  if (const std::string answers = emulation_.take_answers(); !answers.empty()) port_.send(answers);
  const std::size_t history = emulation_.history().size();
  if (scrolled_ > 0 && history > history_seen_) scrolled_ += static_cast<int>(history - history_seen_);
  history_seen_ = history;
  scroll(0);
}

void ProgramPane::resize(int rows, int columns) {
  if (rows == emulation_.rows() && columns == emulation_.columns()) return;
  emulation_.resize(rows, columns);
  history_seen_ = emulation_.history().size();
  scroll(0);
  port_.set_size(emulation_.rows(), emulation_.columns());
}

void ProgramPane::press(Key key) {
  scrolled_ = 0;
  if (running()) port_.send(bytes_of(key, emulation_.modes()));
}

/// The wheel without a program that wants it: back in the history, or arrows, where there is none.
void ProgramPane::point(const Mouse& mouse) {
  const bool up = mouse.button == Mouse::Button::wheel_up, down = mouse.button == Mouse::Button::wheel_down;
  if (wants_mouse()) return port_.send(bytes_of(mouse, emulation_.modes()));
  if (!up && !down) return;
  if (!emulation_.modes().alternate) return scroll(up ? -wheel_lines : wheel_lines);
  for (int i = 0; i < wheel_lines; ++i) press(up ? key::up : key::down);
}

void ProgramPane::scroll(int lines) {
  const int most = emulation_.modes().alternate ? 0 : static_cast<int>(emulation_.history().size());
  scrolled_ = std::clamp(scrolled_ - lines, 0, most);
}

void ProgramPane::next_size() {
  size_ = size_ == Size::part ? Size::whole : size_ == Size::whole ? Size::hidden : Size::part;
}

std::string ProgramPane::state() const {
  if (!pid_) return "starts";
  if (!end_) return "runs";
  if (!end_->wait_status) return "ended";
  const int status = *end_->wait_status;
  if (WIFEXITED(status)) return fmt::format("exit {}", WEXITSTATUS(status));
  return fmt::format("killed by {}{}", signal_name(WTERMSIG(status)),
                     WCOREDUMP(status) ? ", core dumped" : "");
}

const CellRow& ProgramPane::shown_line(int row) const {
  if (row >= scrolled_) return emulation_.line(row - scrolled_);
  const auto& history = emulation_.history();
  return history[history.size() - static_cast<std::size_t>(scrolled_ - row)];
}

}  // namespace ptop::app
