// Settings to TOML and back, and the file they are kept in.
#include "settings_toml.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scene.hpp"
#include "settings_file.hpp"
#include "settings_keeper.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using app::test::contains;
namespace fs = std::filesystem;

namespace {

/// A directory of its own, gone at the end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "ptop-settings.XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string at(const std::string& name) const { return (path_ / name).string(); }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

void write(const std::string& path, std::string_view text) { std::ofstream(path) << text; }
std::string slurp(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

Settings changed_everywhere() {
  Settings s;
  for (const Option& option : options()) step_option(option, s, true);
  s.meters = {std::vector<Meter>{{MeterId::memory, MeterStyle::graph}, {MeterId::blank, MeterStyle::text}},
              std::vector<Meter>{{MeterId::psi_io, MeterStyle::text}}};
  s.screens = {{.name = "Größe \"x\" \\",
                .columns = {model::ColumnId::pid, model::ColumnId::rss, model::ColumnId::command},
                .arrangement = {false, {model::ColumnId::rss, true}, {model::ColumnId::user, false}},
                .query = "rss>1M and not name~'^a'",
                .widths = {{model::ColumnId::rss, 12}}}};
  s.keys = {{Context::list, Action::search, {U'/', key::f(3), key::ctrl('F')}},
            {Context::list, Action::pause, {}},
            {Context::pane, Action::detach, {key::alt('x')}}};
  return s;
}

struct Wrong {
  const char* toml;
  unsigned line, column;
  const char* text;
};

}  // namespace

TEST_CASE("settings: what is written is read again without trouble", "[tui]") {
  for (const Settings& settings : {Settings{}, changed_everywhere()}) {
    const std::string toml = write_settings(settings);
    INFO(toml);
    const ReadSettings read = read_settings(toml);
    for (const auto& trouble : read.troubles) FAIL_CHECK(trouble.line << ": " << trouble.text);
    CHECK(write_settings(read.settings) == toml);
    CHECK(read.settings.keys == settings.keys);
    CHECK(read.settings.meters == settings.meters);
    CHECK(read.settings.screens[0].widths == settings.screens[0].widths);
  }
  CHECK_FALSE(write_settings(Settings{}) == write_settings(changed_everywhere()));
}

TEST_CASE("settings: an empty file is the defaults", "[tui]") {
  const ReadSettings read = read_settings("");
  CHECK(read.troubles.empty());
  CHECK(write_settings(read.settings) == write_settings(Settings{}));
}

TEST_CASE("settings: what is wrong is told with its place and what would be right", "[tui]") {
  const auto wrong = GENERATE(
      Wrong{"[options]\nthem = \"light\"", 2, 1, "there is no setting 'them'; did you mean theme?"},
      Wrong{"[option]\n", 1, 2, "there is no table 'option'; did you mean options?"},
      Wrong{"[options]\ntheme = \"lihgt\"", 2, 9, "there is no theme 'lihgt'; did you mean light?"},
      Wrong{"[options]\ntheme = 3", 2, 9, "theme: a text is wanted, and not a number"},
      Wrong{"[options]\nmouse = \"yes\"", 2, 9, "mouse: true or false is wanted, and not a text"},
      Wrong{"[options]\n  delay = 0.01", 2, 11, "delay: 0.01 is not from 0.1 to 3600"},
      Wrong{"[options]\ndelay = nan", 2, 9, "delay: nan is not from"},
      Wrong{"[options]\nmark_scans = 1.5", 2, 14, "mark_scans: a whole number is wanted"},
      Wrong{"options = 1", 1, 11, "options: a table is wanted, and not a number"},
      Wrong{"[options\n", 1, 9, "not TOML: "}, Wrong{"a = \"\xff\"", 1, 5, "not TOML: "},
      Wrong{"[meters]\nleft = [\"cpu\",\n  \"memroy\"]", 3, 3,
            "there is no meter 'memroy'; did you mean memory?"},
      Wrong{"[meters]\nleft = [\"tasks:graph\"]", 2, 9, "'tasks:graph': tasks can be drawn as text"},
      Wrong{"[meters]\nleft = \"cpu\"", 2, 8, "left: a list of texts is wanted"},
      Wrong{"[[screens]]\nname = \"a\"\ncolumns = [\"pid\", \"comand\"]", 3, 19,
            "there is no column 'comand'; did you mean comm"},
      Wrong{"[[screens]]\ncolumns = [\"pid\", \"pid\"]", 2, 19, "columns: pid is there twice"},
      Wrong{"[[screens]]\nname = \"\"", 2, 8, "name: from 1 to 40 visible characters"},
      Wrong{"[[screens]]\nname = \"a\\u202eb\"", 2, 8, "name: from 1 to 40 visible characters"},
      Wrong{"[[screens]]\nwidths = { pid = 0 }", 2, 18, "pid: 0 is not from 1 to 200"},
      Wrong{"[[screens]]\nsort = \"-cpuu\"", 2, 8, "there is no column 'cpuu'; did you mean cpu?"},
      Wrong{"[[screens]]\nquery = \"rss>\"", 2, 9, "query: "},
      Wrong{"[keys]\nserach = \"/\"", 2, 1, "there is no action 'serach'; did you mean search?"},
      Wrong{"[keys]\nsearch = \"Ctrl-F\"", 2, 10, "there is no key 'Ctrl-F'; keys are written as k, F1"},
      Wrong{"[keys]\nsearch = 1", 2, 10, "search: a key or a list of keys is wanted"},
      Wrong{"[keys]\nfilter = \"x\"\nsearch = \"x\"", 3, 10, "x is the key of filter already"},
      Wrong{"[keys]\ndetach = \"x\"", 2, 1, "detach is no action of [keys]"},
      Wrong{"[keys]\nquit = []", 2, 8, "quit: without a key there would be no way out"});
  INFO(wrong.toml);
  const ReadSettings read = read_settings(wrong.toml);
  REQUIRE(read.troubles.size() == 1);
  const SettingsTrouble& trouble = read.troubles[0];
  INFO(trouble.line << ":" << trouble.column << ": " << trouble.text);
  CHECK(trouble.line == wrong.line);
  CHECK(trouble.column == wrong.column);
  CHECK(contains(trouble.text, wrong.text));
  CHECK(keymap_of(read.settings).first_key(Action::quit, Context::list) != key::none);
}

TEST_CASE("settings: one mistake leaves the rest of the file as it is", "[tui]") {
  const ReadSettings read = read_settings(
      "[options]\ntheme = \"light\"\nmouse = 7\ndelay = 3\n[[screens]]\nname = \"Mine\"\ncolumns = [\"pid\", "
      "\"nope\"]\n");
  CHECK(read.troubles.size() == 2);
  CHECK(read.settings.theme == "light");
  CHECK(read.settings.delay_s == 3);
  CHECK(read.settings.mouse);
  REQUIRE(read.settings.screens.size() == 1);
  CHECK(read.settings.screens[0].columns == std::vector{model::ColumnId::pid});
}

TEST_CASE("settings: many mistakes and deep nesting are bounded", "[tui]") {
  std::string many = "[options]\n";
  for (int i = 0; i < 1000; ++i) many += "x" + std::to_string(i) + " = 1\n";
  CHECK(read_settings(many).troubles.size() == 20);
  CHECK_FALSE(read_settings("a = " + std::string(100'000, '[')).troubles.empty());
}

TEST_CASE("settings: keys of another place than the list", "[tui]") {
  const ReadSettings read = read_settings("[keys]\nkill = [\"F9\", \"X\"]\n[keys.pane]\ndetach = \"q\"\n");
  REQUIRE(read.troubles.empty());
  const Keymap keys = keymap_of(read.settings);
  CHECK(keys.find(U'X', Context::list) == Action::kill);
  CHECK_FALSE(keys.find(U'k', Context::list) == Action::kill);
  CHECK(keys.find(U'q', Context::pane) == Action::detach);
}

TEST_CASE("settings file: XDG's place, and no relative one", "[tui]") {
  CHECK(default_settings_path("/x", "/home/me") == "/x/ptop/ptop.toml");
  CHECK(default_settings_path(nullptr, "/home/me") == "/home/me/.config/ptop/ptop.toml");
  CHECK(default_settings_path("x", "/home/me") == "/home/me/.config/ptop/ptop.toml");
  CHECK(default_settings_path("", "") == "");
  CHECK(default_settings_path(nullptr, "home") == "");
  CHECK(default_settings_path(nullptr, nullptr) == "");
}

TEST_CASE("settings file: none is the defaults; one that is wrong is told and left alone", "[tui]") {
  const Folder folder;
  const auto none = load_settings(folder.at("none.toml"));
  CHECK(none.understood);
  CHECK(none.trouble.empty());
  const std::string path = folder.at("ptop.toml"), text = "[options]\nthem = 1\nx = 2\n";
  write(path, text);
  const auto loaded = load_settings(path);
  CHECK_FALSE(loaded.understood);
  CHECK(
      contains(loaded.trouble, path + ":2:1: there is no setting 'them'; did you mean theme? (and 1 more)"));
  const auto saved = save_settings(path, write_settings(Settings{}));
  REQUIRE_FALSE(saved);
  CHECK(contains(saved.error().what, "not written over"));
  CHECK(slurp(path) == text);
}

TEST_CASE("settings file: what is no file, or too long, is told and not waited for", "[tui]") {
  const Folder folder;
  REQUIRE(::mkfifo(folder.at("fifo").c_str(), 0600) == 0);
  CHECK(contains(load_settings(folder.at("fifo")).trouble, "no regular file"));
  CHECK(contains(load_settings("/dev/zero").trouble, "no regular file"));
  CHECK_FALSE(load_settings(folder.at("")).understood);
  write(folder.at("long"), std::string(300 << 10, '#'));
  CHECK(contains(load_settings(folder.at("long")).trouble, "longer than 256 KiB"));
  CHECK_FALSE(save_settings(folder.at("long"), "").has_value());
}

TEST_CASE("settings file: a new one is its owner's alone, in directories made for it", "[tui]") {
  const Folder folder;
  const std::string path = folder.at("a/b/ptop.toml");
  REQUIRE(save_settings(path, "[options]\n"));
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(slurp(path) == "[options]\n");
}

TEST_CASE("settings file: keeps its permissions, and the link that leads to it", "[tui]") {
  const Folder folder;
  fs::create_directory(folder.at("dotfiles"));
  write(folder.at("dotfiles/real.toml"), "");
  REQUIRE(::chmod(folder.at("dotfiles/real.toml").c_str(), 0640) == 0);
  fs::create_symlink("dotfiles/real.toml", folder.at("ptop.toml"));
  REQUIRE(save_settings(folder.at("ptop.toml"), "# new\n"));
  CHECK(fs::is_symlink(folder.at("ptop.toml")));
  CHECK(slurp(folder.at("dotfiles/real.toml")) == "# new\n");
  struct stat status {};
  REQUIRE(::stat(folder.at("dotfiles/real.toml").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
  CHECK(folder.files() == 2);  // no temporary file is left
  // A link to a file that is not there yet, and one that leads to itself.
  fs::create_symlink("dotfiles/later.toml", folder.at("later.toml"));
  REQUIRE(save_settings(folder.at("later.toml"), "# later\n"));
  CHECK(slurp(folder.at("dotfiles/later.toml")) == "# later\n");
  fs::create_symlink("loop.toml", folder.at("loop.toml"));
  CHECK_FALSE(save_settings(folder.at("loop.toml"), "#\n"));
}

TEST_CASE("settings file: a failure leaves the old one, and no other file", "[tui]") {
  const Folder folder;
  write(folder.at("ptop.toml"), "# old\n");
  fs::create_directory(folder.at("directory"));
  CHECK_FALSE(save_settings(folder.at("directory"), "# new\n"));
  CHECK_FALSE(save_settings(folder.at("ptop.toml/below"), "# new\n"));
  CHECK(slurp(folder.at("ptop.toml")) == "# old\n");
  CHECK(folder.files() == 2);
}

TEST_CASE("settings of one run: the command line's are not kept, changes are", "[tui]") {
  const Folder folder;
  const std::string path = folder.at("ptop.toml");
  SettingsKeeper keeper(path);
  Settings now = keeper.as_read();
  now.delay_s = 9;
  now.mouse = false;
  now.screens[0].columns = {model::ColumnId::pid};
  keeper.begin_with(now);
  CHECK(keeper.save_changes(now));
  CHECK_FALSE(fs::exists(path));  // nothing was changed
  now.theme = "light";
  CHECK(keeper.save_changes(now));
  const auto kept = load_settings(path);
  CHECK(kept.settings.theme == "light");
  CHECK(kept.settings.delay_s == Settings{}.delay_s);
  CHECK(kept.settings.mouse);
  CHECK(kept.settings.screens[0].columns == default_columns());
  now.delay_s = 4;
  now.save = false;
  CHECK(keeper.save_changes(now));
  CHECK(load_settings(path).settings.delay_s == Settings{}.delay_s);
  CHECK(keeper.save(now));
  CHECK(load_settings(path).settings.delay_s == 4);
}

TEST_CASE("settings of one run: a file that was not understood is left alone", "[tui]") {
  const Folder folder;
  const std::string path = folder.at("ptop.toml");
  write(path, "theme = ");
  SettingsKeeper keeper(path);
  CHECK(contains(keeper.trouble(), "ptop.toml:1:"));
  Settings now = keeper.as_read();
  keeper.begin_with(now);
  now.theme = "light";
  CHECK(keeper.save_changes(now));
  CHECK(slurp(path) == "theme = ");
  CHECK_FALSE(keeper.save(now));
}
