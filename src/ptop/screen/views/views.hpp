// The parts of the screen. Each draws what it is given onto a region and keeps nothing.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "event_log.hpp"
#include "keymap.hpp"
#include "menu.hpp"
#include "process_list.hpp"
#include "surface.hpp"

namespace ptop::app {

// meters.cpp
/// Rows that the meters take on a screen of this size; 0: no room for any.
int meter_rows(int screen_rows, int screen_columns, std::size_t cpus);
void draw_meters(Region area, int screen_rows, const model::Scene& scene, bool ascii);

// process_list.cpp
struct ListView {
  const ProcessList& list;
  std::size_t top = 0;
  std::span<const model::ColumnId> columns;
  bool all_columns = false;  ///< leave none out to make room for the command
  bool ascii = false;
  bool focused = true;
  int command_scroll = 0;
  std::string_view match;  ///< to be marked in commands
};
void draw_process_list(Region area, const model::Scene& scene, const ListView& view);
/// The columns that fit, in order; the least needed give way to the command.
std::vector<model::ColumnId> fit_columns(std::span<const model::ColumnId> columns, const model::Scene& scene,
                                         int width);

// command_cell.cpp
/// Tree lines, what is wrong, and the command line of one row.
void draw_command(Region area, int row, int column, const model::Scene& scene, const ListRow& entry,
                  const ListView& view, std::optional<Ink> over);

// events.cpp
struct EventsView {
  const EventLog& log;
  std::string_view title;
  bool focused = false;
  int scroll = 0;
  bool ascii = false;
};
/// One row of `area` is the title.
void draw_events(Region area, const EventsView& view);

// overlay.cpp
int scrolled_help(int top, Action action, int height);
void draw_help(Region screen, int& top, int& height);
void draw_menu(Region screen, const Menu& menu, bool ascii);
/// Keys with their words, as many as fit, made from the key table.
void draw_hint_bar(Region line, Context where);

}  // namespace ptop::app
