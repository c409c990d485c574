// The log of what is followed, in a file: every event from the moment on when it was asked for.
#pragma once

#include <memory>
#include <string>

#include "ptop/base/fd.hpp"
#include "ptop/base/result.hpp"
#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"

namespace ptop::app {

class SavedLog {
 public:
  enum class Overwrite : std::uint8_t { no, yes };
  /// JSON Lines when the name ends so (.jsonl, .json, .ndjson), text otherwise; for its owner alone, since
  /// arguments of calls are not for everybody. Errors: as open(2); EEXIST unless `overwrite`.
  static Result<std::unique_ptr<SavedLog>> open(const std::string& path, Overwrite overwrite);
  ~SavedLog();
  SavedLog(const SavedLog&) = delete;
  SavedLog& operator=(const SavedLog&) = delete;

  void begin(const follow::Header& header);
  /// Numbers it anew: the file's first event is 1.
  void on(const follow::Event& event);
  void end(std::string_view reason);
  void flush() { out_.flush(); }

  const std::string& path() const { return path_; }
  std::uint64_t events() const { return trailer_.events; }
  /// errno of the first write that failed, or 0.
  int error() const { return out_.error(); }

 private:
  SavedLog(std::string path, Fd fd);

  std::string path_;
  Fd fd_;
  render::LineOutput out_;
  std::unique_ptr<follow::Sink> printer_;
  follow::Trailer trailer_;
  bool begun_ = false, ended_ = false;
};

}  // namespace ptop::app
