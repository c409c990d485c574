// What the settings call the actions of keys: the names of the enumerators.
#include <algorithm>
#include <iterator>

#include "keymap.hpp"

namespace ptop::app {
namespace {

/// In the order of Action.
constexpr std::string_view names[] = {
    "help",
    "search",
    "filter",
    "toggle_tree",
    "sort_menu",
    "follow_menu",
    "quit",
    "up",
    "down",
    "page_up",
    "page_down",
    "home",
    "end",
    "left",
    "right",
    "pid_digit",
    "focus_other",
    "toggle_node",
    "expand",
    "collapse",
    "toggle_all",
    "follow",
    "follow_tree",
    "detach",
    "sort_cpu",
    "sort_memory",
    "sort_time",
    "sort_pid",
    "invert_sort",
    "toggle_kthreads",
    "toggle_threads",
    "toggle_cost",
    "group_menu",
    "user_menu",
    "details",
    "files",
    "environment",
    "locks",
    "tag",
    "tag_branch",
    "untag_all",
    "kill",
    "nicer",
    "less_nice",
    "io_priority",
    "next_tab",
    "previous_tab",
    "pause",
    "redraw",
    "menu_choose",
    "menu_cancel",
    "prompt_accept",
    "prompt_cancel",
    "prompt_next",
    "prompt_erase",
    "prompt_clear",
    "prompt_complete",
    "details_close",
    "help_close",
    "half_page_up",
    "half_page_down",
    "line_start",
    "line_end",
    "search_again",
    "search_back",
    "prompt_previous",
    "setup",
    "toggle_meters",
    "toggle_path",
    "toggle_merged",
    "toggle_cursor_follow",
    "wrapped_command",
    "autogroup_nicer",
    "autogroup_less_nice",
    "setup_change",
    "setup_more",
    "setup_less",
    "setup_add",
    "setup_remove",
    "setup_up",
    "setup_down",
    "setup_to_left",
    "setup_to_right",
    "setup_save",
    "setup_undo",
    "setup_close",
    "toggle_calls",
    "pane_counts",
    "pane_pause",
    "pane_save",
    "pane_zoom",
    "next_order",
    "program_keys",
    "program_size",
    "program_back",
    "program_forward",
    "affinity",
    "oom_adjustment",
    "menu_mark",
    "menu_erase",
    "details_go",
    "details_back",
    "user_stacks",
};

}  // namespace

std::string_view action_name(Action action) { return names[static_cast<std::size_t>(action)]; }

std::span<const std::string_view> action_names() { return names; }

std::optional<Action> find_action_name(std::string_view name) {
  const auto found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Action>(found - std::begin(names));
}

}  // namespace ptop::app
