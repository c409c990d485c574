// The page of one process: what it says of a small machine and of a recorded one, and how it is laid out.
#include "ptop/render/show.hpp"

#include "golden.hpp"
#include "ptop/base/escape.hpp"
#include "scenes.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace ptop;
using render::Page;
using render::Role;
using render::ShowSection;
using render::StyledText;

namespace {

std::string text_of(const Page& page, const render::PageLook& look = {}) {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::write_page(out, page, look, render::Paint(false));
  out.flush();
  return test::contents(file);
}

Page page_of(const test::Machine& machine, int pid, const render::ShowOptions& options = {}) {
  return render::process_page(machine.scene(), {test::index_of(machine, pid), {}}, options);
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

Page small_page() {
  Page page;
  page.headline = StyledText("name", Role::name).add(" 12 sleeps");
  page.troubles = {StyledText("It waits for something that never comes.")};
  page.sections = {{"Section",
                    {{"label", StyledText("some words that may be wrapped")},
                     {"", StyledText("and-a-long-word-that-has-no-blank-in-it-at-all")},
                     {"", StyledText(" 1  r  a row that is cut"), true},
                     {"", StyledText(" 2  w  a row that is wrapped below its name"), true, 7}}}};
  return page;
}

}  // namespace

TEST_CASE("process_page: everybody on a small machine", "[render]") {
  const test::Machine machine;
  std::string text;
  for (const auto row : machine.rows()) {
    if (!text.empty()) text += "\n-----\n";
    text += text_of(render::process_page(machine.scene(), row, {}));
  }
  test::check_golden("show.txt", text);
}

TEST_CASE("process_page: a recorded process, with its files, on 80 columns", "[render]") {
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/descriptors");
  REQUIRE(reader);
  const Pid pid(28674);
  const auto all = render::all_show_sections();
  auto snapshot = model::scan(*reader, {.sources = render::show_sources_of_all(all),
                                        .close = {pid},
                                        .close_sources = render::show_sources(all)});
  REQUIRE(snapshot);
  const auto tree = model::build_tree(*snapshot);
  const auto classes = model::classify(*snapshot, tree, nullptr);
  model::UserNames users;
  const model::Scene scene{*snapshot, tree, classes, nullptr, users};
  const auto descriptors = model::scan_descriptors(*reader, {.pids = {pid}, .details = true, .path = {}});
  REQUIRE(descriptors);
  const model::DescriptorEnds ends(*descriptors);
  const auto index = model::find_index(*snapshot, pid);
  REQUIRE(index);
  const Page page = render::process_page(scene, {*index, {}}, {.ends = &ends});
  test::check_golden("show-recorded.txt", text_of(page, {.columns = 80}));
}

TEST_CASE("process_page: only the sections that are asked for, in their order", "[render]") {
  const test::Machine machine;
  const Page page =
      page_of(machine, 30, {.sections = render::ShowSections{ShowSection::user, ShowSection::state}});
  REQUIRE(page.sections.size() == 2);
  CHECK(page.sections[0].title == "State");
  CHECK(page.sections[1].title == "User");
}

TEST_CASE("process_page: what is wrong stands above the sections", "[render]") {
  const test::Machine machine;
  const auto troubles = [&](int pid) {
    std::string text;
    for (const StyledText& trouble : page_of(machine, pid).troubles) text += trouble.plain() + '\n';
    return text;
  };
  CHECK(troubles(30).empty());
  CHECK(troubles(32).find("exited with status 3, and its parent 30 bash has not waited for it") !=
        std::string::npos);
  CHECK(troubles(33).find("kill -CONT 33") != std::string::npos);
  CHECK(troubles(40).find("not even SIGKILL") != std::string::npos);
}

TEST_CASE("process_page: the first word of a zombie's page is in a zombie's role", "[render]") {
  const test::Machine machine;
  CHECK(page_of(machine, 32).troubles.front().spans().front().role == Role::zombie);
}

TEST_CASE("parse_show_sections: keys, the nearest one, all of them", "[render]") {
  CHECK(*render::parse_show_sections("files, limits") ==
        render::ShowSections{ShowSection::files, ShowSection::limits});
  for (const std::string wrong : {"filse", "", "files,", "everything"}) {
    INFO(wrong);
    REQUIRE_FALSE(render::parse_show_sections(wrong));
  }
  CHECK(render::parse_show_sections("filse").error().what ==
        "unknown section 'filse': did you mean 'files'?");
  for (std::size_t i = 0; i < render::show_section_count; ++i) {
    const auto section = static_cast<ShowSection>(i);
    CHECK(*render::parse_show_sections(render::show_section_key(section)) == render::ShowSections(section));
  }
}

TEST_CASE("write_page: no line is wider than the page, and no word is lost", "[render]") {
  const Page page = small_page();
  for (std::size_t columns = 1; columns < 100; ++columns) {
    INFO("columns " << columns);
    const std::string text = text_of(page, {.columns = columns});
    for (const std::string& line : test::lines_of(text)) CHECK(display_width(line) <= columns);
    if (columns >= 30)
      CHECK(without_blanks(text).find(without_blanks("It waits for something that never comes.")) !=
            std::string::npos);
    if (columns >= 30)
      CHECK(without_blanks(text).find("and-a-long-word-that-has-no-blank-in-it-at-all") != std::string::npos);
  }
}

TEST_CASE("write_page: nothing is wrapped or cut when it is no terminal", "[render]") {
  CHECK(text_of(small_page()) ==
        "name 12 sleeps\n"
        "! It waits for something that never comes.\n"
        "\n"
        "Section\n"
        "  label  some words that may be wrapped\n"
        "         and-a-long-word-that-has-no-blank-in-it-at-all\n"
        "   1  r  a row that is cut\n"
        "   2  w  a row that is wrapped below its name\n");
}

TEST_CASE("write_page: wrapped text stays in its column, rows in theirs", "[render]") {
  CHECK(text_of(small_page(), {.columns = 31}) ==
        "name 12 sleeps\n"
        "! It waits for something that\n"
        "  never comes.\n"
        "\n"
        "Section\n"
        "  label  some words that may be\n"
        "         wrapped\n"
        "         and-a-long-word-that-h\n"
        "         as-no-blank-in-it-at-a\n"
        "         ll\n"
        "   1  r  a row that is cut\n"
        "   2  w  a row that is wrapped\n"
        "         below its name\n");
}

TEST_CASE("write_page: words of one role are one sequence of colour", "[render]") {
  Page page;
  page.headline = StyledText("three words here", Role::warning);
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::write_page(out, page, {.columns = 40}, render::Paint(true));
  out.flush();
  CHECK(test::contents(file) == "\x1b[33mthree words here\x1b[0m\n");
}

TEST_CASE("page_lines: each line names whom all of its text names, however it is wrapped or cut",
          "[render]") {
  const ProcessKey one{Pid(7), Ticks(70)}, other{Pid(8), Ticks(80)};
  Page page = small_page();
  page.troubles[0].name(one);
  page.sections[0].lines[0].text.add(StyledText("who").name(other));
  page.sections[0].lines[2].text.name(one).name(other);
  std::size_t of_one = 0, of_other = 0;
  for (const StyledText& line : render::page_lines(page, {.columns = 24})) {
    const auto names = [&](ProcessKey key) {
      return std::count(line.processes().begin(), line.processes().end(), key) == 1;
    };
    INFO(line.plain());
    CHECK((names(one) && names(other)) == (line.plain().find("that is cut") != std::string::npos ||
                                           line.plain().find(" 1  r") != std::string::npos));
    of_one += names(one) ? 1 : 0;
    of_other += names(other) ? 1 : 0;
  }
  CHECK(of_one == 3);    // the trouble on two lines, and the row
  CHECK(of_other == 3);  // the words on two lines, and the row
}

TEST_CASE("process_page: children and parents are named", "[render]") {
  const test::Machine machine;
  const auto page = page_of(machine, 1, {.sections = render::ShowSections{ShowSection::family}});
  bool any = false;
  for (const StyledText& line : render::page_lines(page, {})) any = any || !line.processes().empty();
  CHECK(any);
}
