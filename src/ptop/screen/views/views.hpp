// The parts of the screen. Each draws what it is given onto a region and keeps nothing.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "call_counts.hpp"
#include "details_port.hpp"
#include "event_log.hpp"
#include "keymap.hpp"
#include "menu.hpp"
#include "meter_history.hpp"
#include "page_view.hpp"
#include "process_list.hpp"
#include "program_pane.hpp"
#include "scroll_view.hpp"
#include "setup.hpp"
#include "surface.hpp"
#include "tabs.hpp"

namespace ptop::app {

// meters.cpp
struct MeterView {
  const model::Scene& scene;
  const Settings& settings;
  const MeterHistory& history;
  bool ascii = false;
  bool plain = false;
};
/// Rows that the meters take on a screen of this size; 0: no room for any.
int meter_rows(int screen_rows, int screen_columns, const MeterView& view);
void draw_meters(Region area, int screen_rows, const MeterView& view);

// process_list.cpp
struct CommandLook {
  bool paths = true;    ///< directories of programs
  bool merged = false;  ///< exe and comm too, where the command line does not tell them
};

struct ListView {
  const ProcessList& list;
  const Recent& recent;
  const EventLog& log;  ///< knows how those ended that are followed
  std::size_t top = 0;
  std::span<const model::ColumnId> columns;
  bool all_columns = false;  ///< leave none out to make room for the command
  bool ascii = false;
  bool focused = true;
  int command_scroll = 0;
  std::string_view match;  ///< to be marked in commands
  const Widths& widths;    ///< chosen ones
  CommandLook command{};
  bool plain = false;             ///< marks instead of lines and colours, the terminal's cursor on the row
  std::optional<Uid> own_user{};  ///< the processes of others are faint
};
void draw_process_list(Region area, const model::Scene& scene, const ListView& view);
/// The columns that fit, in order; the least needed give way to the command.
std::vector<model::ColumnId> fit_columns(std::span<const model::ColumnId> columns, const Widths& widths,
                                         const model::Scene& scene, const Sort& sort, int width);

// command_cell.cpp
/// Tree lines, what is wrong, and the command line of one row.
void draw_command(Region area, int row, int column, const model::Scene& scene, const ListRow& entry,
                  const ListView& view, std::optional<Ink> over);

/// Tree lines, the name of a thread in braces as pstree(1) has it, and what is wrong with it.
void draw_thread_name(Region area, int row, int column, const model::Scene& scene, const ListRow& entry,
                      const ListView& view, std::optional<Ink> over);

/// Tree lines, the name of a group, and how many processes it has.
void draw_group_name(Region area, int row, int column, const model::Scene& scene, const ListRow& entry,
                     const ListView& view, std::optional<Ink> over);

/// The same of one that has ended, in what it was last.
void draw_ended_command(Region area, int row, int column, const ListRow& entry, const ListView& view,
                        std::optional<Ink> over);

// events.cpp
/// What stands above the lines of the pane.
struct PaneHead {
  std::string_view title;  ///< escaped
  std::string status;      ///< escaped; "": none
  bool focused = false;
};
/// Rows it takes: the title, and the status where there is room for it.
int pane_head_rows(Region area, const PaneHead& head);
/// `right`: what is said at the end of the title, if there is room.
void draw_pane_head(Region area, const PaneHead& head, std::string_view right);

struct EventsView {
  const EventLog& log;
  std::string_view match;          ///< to be marked; "": nothing
  std::optional<std::size_t> hit;  ///< the line that was found
  int scroll = 0;
};
/// The text, with every place that has `match` marked. Returns the columns used.
int put_marked(Region area, int row, int at, std::string_view text, std::string_view match, Ink ink);
void draw_events(Region area, const PaneHead& head, const EventsView& view);

// program.cpp
struct ProgramView {
  const ProgramPane& pane;
  std::string hint;  ///< escaped, beside its state
  bool focused = false;
};
void draw_program(Region area, const ProgramView& view);

// calls.cpp
void draw_calls(Region area, const PaneHead& head, std::span<const CallRow> rows, CallOrder order,
                ScrollView& scroll);

// details.cpp
struct DetailsView {
  std::string_view title;    ///< escaped
  std::string_view trouble;  ///< escaped; "": none
  DetailsTab tab = DetailsTab::overview;
  std::string_view goes_to{};  ///< escaped: whom the line of the cursor names; "": nobody
  std::string_view match{};    ///< to be marked; "": nothing
  const Keymap& keymap;
  bool ascii = false;
  bool plain = false;
};
/// Says where it is being read, and lays the page out for the size it has there.
void draw_details(Region screen, const DetailsView& view, PageView& page);
/// Names of screens, the current one marked.
/// `plain`: in brackets.
void draw_tab_bar(Region line, std::span<const std::string_view> names, std::size_t current, Spot::Kind kind,
                  bool plain = false);

// setup.cpp
struct SetupView {
  const Setup& setup;
  const Settings& settings;
  const Keymap& keymap;
  const std::string& message;  ///< escaped
  bool plain = false;
};
void draw_setup(Region area, const SetupView& view);

// overlay.cpp
void draw_help(Region screen, const Keymap& keymap, ScrollView& scroll);
/// A text under a title, broken where the screen ends.
void draw_text_page(Region screen, const Keymap& keymap, std::string_view title, std::string_view text,
                    ScrollView& scroll);
/// What a box over the screen is framed with.
enum class FrameStyle : std::uint8_t { lines, ascii, none };
void draw_menu(Region screen, Menu& menu, FrameStyle style);
/// Keys with their words, as many as fit, made from the key table.
void draw_hint_bar(Region line, const Keymap& keymap, Context where);

}  // namespace ptop::app
