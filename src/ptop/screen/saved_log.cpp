// A file, and the sink that writes its lines.
#include "saved_log.hpp"

#include <fcntl.h>

#include "ptop/render/event_json.hpp"
#include "ptop/render/event_text.hpp"

namespace ptop::app {
namespace {

bool wants_json(std::string_view path) {
  for (const std::string_view ending : {".jsonl", ".json", ".ndjson"})
    if (path.ends_with(ending)) return true;
  return false;
}

}  // namespace

Result<std::unique_ptr<SavedLog>> SavedLog::open(const std::string& path, Overwrite overwrite) {
  constexpr mode_t owner_only = 0600;
  const int how = overwrite == Overwrite::yes ? O_TRUNC : O_EXCL;
  Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | how, owner_only));
  if (fd.get() < 0) return fail(os_error(path));
  return std::unique_ptr<SavedLog>(new SavedLog(path, std::move(fd)));
}

SavedLog::SavedLog(std::string path, Fd fd)
    : path_(std::move(path)), fd_(std::move(fd)), out_(fd_.get(), true) {
  if (wants_json(path_))
    printer_ = std::make_unique<render::JsonSink>(out_);
  else
    printer_ = std::make_unique<render::TextSink>(out_, render::Paint(false),
                                                  render::TextOptions{.durations = true});
}

SavedLog::~SavedLog() { end("ended"); }

void SavedLog::begin(const follow::Header& header) {
  if (std::exchange(begun_, true)) return;
  printer_->begin(header);
}

void SavedLog::on(const follow::Event& event) {
  follow::Event numbered = event;
  numbered.seq = ++trailer_.events;
  trailer_.t_ns = event.t_ns;
  if (const auto* lost = std::get_if<follow::Lost>(&event.what)) trailer_.lost += lost->count;
  if (const auto* forked = std::get_if<follow::Forked>(&event.what))
    trailer_.processes += forked->thread ? 0 : 1;
  if (std::holds_alternative<follow::Attached>(event.what) && event.task.tid == leader_of(event.pid))
    ++trailer_.processes;
  if (std::holds_alternative<follow::Execed>(event.what)) ++trailer_.execs;
  if (const auto* exited = std::get_if<follow::Exited>(&event.what)) trailer_.exits += exited->thread ? 0 : 1;
  printer_->on(numbered);
}

void SavedLog::end(std::string_view reason) {
  if (!begun_ || std::exchange(ended_, true)) return;
  trailer_.reason = reason;
  printer_->end(trailer_);
  out_.flush();
}

}  // namespace ptop::app
