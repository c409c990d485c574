// The live screen as state: fed with frames, events and keys, drawn onto a Surface. Knows no terminal and no
// clock, so tests drive it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "act_port.hpp"
#include "branch_signal.hpp"
#include "details_port.hpp"
#include "event_filter.hpp"
#include "event_log.hpp"
#include "follow_port.hpp"
#include "keymap.hpp"
#include "menu.hpp"
#include "meter_history.hpp"
#include "own_use.hpp"
#include "page_view.hpp"
#include "process_list.hpp"
#include "program_pane.hpp"
#include "scanner.hpp"
#include "scroll_view.hpp"
#include "settings_port.hpp"
#include "setup.hpp"
#include "surface.hpp"
#include "tabs.hpp"

namespace ptop::app {

struct Config {
  bool columns_chosen =
      false;              ///< those of the first screen, on the command line: none is left out to make room
  bool ascii = false;     ///< no character beyond ASCII of our own, whatever the settings say
  bool plain = false;     ///< likewise
  Pid self;               ///< ptop itself
  bool live = true;       ///< the /proc of this machine, so its processes can be followed
  bool readonly = false;  ///< nothing is done to processes, and none is followed
  Settings settings{};
  std::string program{};  ///< the command line of the program to be started, escaped; "": none
};

/// What the screen needs beside frames and keys. Borrowed.
struct Ports {
  FollowPort* follow;
  ActPort* act;
  DetailsPort* details;
  SettingsPort* settings = nullptr;  ///< nullptr: nothing can be saved
  ProgramPort* program = nullptr;    ///< with Config::program
};

class App {
 public:
  App(Config config, Ports ports);

  // What happens to it.
  void on_frame(FramePtr frame);
  /// Before the frame that was read with it, if wants_host_io().
  void on_host_io(const HostIo& io) { host_io_ = io; }
  bool wants_host_io() const;
  /// With each scan, if wants_own_use().
  void on_own_use(const OwnUse& use);
  bool wants_own_use() const { return settings_.show_cost; }
  void on_key(Key key);
  /// `surface`: as it was drawn last, it knows what lies where.
  void on_mouse(const Mouse& mouse, const Surface& surface);
  /// Takes what the followed did since; begins what had to wait until its process was let go.
  void take_events();
  /// The details port has an answer.
  void on_details();
  void detach(std::string_view reason);
  /// The program of Config::program: its terminal has the size that draw() gave it.
  void program_started(ProcessKey process, std::string_view comm);
  void on_program_output(std::string_view bytes);
  void program_ended(const ProgramEnd& end);
  bool program_running() const { return program_ && program_->running(); }
  /// As the key for it: asks when there is something to be asked.
  void quit();
  void report(std::string message) { message_ = std::move(message), message_is_error_ = true; }

  // What it asks of the loop.
  /// Whom keys are for, which the terminal must know.
  InputMode input_mode() const;
  bool take_bell() { return program_ && program_->take_bell(); }
  bool done() const { return done_; }
  bool paused() const { return paused_; }
  /// A signal goes to many: send_more() is to be called until it went to all of them, before the end as well.
  /// Some may be stopped until then.
  bool sending() const { return sending_ != nullptr; }
  /// To the next of them; takes some 10 ms.
  void send_more();
  bool take_redraw() { return std::exchange(redraw_, false); }
  /// The screen shows other columns now, or something was done to a process: scan at once.
  bool take_scan_wanted() { return std::exchange(scan_wanted_, false); }
  /// Rows have come into sight of which less is known than of the others: look at them at once.
  bool take_look_wanted() { return std::exchange(look_wanted_, false); }
  /// What the next scan must read.
  ScanWish scan_wish() const;

  /// Remembers the sizes of list and pane for the page keys.
  void draw(Surface& surface);

  const ProcessList& list() const { return list_; }
  const EventLog& events() const { return events_; }
  const std::string& message() const { return message_; }
  bool pane_open() const { return pane_open_; }
  /// As they are now, screens with their present order.
  const Settings& settings();

