// Which part of the screen goes where.
#include <algorithm>

#include <fmt/format.h>

#include "app.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/render/process_table.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

constexpr int fewest_rows = 3, fewest_columns = 12;

/// Rows of the event pane with its title, out of what meters and hint bar leave.
int pane_rows(int left) { return left < 8 ? left / 2 : std::clamp(left * 2 / 5, 4, 20); }

}  // namespace

void App::draw(Surface& surface) {
  seen_ = true;
  surface.clear();
  const Region screen(surface);
  if (screen.rows() < fewest_rows || screen.columns() < fewest_columns) {
    screen.put(0, 0, "too small", Ink::bad);
    return;
  }
  draw_screen(screen);
  draw_overlay(screen);
}

void App::draw_screen(Region screen) {
  if (details_) return draw_details_screen(screen);
  const Region rest = draw_program_pane(screen);
  if (rest.rows() > 1) draw_processes(rest);
  // After the list: the cursor of what is typed is the one that counts.
  if (!setup_) draw_bottom(screen.below(screen.rows() - 1));
  place_program_cursor(screen);
}

void App::draw_details_screen(Region screen) {
  const std::string title = fmt::format("{} {}", details_->wish.process.pid.raw(), details_->name);
  const std::string named = goes_to();
  draw_details(screen,
               {.title = title,
                .trouble = details_->trouble,
                .tab = details_->wish.tab,
                .goes_to = named,
                .match = details_search_,
                .keymap = keymap_,
                .ascii = ascii(),
                .plain = plain()},
               details_->view);
  if (prompt_ || !message_.empty()) draw_bottom(screen.below(screen.rows() - 1));
}

void App::draw_processes(Region screen) {
  const auto now = scene();
  if (!now && setup_) return draw_setup_screen(screen, 0);
  if (!now) {
    screen.put(0, 0, "reading /proc", Ink::faint);
    return;
  }
  const MeterView meters{*now, settings_, meter_history_, ascii(), plain()};
  const int head = settings_.show_meters ? meter_rows(screen.rows(), screen.columns(), meters) : 0;
  draw_meters(screen.part(0, 0, head, screen.columns()), screen.rows(), meters);
  if (setup_) return draw_setup_screen(screen, head);
  // The names of the screens between meters and list, where there is room for them.
  const int bar = settings_.show_tabs && screen.rows() >= 20 ? 1 : 0, top = head + bar;
  if (bar > 0) draw_tabs(screen.part(head, 0, 1, screen.columns()));
  const int left = screen.rows() - top - 1;
  const int pane = !pane_open_ ? 0 : pane_zoomed_ ? left : pane_rows(left);
  if (pane < left) draw_list(screen.part(top, 0, left - pane, screen.columns()), *now);
  if (pane > 0) draw_pane(screen.part(top + left - pane, 0, pane, screen.columns()));
}

void App::draw_tabs(Region line) {
  std::vector<std::string_view> names;
  for (const Tab& tab : settings_.screens) names.push_back(tab.name);
  draw_tab_bar(line, names, tab_, Spot::Kind::tab, plain());
  if (list_.tag_count() > 0)
    line.put_right(0, line.columns() - 1, fmt::format("{} tagged", list_.tag_count()), Ink::tagged);
}

void App::draw_list(Region area, const model::Scene& now) {
  list_height_ = static_cast<std::size_t>(std::max(area.rows() - 1, 1));
  const bool searching = prompt_ && prompt_->kind == PromptKind::search;
  find_unknown_rows();
  const auto columns = shown_columns();
  draw_process_list(area, now,
                    {.list = list_,
                     .recent = recent_,
                     .log = events_,
                     .top = list_.scroll(list_height_),
                     .columns = columns,
                     .all_columns = config_.columns_chosen && tab_ == 0,
                     .ascii = ascii(),
                     .focused = focus_ == Focus::list,
                     .command_scroll = command_scroll_,
                     .match = searching ? std::string_view(search_) : list_.filter().part(),
                     .widths = screen().widths,
                     .command = {settings_.program_path, settings_.merged_command},
                     .plain = plain(),
                     .own_user = settings_.shadow_others ? own_user() : std::nullopt});
}

/// Whoever runs ptop.
std::optional<Uid> App::own_user() const {
  const auto* self = frame_ ? model::find_process(frame_->snapshot, config_.self) : nullptr;
  if (self == nullptr || !self->has(model::Source::status)) return std::nullopt;
  return self->status->uid.effective;
}

void App::draw_pane(Region area) {
  const std::string title = pane_title();
  const PaneHead head{title, pane_status(), focus_ == Focus::pane};
  const int lines = area.rows() - pane_head_rows(area, head);
  pane_height_ = static_cast<std::size_t>(std::max(lines, 1));
  if (counts_shown_) {
    auto rows = ports_.follow->feed().call_rows();
    sort_rows(rows, counts_order_, counts_turned_);
    return draw_calls(area, head, rows, counts_order_, counts_view_);
  }
  draw_events(area, head, {.log = events_, .match = pane_search_, .hit = pane_hit_, .scroll = pane_scroll_});
}

App::PromptWords App::words_of(const Prompt& prompt) {
  switch (prompt.kind) {
    case PromptKind::search:
    case PromptKind::pane_search:
    case PromptKind::details_search:
      return {"Search: ", "F3 next  Enter done"};
    case PromptKind::filter:
      return {"Filter: ", "Enter done  Esc clear"};
    case PromptKind::pane_filter:
      return {"Filter: ", "trace=SET signal=SET status=SET QUERY  Enter done"};
    case PromptKind::save_name:
      return {"Save to: ", ".jsonl: JSON Lines, else text  Enter save"};
    case PromptKind::oom:
      return {prompt.label, prompt.help};
  }
  return {};
}

