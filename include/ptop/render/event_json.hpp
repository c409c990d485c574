// Events as JSON Lines, schema ptop.events/1 (schemas/ptop.events-1.schema.json).
#pragma once

#include <memory>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

class JsonSink : public follow::Sink {
 public:
  explicit JsonSink(LineOutput& out);
  ~JsonSink() override;
  void begin(const follow::Header& header) override;
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ptop::render