 private:
  enum class Focus : std::uint8_t { list, pane, program };
  enum class PromptKind : std::uint8_t {
    search,
    filter,
    pane_search,
    pane_filter,
    save_name,
    oom,
    details_search
  };
  struct Prompt {
    PromptKind kind;
    std::string text;
    std::string before;                ///< the filter that cancelling brings back
    std::optional<ProcessKey> from{};  ///< and whom it selects again
    std::string label{};               ///< of one that says more than its kind does; escaped
    std::string help{};
  };
  struct Target {
    ProcessKey process;
    std::string name;  ///< escaped
    int nice = 0;
    bool doubtful = false;            ///< another process may have its pid and its start time
    std::optional<TaskKey> thread{};  ///< that thread of it alone
    std::string thread_name{};        ///< escaped
    bool with_branch = false;         ///< tagged with the children that it gets meanwhile
  };
  /// Of something that was done to several.
  struct Outcome {
    std::size_t failed = 0;
    std::string first;  ///< failure, in words
  };
  /// A signal that is on its way to a branch.
  struct Sending {
    std::vector<Target> whom;
    int signal;
    BranchSignal branch;
    std::size_t next = 0;  ///< of `whom`
    Outcome outcome{};
  };
  /// What an action reaches: what belongs to a thread is done to that one, if it is selected or tagged.
  enum class Reach : std::uint8_t { process, task };
  struct Details {
    DetailsWish wish;
    std::string name;  ///< escaped
    PageView view;
    std::string trouble{};  ///< why it could not be read again
  };
  /// A text over the whole screen.
  struct TextPage {
    std::string title, text;  ///< escaped
    ScrollView view{};
  };
  struct Followed {
    FollowWish wish;
    std::string name;  ///< escaped
  };

  struct PromptWords {
    std::string_view label, help;
  };
  static PromptWords words_of(const Prompt& prompt);

  // app.cpp: keys to actions to state.
  Context context() const;
  void act(Action action, Key key);
  bool act_on_list(Action action);
  bool fold(Action action);
  bool act_on_process(Action action);
  bool act_on_sort(Action action);
  void move(Action action);
  void type_digit(Key key);
  bool act_on_options(Action action);
  /// Makes what was changed in settings_ hold.
  void apply_settings();
  bool ascii() const { return config_.ascii || settings_.ascii; }
  bool plain() const { return config_.plain || settings_.plain; }
  void show_command();
  void save_settings();

  // app_setup.cpp
  void open_setup();
  void on_setup_key(Key key);
  void act_on_setup(Action action);
  void setup_changed(bool changed);
  void click_setup(std::uint64_t value);
  void rearrange();
  model::Sources sources_of_shown() const;
  model::Sources sources_of_threads() const;
  void find_unknown_rows();
  std::optional<model::Scene> scene();
  model::Scene scene_of(const Frame& frame);
  void note(std::string message) { message_ = std::move(message), message_is_error_ = false; }

  void switch_tab(std::ptrdiff_t by);
  void go_to_tab(std::size_t tab);
  void show_tab();
  const Tab& screen() const { return settings_.screens[tab_]; }
  /// Those of the screen; while threads have rows, tids too.
  std::vector<model::ColumnId> shown_columns() const;

  // app_act.cpp
  std::vector<Target> targets(Reach reach = Reach::process);
  bool is_doubtful(const model::Sample& task) const;
  Target target_of(const model::Scene& scene, model::TaskIndex task, Reach reach) const;
  std::string nothing_selected() const;
  static std::string name_of(const Target& target);
  static std::string name_of(const std::vector<Target>& targets);
  static std::string reason_of(const Error& error);
  Result<void> set_io_priority(const Target& target, IoPriority priority);
  static void act_on_one(const Target& target, Outcome& outcome,
                         const std::function<Result<void>(const Target&)>& act_on);
  void tell(const Outcome& outcome, const std::vector<Target>& whom, std::string_view done);
  void act_on_each(const std::vector<Target>& targets, std::string_view done,
                   const std::function<Result<void>(const Target&)>& act_on);
  void change_nice(int by);
  void open_io_menu();
  void act_on_tags(Action action);
  void change_autogroup(int by);

  // app_signal.cpp
  std::vector<SignalUse> signal_uses(const std::vector<Target>& whom);
  void open_signal_menu();
  void send_signal(const std::vector<Target>& whom, int signal);
  void send_to_branch(const std::vector<Target>& whom, int signal);
  bool send_to_next();
  void confirm_signal(const std::vector<Target>& whom, int signal);
  std::string start_of(ProcessKey process) const;

  // app_machine.cpp: CPUs and memory
  std::optional<CpuUse> cpu_use(const std::vector<Target>& whom);
  void open_affinity_menu();
  void set_cpus(const std::vector<Target>& whom, const Menu& menu, const std::vector<unsigned>& cpus);
  void open_oom_prompt();
  std::optional<int> oom_wish();
  void on_oom_prompt(Action action);

  // app_details.cpp
  void open_details(DetailsTab tab);
  void show_details(ProcessKey process, std::string name, DetailsTab tab);
  void go_to_named();
  void go_to_process(ProcessKey process);
  void go_back();
  void close_details();
  void ask_for_stacks();
  void find_in_details(bool back, bool from_here);
  void on_details_prompt(Action action);
  std::string label_of(ProcessKey process) const;
  std::string goes_to() const;
  void draw_details_screen(Region screen);
  void switch_details(int by);
  void go_to_details(DetailsTab tab);
  void act_on_details(Action action);