/// What is out of the ordinary, and what ptop costs, over the hints.
void App::draw_corner(Region line) {
  const std::string state = paused_ ? " paused, Z goes on "
                            : list_.filter().empty()
                                ? ""
                                : fmt::format(" filter: {} ", escaped(list_.filter().text()));
  const int end = line.columns() - 1, left = end - static_cast<int>(display_width(state));
  line.put_right(0, end, state, Ink::message);
  const std::string cost = settings_.show_cost && !own_cost_.empty() ? fmt::format(" {} ", own_cost_) : "";
  if (static_cast<int>(display_width(cost)) <= left) line.put_right(0, left, cost, Ink::title);
}

/// The bottom line: what is being typed, or a message until the next key, or the hints.
void App::draw_bottom(Region line) {
  if (prompt_) {
    const PromptWords words = words_of(*prompt_);
    line.fill(0, Ink::message);
    const std::string text = escaped(prompt_->text);
    int at = line.put(0, 0, words.label, Ink::message);
    at += line.put(0, at, text, Ink::message);
    if (plain())
      line.set_cursor(0, std::min(at, line.columns() - 1));
    else
      line.put(0, at, "_", Ink::message);
    const std::string help = !message_.empty() ? message_ : std::string(words.help);
    if (at + 3 + static_cast<int>(help.size()) < line.columns()) {
      line.put_right(0, line.columns() - 1, help, message_.empty() ? Ink::message : Ink::error);
    }
    return;
  }
  std::string message = message_;
  if (list_.ended() && message.empty())
    message = fmt::format("{} has ended, nothing is selected", list_.ended()->tid.raw());
  if (message.empty()) {
    if (plain())
      line.put(0, 0, status_in_words(), Ink::plain);
    else if (settings_.show_hints)
      draw_hint_bar(line, keymap_, context());
    return draw_corner(line);
  }
  const Ink ink = message_is_error_ ? Ink::error : Ink::message;
  line.fill(0, ink);
  line.put(0, 1, message, ink);
}

/// The meters stay in sight above it, and below it some rows of the screen that is set up.
void App::draw_setup_screen(Region screen, int head) {
  const Region below = screen.below(head);
  const int preview = below.rows() >= 24 ? std::min(below.rows() / 3, 12) : 0;
  const int rows = below.rows() - preview;
  const auto now = scene();
  if (preview > 0 && now) draw_list(below.part(0, 0, preview, screen.columns()), *now);
  draw_setup(
      below.part(preview, 0, rows, screen.columns()),
      {.setup = *setup_, .settings = settings_, .keymap = keymap_, .message = message_, .plain = plain()});
}

std::string App::group_in_words(const model::Scene& now, const Group& group) const {
  return fmt::format("group {}, {} processes, {} per cent CPU, {} memory{}", group.name, group.count,
                     group_cell(now, group, model::ColumnId::cpu),
                     group_cell(now, group, model::ColumnId::rss),
                     list_.group_collapsed(group.id) ? ", collapsed" : "");
}

/// The selected row as one would read it aloud, and where it is.
std::string App::status_in_words() {
  const auto now = scene();
  const auto& rows = list_.rows();
  if (!now || rows.empty()) return "no process is shown";
  std::string out = fmt::format("{} of {}", list_.cursor() + 1, rows.size());
  const ListRow& entry = rows[list_.cursor()];
  if (entry.ended()) return out + fmt::format(": {}, it has ended", entry.pid.raw());
  if (entry.kind == RowKind::group) return out + ": " + group_in_words(*now, list_.groups().list[entry.item]);
  const model::Row row{*now, sample_of(now->snapshot, entry), entry.process};
  const auto cell = [&](model::ColumnId id) { return render::cell_text(model::column(id), row); };
  const bool thread = entry.kind == RowKind::thread;
  out += fmt::format(": {}{} {}, {}, user {}, {} per cent CPU, {} memory", thread ? "thread " : "",
                     entry.tid.raw(), escaped(row.sample.stat.comm), cell(model::ColumnId::state_name),
                     cell(model::ColumnId::user), cell(model::ColumnId::cpu), cell(model::ColumnId::rss));
  const std::string trouble = thread ? "" : render::trouble_text(row.sample, now->classes[entry.process]);
  if (thread) out += fmt::format(", of process {}", entry.pid.raw());
  if (!trouble.empty()) out += ", " + trouble;
  if (entry.context) out += ", does not match itself";
  if (list_.tree()) out += fmt::format(", level {}", entry.depth + 1);
  if (entry.hidden > 0) out += fmt::format(", {} below it are hidden", entry.hidden);
  if (list_.tagged(entry.task())) out += ", tagged";
  return out;
}

void App::draw_overlay(Region screen) {
  if (help_) return draw_help(screen, keymap_, *help_);
  if (text_) return draw_text_page(screen, keymap_, text_->title, text_->text, text_->view);
  if (menu_)
    draw_menu(screen.part(0, 0, screen.rows() - 1, screen.columns()), *menu_,
              plain()   ? FrameStyle::none
              : ascii() ? FrameStyle::ascii
                        : FrameStyle::lines);
}

}  // namespace ptop::app
