// Events as JSON Lines: an independent reader takes them back.
#include "ptop/render/event_json.hpp"

#include <rapidjson/document.h>

#include "golden.hpp"
#include "samples.hpp"
#include "support/catch.hpp"

using namespace ptop;
using rapidjson::Document;

namespace {

// Not value == "text": in C++20 RapidJSON's comparison templates call each other for ever.
std::string text(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

std::string text_of_story(test::Story& story) {
  test::tell(story);
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::JsonSink sink(out);
  test::play(story, sink);
  return test::contents(file);
}

std::vector<Document> parsed(const std::string& text) {
  std::vector<Document> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    REQUIRE(end != std::string::npos);
    Document line;
    line.Parse<rapidjson::kParseValidateEncodingFlag>(text.data() + start, end - start);
    REQUIRE_FALSE(line.HasParseError());
    lines.push_back(std::move(line));
    start = end + 1;
  }
  return lines;
}

const Document& first_of(const std::vector<Document>& lines, const std::string& type, int skip = 0) {
  for (const Document& line : lines) {
    if (line["type"].GetString() == type && skip-- == 0) return line;
  }
  FAIL("no event of type " << type);
  return lines.front();
}

}  // namespace

TEST_CASE("JsonSink: header first, end last, no gap in seq", "[render]") {
  test::Story story;
  const auto lines = parsed(text_of_story(story));
  REQUIRE(lines.size() == story.events.size() + 2);
  CHECK(text(lines.front()["type"]) == "header");
  CHECK(text(lines.front()["schema"]) == "ptop.events/1");
  CHECK(text(lines.back()["type"]) == "end");
  CHECK(lines.back()["lost"].GetInt64() == 3);
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) CHECK(lines[i]["seq"].GetUint64() == i);
}

TEST_CASE("JsonSink: the exact bytes stand beside what is no text", "[render]") {
  test::Story story;
  const auto lines = parsed(text_of_story(story));
  const Document& plain = first_of(lines, "exec");
  CHECK_FALSE(plain.HasMember("path_base64"));
  CHECK_FALSE(plain.HasMember("argv_base64"));
  const Document& strange = first_of(lines, "exec", 2);
  CHECK(text(strange["filename"]) == "./\xef\xbf\xbd.pl");
  CHECK(text(strange["filename_base64"]) == "Li//LnBs");
  CHECK(text(strange["argv"][1]) == "./\xef\xbf\xbd.pl");
  REQUIRE(strange["argv_base64"].Size() == 4);
  CHECK(strange["argv_base64"][0].IsNull());
  CHECK(text(strange["argv_base64"][1]) == "Li//LnBs");
  CHECK(strange["argv_base64"][2].IsNull());  // a bidi control is text to JSON
  CHECK(text(strange["cwd_base64"]) == "L3RtcC/+");
  CHECK(text(strange["env"]["added_base64"][0]) == "WD3/");
}

TEST_CASE("JsonSink: of an exec, why a member is null", "[render]") {
  const auto reasons = [](follow::Execed exec) {
    const Fd file = test::memory_file();
    render::LineOutput out(file.get(), true);
    render::JsonSink sink(out);
    sink.on({.pid = Pid(7), .task = {Tid(7), Ticks(1)}, .what = std::move(exec)});
    out.flush();
    const Document line = std::move(parsed(test::contents(file)).at(0));
    std::string text;
    if (!line.HasMember("unavailable")) return text;
    for (const auto& member : line["unavailable"].GetObject())
      text += std::string(member.name.GetString()) + ":" + member.value.GetString() + " ";
    return text;
  };
  CHECK(reasons({.path = "/x", .cwd = "/"}) == "");
  CHECK(reasons({.path = "/x", .cwd_unavailable = "too_long"}) == "cwd:too_long ");
  CHECK(reasons({.path = "/x", .cwd = "/", .unread = true}) == "argv:gone ");
  CHECK(reasons({.cwd_unavailable = "denied", .unread = true, .denied = true}) == "argv:denied cwd:denied ");
}

TEST_CASE("JsonSink: the arguments of a call are typed", "[render]") {
  test::Story story;
  const auto lines = parsed(text_of_story(story));
  const Document& open = first_of(lines, "syscall");
  const auto& args = open["args"];
  CHECK(args["dirfd"]["value"].GetInt64() == -100);
  CHECK(text(args["dirfd"]["name"]) == "AT_FDCWD");
  CHECK(args["pathname_truncated"].GetBool());
  CHECK(text(args["pathname_base64"]) == "L2V0Yy//");
  CHECK(args["flags"]["value"].GetInt64() == 0x80000);
  CHECK(text(args["flags"]["names"][1]) == "O_CLOEXEC");
  CHECK(open["ret"].GetInt64() == 3);
  CHECK(open["ret_decoded"]["fd"].GetInt64() == 3);
  CHECK_FALSE(open.HasMember("errno"));

  const Document& failed = first_of(lines, "syscall", 1);
  CHECK(failed["ret"].GetInt64() == -1);
  CHECK(text(failed["errno"]) == "ENOENT");
  CHECK(text(failed["args"]["argv"][2]["unreadable"]) == "0x7f00");
  CHECK(failed["args"]["argv_base64"][0].IsNull());
  CHECK(text(failed["args"]["argv_base64"][1]) == "/w==");

  CHECK(first_of(lines, "syscall", 2)["ret"].IsNull());
}

TEST_CASE("JsonSink: unknown is null, zero is zero", "[render]") {
  test::Story story;
  const auto lines = parsed(text_of_story(story));
  const Document& known = first_of(lines, "exit");
  CHECK(known["code"].GetInt64() == 0);
  CHECK(known["stime_ns"].GetInt64() == 0);
  const Document& killed = first_of(lines, "exit", 1);
  CHECK(killed["code"].IsNull());
  CHECK(text(killed["signal"]) == "SIGSEGV");
  CHECK(killed["core"].GetBool());
  CHECK(killed["max_rss"].IsNull());
}

TEST_CASE("JsonSink: every kind of event, unchanged since the last release", "[render]") {
  test::Story story;
  test::check_golden("events.jsonl", text_of_story(story));
}