  // app_pane.cpp: the pane of what is followed
  void act_on_pane(Action action);
  void act_on_lines(Action action);
  void toggle_calls();
  void set_pane_filter(std::string text);
  bool is_of_wanted_process(const EventLine& line);
  void find_in_pane(bool back, bool from_here);
  void toggle_saving();
  void save_to(const std::string& path, SavedLog::Overwrite overwrite);
  void on_pane_prompt(Action action);
  std::string pane_title();
  std::string pane_status();

  // app_mouse.cpp
  void click(Spot spot, bool right);
  void click_row(std::size_t row, bool right);
  void click_column(model::ColumnId column);
  void turn_wheel(bool up);

  // app_prompt.cpp
  void open_prompt(PromptKind kind);
  void on_prompt_key(Key key);
  void prompt_changed();
  void cancel_filter();
  void complete_prompt();
  void set_filter(std::string text);
  void search_next(std::size_t from, bool back = false);

  // app_menu.cpp
  bool type_in_open_menu(Key key);
  void act_on_menu(Action action);
  void choose_in_menu();
  void mark_in_menu();
  void open_sort_menu();
  void open_user_menu();
  void open_group_menu();
  void open_follow_menu();
  void set_sort(model::ColumnId column);

  // app_follow.cpp
  void toggle_follow(bool tree);
  void follow(bool tree, bool syscalls);
  std::optional<std::string> objection(const model::Sample& process) const;
  void start_following(const FollowWish& wish, std::string name);
  void begin_log(const FollowWish& wish, std::string name, bool first);
  const model::Sample* selected_sample() const;
  bool carries_our_terminal(const model::Sample& process) const;
  void escape_pane();
  const Followed* followed(ProcessKey root) const;
  bool followed_by_us(ProcessKey process) const;

  // app_program.cpp
  bool keys_go_to_program() const;
  void act_on_program(Action action);
  void enter_program();
  void leave_program();
  void press_in_program(Key key);
  bool point_in_program(const Mouse& mouse, Spot spot);
  Region draw_program_pane(Region screen);
  void place_program_cursor(Region screen);

  // app_draw.cpp
  void draw_screen(Region screen);
  void draw_processes(Region screen);
  void draw_tabs(Region line);
  void draw_list(Region area, const model::Scene& scene);
  void draw_pane(Region area);
  std::optional<Uid> own_user() const;
  std::string status_in_words();
  std::string group_in_words(const model::Scene& now, const Group& group) const;
  void draw_bottom(Region area);
  void draw_corner(Region line);
  void draw_setup_screen(Region screen, int head);
  void draw_overlay(Region screen);

  Config config_;
  Settings settings_;
  Keymap keymap_;
  Ports ports_;
  FramePtr frame_;
  model::UserNames users_;
  Recent recent_;
  MeterHistory meter_history_;
  std::optional<HostIo> host_io_;
  std::optional<OwnUse> own_use_;  ///< at the last scan
  std::string own_cost_;           ///< "": not known yet
  ProcessList list_;
  EventLog events_;
  std::size_t tab_ = 0;  ///< of settings_.screens
  std::optional<Details> details_;
  std::vector<Details> details_before_;  ///< from whom one came here
  std::string details_search_;
  unsigned stacks_asked_ = 0;

  Focus focus_ = Focus::list;
  std::optional<Prompt> prompt_;
  std::optional<Menu> menu_;
  std::unique_ptr<Sending> sending_;
  std::vector<Target> oom_targets_;  ///< whom the number that is being typed is for
  std::optional<ScrollView> help_;   ///< the help screen, when it is open
  std::optional<TextPage> text_;
  std::optional<Setup> setup_;
  std::string search_, digits_, message_;
  bool message_is_error_ = false;
  bool seen_ = false;  ///< no key and no click since the last drawing
  bool done_ = false, paused_ = false, redraw_ = false, pane_open_ = false, scan_wanted_ = false;
  bool look_wanted_ = false, users_wanted_ = false;
  bool tags_ended_ = false;       ///< all that was tagged has ended, and nobody was chosen since
  std::vector<TaskKey> unknown_;  ///< rows in sight that a look was wanted for
  int command_scroll_ = 0, pane_scroll_ = 0;
  std::size_t list_height_ = 1, pane_height_ = 1;

  std::optional<ProgramPane> program_;
  Place program_place_;         ///< of its first cell
  bool pasting_ = false;        ///< into it
  std::string program_filter_;  ///< what shows its subtree

  std::vector<Followed> followed_;  ///< since the log began
  std::optional<Followed> next_;    ///< waits until the same process is let go
  std::string end_reason_;          ///< escaped
  bool calls_on_ = false;           ///< system calls are asked for
  bool pane_zoomed_ = false, counts_shown_ = false, counts_turned_ = false;
  CallOrder counts_order_ = CallOrder::total;
  ScrollView counts_view_;
  EventFilter pane_filter_;
  std::string pane_search_;
  std::optional<std::size_t> pane_hit_;  ///< the line found, among those shown
};

}  // namespace ptop::app
