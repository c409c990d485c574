// The reverse of render/event_json, as far as recordings need it.
#include "recorded_events.hpp"

#include <fstream>
#include <stdexcept>
#include <unordered_map>

#include <rapidjson/document.h>

#include "support/catch.hpp"
#include "support/paths.hpp"

namespace ptop::app::test {
namespace {

using Json = rapidjson::Value;
using namespace follow;

std::string_view text_of(const Json& value) { return {value.GetString(), value.GetStringLength()}; }

/// One line. What it returns borrows from the line and from the arena.
class Line {
 public:
  Line(const Json& json, decode::Arena& arena) : json_(json), arena_(arena) {}

  What what() const {
    const auto type = text("type");
    if (type == "attach") return Attached{string("comm"), pid("ppid"), json_["spawned"].GetBool()};
    if (type == "fork" || type == "vfork" || type == "clone") return forked(type);
    if (type == "exec") return execed();
    if (type == "exec_failed") return exec_failed();
    if (type == "recipe") return recipe();
    if (type == "exit") return exited();
    if (type == "reaped") return Reaped{how(), pid("by"), number<std::uint64_t>("zombie_ns")};
    if (type == "reparent") return Reparented{*pid("from"), *pid("to"), string("to_comm"), {}};
    if (type == "signal") return signalled();
    if (type == "stop") return StoppedBy{number<int>("signal_number")};
    if (type == "continue") return Continued{};
    if (type == "syscall") return call();
    throw std::invalid_argument("no test shows events of this type yet: " + std::string(type));
  }

  std::optional<Pid> pid(const char* name) const {
    return has(name) ? std::optional(Pid(json_[name].GetInt())) : std::nullopt;
  }
  template <class T>
  T number(const char* name) const {
    return has(name) ? static_cast<T>(json_[name].GetInt64()) : T{};
  }

 private:
  bool has(const char* name) const { return json_.HasMember(name) && !json_[name].IsNull(); }
  std::string_view text(const char* name) const { return has(name) ? text_of(json_[name]) : ""; }
  std::string string(const char* name) const { return std::string(text(name)); }
  template <class T>
  std::optional<T> maybe(const char* name) const {
    return has(name) ? std::optional(number<T>(name)) : std::nullopt;
  }
  ExecFailed exec_failed() const {
    const int error_number = number<int>("errno_number");
    ExecFailed failed;
    for (std::string& path : strings("tried")) failed.tried.push_back({std::move(path), error_number});
    if (failed.tried.empty()) failed.tried.push_back({string("path"), error_number});
    return failed;
  }

  std::vector<std::string> strings(const char* name) const {
    std::vector<std::string> out;
    if (!has(name)) return out;
    for (const Json& item : json_[name].GetArray()) out.emplace_back(text_of(item));
    return out;
  }

  Forked forked(std::string_view type) const {
    Forked f;
    f.kind = type == "fork" ? ForkKind::fork : type == "vfork" ? ForkKind::vfork : ForkKind::clone;
    f.child = {Tid(number<int>("child_tid")), Ticks(number<std::uint64_t>("child_start"))};
    f.child_pid = Pid(number<int>("child"));
    f.thread = json_["thread"].GetBool();
    if (has("flags")) f.flags = std::get<decode::FlagNames>(decoded(json_["flags"], false).what);
    f.exit_signal = maybe<int>("exit_signal_number");
    return f;
  }

  Execed execed() const {
    Execed e;
    e.path = string("path");
    e.filename = string("filename");
    e.argv = strings("argv");
    if (has("cwd")) e.cwd = string("cwd");
    if (has("interpreter")) e.interpreter = string("interpreter");
    return e;
  }

  Recipe recipe() const {
    Recipe r;
    r.execed = json_["execed"].GetBool();
    r.calls = number<std::uint64_t>("calls");
    r.window_ns = number<std::uint64_t>("window_ns");
    return r;
  }

  Exited exited() const {
    Exited e;
    e.thread = json_["thread"].GetBool();
    e.code = maybe<int>("code");
    e.signal = maybe<int>("signal_number");
    e.core = has("core") && json_["core"].GetBool();
    e.utime_ns = maybe<std::uint64_t>("utime_ns");
    e.stime_ns = maybe<std::uint64_t>("stime_ns");
    e.max_rss = maybe<std::uint64_t>("max_rss");
    e.lifetime_ns = maybe<std::uint64_t>("lifetime_ns");
    return e;
  }

