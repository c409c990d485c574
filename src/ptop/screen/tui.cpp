// The loop: one poll(2) over the keyboard, signals and the refresh timer. Everything else is App.
#include "tui.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "app.hpp"
#include "background.hpp"
#include "curses.hpp"
#include "host_io.hpp"
#include "live_act.hpp"
#include "live_details.hpp"
#include "live_follow.hpp"
#include "live_program.hpp"
#include "output_guard.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/message.hpp"
#include "scanner.hpp"
#include "settings_keeper.hpp"

namespace ptop::app {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto frame_time =
    std::chrono::milliseconds(33);       // events redraw the screen no more often than this
constexpr double first_refresh_s = 0.3;  // rates need two scans: the second one comes soon
constexpr int first_frame_ms = 500;      // so long the first scan may take before anything is drawn
constexpr int reads_at_once = 4;         // of what a program writes, before keys are looked at again

/// Signals come through a descriptor, so that nothing happens at a bad moment. The old mask comes back at the
/// end.
class Signals {
 public:
  Signals() {
    sigset_t set;
    sigemptyset(&set);
    for (int s : {SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT}) sigaddset(&set, s);
    // Ignored by whoever started us: then no SIGCHLD would be sent for what we follow. It is blocked in all
    // threads, and left to those that follow.
    std::signal(SIGCHLD, SIG_DFL);
    sigset_t blocked = set;
    sigaddset(&blocked, SIGCHLD);
    // Of a default SIGTSTP ncurses takes care itself: it ignores it while it draws, and ignoring a signal
    // throws away the one that is pending, so that a Ctrl-Z could get lost. A handler of ours, never run,
    // keeps it from that.
    if (std::signal(SIGTSTP, [](int) {}) == SIG_IGN) std::signal(SIGTSTP, SIG_IGN);
    sigprocmask(SIG_BLOCK, &blocked, &before_);
    fd_ = Fd(signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
  }
  ~Signals() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int fd() const { return fd_.get(); }
  /// The next one that is pending; 0: none.
  int next() const {
    signalfd_siginfo info;
    return ::read(fd_.get(), &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
  }

 private:
  sigset_t before_{};
  Fd fd_;
};

/// Does to this process what the signal does by default: death, or a stop that ends with SIGCONT.
void take_by_default(int signal) {
  std::signal(signal, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  ::raise(signal);
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
  sigprocmask(SIG_BLOCK, &set, nullptr);
}

timespec to_timespec(double seconds) {
  const auto whole = static_cast<time_t>(seconds);
  return {whole, static_cast<long>((seconds - static_cast<double>(whole)) * 1e9)};
}

Fd make_timer(double interval) {
  Fd timer(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
  const itimerspec when{to_timespec(interval), to_timespec(std::min(interval, first_refresh_s))};
  timerfd_settime(timer.get(), 0, &when, nullptr);
  return timer;
}

/// One for each that reads on its own.
struct Readers {
  procfs::Reader scan, follow, act, details;
};

Result<Readers> open_readers(const std::string& root) {
  auto first = procfs::Reader::open(root);
  if (!first) return fail(first.error());
  auto follow = first->duplicate(), act = first->duplicate(), details = first->duplicate();
  return Readers{std::move(*first), std::move(follow), std::move(act), std::move(details)};
}

/// What the settings and the command line say about colours: who asks for some gets them, NO_COLOR or not.
TerminalLook look_of(const Settings& settings, const Options& options) {
  TerminalLook look{settings.theme, settings.colours, settings.mouse};
  const bool no_wish = settings.colours == "auto" || options.colour == render::ColourWish::never;
  if (no_wish && !render::wants_colour(options.colour, STDOUT_FILENO)) look.colours = "none";
  return look;
}

/// What is started in a terminal of its own.
struct Start {
  LiveProgram terminal;
  follow::Program program;
};

class Tui {
 public:
  Tui(Config config, Readers readers, std::unique_ptr<Terminal> terminal, const Signals& signals,
      TerminalOutput& output, OutputGuard& guard, const Options& options, SettingsKeeper& keeper,
      Start* start)
      : options_(options),
        start_(start),
        signals_(signals),
        output_(output),
        guard_(guard),
        terminal_(std::move(terminal)),
        follow_(std::move(readers.follow)),
        act_(std::move(readers.act)),
        details_(std::move(readers.details)),
        look_(look_of(config.settings, options)),
        delay_s_(config.settings.delay_s),
        app_(std::move(config),
             {&follow_, &act_, &details_, &keeper, start == nullptr ? nullptr : &start->terminal}),
        scan_([scanner = std::make_shared<ProcScanner>(std::move(readers.scan))](const ScanWish& wish) {
          return scanner->scan(wish);
        }),
        timer_(make_timer(delay_s_)) {
    if (!keeper.trouble().empty()) app_.report(keeper.trouble());
  }

  App& app() { return app_; }
  /// Why the program could not be started.
  const std::optional<Error>& start_error() const { return start_error_; }

  /// Returns the signal that ended it, or 0.
  int run() {
    ask_for_scan();
    pollfd first{scan_.fd(), POLLIN, 0};
    ::poll(&first, 1, first_frame_ms);
    take_frame();
    if (start_ != nullptr) start_program();
    while (!app_.done() && !start_error_ && ended_by_ == 0) {
      draw_if_due();
      wait();
    }
    finish_sending();  // not behind a terminal that takes nothing
    give_terminal_back();
    follow_.release("ptop ended");
    // Not before: what SIGHUP does to the program is its own affair.
    if (start_ != nullptr) start_->terminal.hang_up();
    return ended_by_;
  }

 private:
  void give_terminal_back() {
    guard_.end();
    const OutputGuard::Writing writing(guard_);
    terminal_.reset();
  }

  /// Drawing gives its terminal the size that it will have.
  void start_program() {
    draw_if_due();
    auto started = follow_.start(start_->program);
    start_->terminal.let_terminal_go();
    if (!started) {
      start_error_ = started.error();
      return;
    }
    const std::string_view file = start_->program.file;
    app_.program_started(*started, file.substr(file.rfind('/') + 1));
    draw_now_ = true;
  }

  void tend_program(bool readable, bool writable) {
    LiveProgram& terminal = start_->terminal;
    if (writable) terminal.write_more();
    if (readable) take_output(reads_at_once);
    if (app_.take_bell()) terminal_->ring();
    if (!app_.program_running()) return;
    const auto end = follow_.program_end();
    if (!end) return;
    constexpr int last_words = 64;
    take_output(last_words);
    app_.program_ended(*end);
    draw_now_ = true;
  }

  void take_output(int most_reads) {
    LiveProgram& terminal = start_->terminal;
    for (int i = 0; i < most_reads && terminal.fd() >= 0; ++i) {
      const std::string_view bytes = terminal.read();
      if (bytes.empty()) return;
      app_.on_program_output(bytes);
      draw_soon_ = true;
    }
  }

  void refresh() {
    if (!app_.paused()) ask_for_scan();
  }

  /// One at a time: what is wanted meanwhile comes next, a scan of all before a look at some.
  void ask_for_scan() {
    scan_due_ = scanning_;
    if (scanning_) return;
    scanning_ = true;
    scan_.ask(app_.scan_wish());
  }

  void ask_for_look() {
    look_due_ = scanning_;
    if (scanning_) return;
    scanning_ = true;
    ScanWish wish = app_.scan_wish();
    wish.shown_only = true;
    scan_.ask(std::move(wish));
  }

  void take_frame() {
    auto frame = scan_.take();
    if (!frame) return;
    scanning_ = false;
    if (*frame) {
      if ((**frame)->is_scan && app_.wants_host_io()) app_.on_host_io(read_host_io(options_.proc));
      if ((**frame)->is_scan && app_.wants_own_use()) app_.on_own_use(read_own_use());
      app_.on_frame(std::move(**frame));
    } else {
      app_.report("cannot read /proc: " + describe(frame->error()));
    }
    draw_now_ = true;
    if (scan_due_) return ask_for_scan();
    if (look_due_) ask_for_look();
  }

  void draw_if_due() {
    const auto now = Clock::now();
    waits_for_terminal_ = false;
    if (!draw_now_ && !(draw_soon_ && now - drawn_at_ >= frame_time)) return;
    // It gets what is newest when it has taken what it was given.
    if ((waits_for_terminal_ = !output_.idle())) return;
    if (app_.take_redraw()) terminal_->forget();
    if (surface_.rows() != terminal_->rows() || surface_.columns() != terminal_->columns()) {
      surface_ = Surface(terminal_->rows(), terminal_->columns());
    }
    app_.take_events();
    app_.draw(surface_);
    terminal_->set_raw(app_.program_running());
    terminal_->set_input(app_.input_mode());
    terminal_->draw(surface_);
    if (app_.take_look_wanted()) ask_for_look();
    drawn_at_ = now;
    draw_now_ = draw_soon_ = false;
  }

  int patience_ms() const {
    if (app_.sending()) return 0;
    if (!draw_soon_ || waits_for_terminal_) return unheard_ ? static_cast<int>(frame_time.count()) : -1;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(drawn_at_ + frame_time - Clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count() + 1, 0, frame_time.count()));
  }

  void wait() {
    pollfd fds[] = {{STDIN_FILENO, POLLIN, 0}, {signals_.fd(), POLLIN, 0},
                    {timer_.get(), POLLIN, 0}, {details_.fd(), POLLIN, 0},
                    {scan_.fd(), POLLIN, 0},   {draw_soon_ ? -1 : follow_.feed().fd(), POLLIN, 0},
                    program_pollfd(),          {waits_for_terminal_ ? output_.fd() : -1, POLLIN, 0}};
    if (::poll(fds, std::size(fds), patience_ms()) < 0) return;
    if (fds[1].revents != 0) on_signals();
    if (ended_by_ != 0) return;
    if (fds[0].revents != 0) on_input((fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0);
    tend_follow(fds[5].revents != 0);
    if (start_ != nullptr) tend_program((fds[6].revents & ~POLLOUT) != 0, (fds[6].revents & POLLOUT) != 0);
    if (fds[3].revents != 0) app_.on_details(), draw_now_ = true;
    if (fds[4].revents != 0) take_frame();
    if (app_.sending()) app_.send_more(), draw_soon_ = true;
    if (app_.take_scan_wanted()) ask_for_scan();
    std::uint64_t expirations = 0;
    if (fds[2].revents != 0 && ::read(timer_.get(), &expirations, sizeof expirations) > 0) refresh();
  }

  pollfd program_pollfd() const {
    if (start_ == nullptr) return {-1, 0, 0};
    const LiveProgram& terminal = start_->terminal;
    return {terminal.fd(), static_cast<short>(POLLIN | (terminal.wants_to_write() ? POLLOUT : 0)), 0};
  }

  /// What a terminal makes of these keys, where it was told not to.
  bool is_signal(Key k) const {
    if (start_ == nullptr || app_.input_mode().program) return false;
    if (k != key::ctrl('Z') && k != key::ctrl('\\')) return false;
    ::kill(0, k == key::ctrl('Z') ? SIGTSTP : SIGQUIT);
    return true;
  }

  void on_input(bool lost) {
    bool any = false;
    for (Key k = terminal_->read_key(); k != key::none && !app_.done(); k = terminal_->read_key()) {
      if (k == key::mouse)
        app_.on_mouse(terminal_->mouse(), surface_);
      else if (!is_signal(k))
        app_.on_key(k);
      any = true;
    }
    if (any) follow_settings();
    draw_now_ = draw_now_ || any;
    // The terminal is gone and nobody told us with SIGHUP.
    if (lost && !any) ended_by_ = SIGHUP;
  }

  void on_signals() {
    while (const int signal = signals_.next()) {
      switch (signal) {
        case SIGWINCH:
          terminal_->resized();
          draw_now_ = true;
          break;
        case SIGINT:
          // Where keys are a program's, it came from somebody else.
          if (app_.input_mode().program)
            app_.quit();
          else
            app_.on_key(key::ctrl('C'));
          draw_now_ = true;
          break;
        case SIGTSTP:
          suspend();
          break;
        case SIGCONT:
          terminal_->enter(), draw_now_ = true;
          break;
        default:
          ended_by_ = signal;
          return;
      }
    }
  }

  void finish_sending() {
    while (app_.sending()) app_.send_more();
  }

  /// A stopped tracer leaves its tracees in their next ptrace-stop: let them go first.
  void suspend() {
    finish_sending();
    follow_.release("ptop was suspended");
    app_.take_events();
    leave_terminal();
    take_by_default(SIGTSTP);
    terminal_->enter();
    refresh();
  }

  void leave_terminal() {
    const OutputGuard::Writing writing(guard_);
    terminal_->leave();
  }

  /// What a following thread missed is repeated soon.
  void tend_follow(bool any_events) {
    unheard_ = follow_.tend();
    draw_soon_ = draw_soon_ || any_events;
  }

  /// What of the settings is ours: the timer and the terminal.
  void follow_settings() {
    const Settings& settings = app_.settings();
    if (const TerminalLook look = look_of(settings, options_); look != look_) {
      look_ = look;
      terminal_->set_look(look_);
    }
    if (settings.delay_s == delay_s_) return;
    delay_s_ = settings.delay_s;
    timer_ = make_timer(delay_s_);
  }

  const Options& options_;
  Start* start_;  ///< nullptr: no program
  std::optional<Error> start_error_;
  const Signals& signals_;
  TerminalOutput& output_;
  OutputGuard& guard_;
  std::unique_ptr<Terminal> terminal_;
  LiveFollow follow_;
  LiveAct act_;
  LiveDetails details_;
  TerminalLook look_;
  double delay_s_;
  App app_;
  Background<ScanWish, Result<FramePtr>> scan_;
  Fd timer_;
  Surface surface_{0, 0};
  Clock::time_point drawn_at_;
  bool scanning_ = false, scan_due_ = false, look_due_ = false;
  bool draw_now_ = true, draw_soon_ = false, unheard_ = false;
  bool waits_for_terminal_ = false;  ///< to draw
  int ended_by_ = 0;
};

int complain(std::string_view message, int status) {
  say("ptop", message);
  return status;
}

Result<Config> make_config(const Options& options, bool utf8, const Settings& file) {
  Config config{.ascii = options.ascii || !utf8,
                .plain = options.plain,
                .self = Pid(::getpid()),
                .live = options.proc == "/proc",
                .readonly = options.readonly,
                .settings = file};
  if (options.interval_s) config.settings.delay_s = *options.interval_s;
  if (!options.mouse) config.settings.mouse = false;
  std::string words;
  for (const std::string& word : options.program) (words += word) += '\0';
  config.program = escaped_command_line(words);
  if (options.columns.empty()) return config;
  auto columns = model::parse_columns(options.columns);
  if (!columns) return fail(columns.error());
  config.settings.screens[0].columns = std::move(*columns);
  config.columns_chosen = true;
  return config;
}

std::string settings_path(const Options& options) {
  return options.config ? *options.config
                        : default_settings_path(std::getenv("XDG_CONFIG_HOME"), std::getenv("HOME"));
}

/// What the command line says after "--". Errors: there is no such program, or no terminal to be had.
Result<std::unique_ptr<Start>> prepare_start(const Options& options, const trace::SignalSetup& signals) {
  if (options.program.empty()) return nullptr;
  if (auto path = trace::resolve_program(options.program.front()); !path) return fail(path.error());
  auto terminal = LiveProgram::open();
  if (!terminal) return fail(terminal.error());
  const int end = terminal->terminal();
  return std::make_unique<Start>(Start{std::move(*terminal),
                                       {.file = options.program.front(),
                                        .argv = options.program,
                                        .environment = environment_for_program(),
                                        .terminal = end,
                                        .signals = signals}});
}

/// With the exit statuses of a shell.
int complain_of_start(const Options& options, const Error& error) {
  const std::string name = escaped(options.program.front());
  if (error.sys == ENOENT)
    return complain(fmt::format("cannot start {}: there is no such program", name), 127);
  const std::string why = error.sys == 0 ? error.what : describe(os_error(error.sys, ""));
  return complain(fmt::format("cannot start {}: {}", name, why), 126);
}

}  // namespace

int run_tui(const Options& options) {
  const trace::SignalSetup inherited = trace::SignalSetup::current();
  // Scans come and go on threads; with an arena for each, what they leave behind would be held several times.
  ::mallopt(M_ARENA_MAX, 1);
  // Left to itself the C library raises these as soon as one list of all processes was freed: the next ones
  // then lie between what stays, and the holes they leave are ours for ever.
  constexpr int keep_no_more = 128 * 1024;
  ::mallopt(M_MMAP_THRESHOLD, keep_no_more);
  ::mallopt(M_TRIM_THRESHOLD, keep_no_more);
  std::setlocale(LC_ALL, "");
  const bool utf8 = locale_is_utf8();
  SettingsKeeper keeper(settings_path(options));
  auto config = make_config(options, utf8, keeper.as_read());
  if (!config) return complain(config.error().what, 2);
  keeper.begin_with(config->settings);
  auto readers = open_readers(options.proc);
  if (!readers) return complain(describe(readers.error()), 4);

  auto start = prepare_start(options, inherited);
  if (!start) return complain_of_start(options, start.error());
  int ended_by = 0;
  Result<void> saved;
  std::optional<Error> failed;
  {
    const Signals signals;
    TerminalOutput output;
    OutputGuard guard(signals.fd(), output);
    auto terminal = Terminal::open(utf8, look_of(config->settings, options), output);
    if (!terminal) return complain(terminal.error().what, 2);
    Tui tui(std::move(*config), std::move(*readers), std::move(*terminal), signals, output, guard, options,
            keeper, start->get());
    ended_by = tui.run();
    failed = tui.start_error();
    if (ended_by == 0) saved = keeper.save_changes(tui.app().settings());
  }
  if (failed) return complain_of_start(options, *failed);
  if (!saved) complain("the settings were not saved: " + describe(saved.error()), 0);
  // A shell asks how we ended: dying of the same signal is the honest answer.
  if (ended_by != 0) take_by_default(ended_by);
  const int status = ended_by == 0 ? 0 : 128 + ended_by;
  if (threads_left_behind == 0) return status;
  std::fflush(nullptr);
  ::_exit(status);
}

}  // namespace ptop::app