  ReapedHow how() const {
    for (const ReapedHow how : {ReapedHow::waited, ReapedHow::ignored, ReapedHow::adopted, ReapedHow::never})
      if (text("how") == reaped_how_name(how)) return how;
    throw std::invalid_argument("reaped in an unknown way");
  }

  Signalled signalled() const {
    Signalled s;
    s.signal = number<int>("signal_number");
    s.code = number<int>("code");
    s.sender = pid("sender");
    if (has("sender_uid")) s.sender_uid = Uid(number<unsigned>("sender_uid"));
    return s;
  }

  SyscallDone call() const {
    SyscallDone done;
    done.name = text("name");
    done.number.nr = number<std::int64_t>("nr");
    done.args = fields(json_["args"]);
    done.error_number = number<int>("errno_number");
    done.ret = maybe<std::int64_t>("ret");
    if (done.error_number != 0) done.ret = -done.error_number;
    if (has("ret_decoded"))
      done.ret_decoded = decoded(json_["ret_decoded"], false);
    else if (done.ret)
      done.ret_decoded = {decode::Signed{*done.ret}};
    done.duration_ns = maybe<std::uint64_t>("duration_ns");
    return done;
  }

  std::span<const decode::Field> fields(const Json& object) const {
    std::vector<decode::Field> found;
    for (const auto& member : object.GetObject()) {
      const auto name = text_of(member.name);
      if (name.ends_with("_truncated") || name.ends_with("_base64")) continue;
      const bool truncated = object.HasMember((std::string(name) + "_truncated").c_str());
      found.push_back({name, arena_.node(decoded(member.value, truncated))});
    }
    return keep(found);
  }

  decode::Decoded decoded(const Json& value, bool truncated) const {
    if (value.IsNull()) return {decode::Address{0}};
    if (value.IsInt64()) return {decode::Signed{value.GetInt64()}};
    if (value.IsUint64()) return {decode::Unsigned{value.GetUint64()}};
    if (value.IsString()) return {decode::Text{text_of(value), truncated}};
    if (value.IsArray()) return list(value);
    if (value.HasMember("names")) return names(value);
    if (value.HasMember("name") && value.HasMember("value"))
      return {decode::Symbol{value["value"].GetInt64(), text_of(value["name"]), ""}};
    return {decode::Record{fields(value)}};
  }

  decode::Decoded list(const Json& array) const {
    std::vector<decode::Decoded> items;
    for (const Json& item : array.GetArray()) items.push_back(decoded(item, false));
    return {decode::List{keep(items)}};
  }

  decode::Decoded names(const Json& flags) const {
    std::vector<std::string_view> found;
    for (const Json& name : flags["names"].GetArray()) found.push_back(text_of(name));
    const std::uint64_t rest = flags.HasMember("rest") ? flags["rest"].GetUint64() : 0;
    return {decode::FlagNames{flags["value"].GetUint64(), keep(found), rest, ""}};
  }

  template <class T>
  std::span<const T> keep(const std::vector<T>& items) const {
    const auto kept = arena_.array<T>(items.size());
    std::copy(items.begin(), items.end(), kept.begin());
    return kept;
  }

  const Json& json_;
  decode::Arena& arena_;
};

}  // namespace

void play_events(const std::string& name, const std::function<void(const Event&)>& happen) {
  std::ifstream file(ptop::test::fixtures() + "/events/" + name + ".jsonl");
  REQUIRE(file);
  std::unordered_map<std::int32_t, std::uint32_t> depths;
  for (std::string text; std::getline(file, text);) {
    rapidjson::Document json;
    REQUIRE_FALSE(json.Parse(text.c_str()).HasParseError());
    if (!json.HasMember("seq")) continue;  // header and end
    decode::Arena arena;
    const Line line(json, arena);
    Event event;
    event.seq = line.number<std::uint64_t>("seq");
    event.t_ns = line.number<std::uint64_t>("t_ns");
    event.pid = *line.pid("pid");
    event.task = {Tid(line.number<int>("tid")), Ticks(line.number<std::uint64_t>("start"))};
    event.ppid = line.pid("ppid").value_or(Pid(0));
    event.depth = depths[event.pid.raw()];
    event.what = line.what();
    if (const auto* born = std::get_if<Forked>(&event.what))
      depths[born->child_pid.raw()] = event.depth + (born->thread ? 0 : 1);
    happen(event);
  }
}

}  // namespace ptop::app::test
