#pragma once

#include <utility>
#include <vector>

#include "sim/trace/event.hpp"

namespace chokepoint {

/// Where the engine writes. Tests use MemorySink; the command line uses the protobuf writer.
class TraceSink {
public:
  virtual ~TraceSink() = default;
  virtual void record(const TraceEvent& event) = 0;
};

/// Keeps every fact. Abstract sinks exist because tests need this one.
class MemorySink : public TraceSink {
public:
  void record(const TraceEvent& event) override { events.push_back(event); }
  std::vector<TraceEvent> events;
};

/// Passes every fact on to all of its sinks, in their order.
class Tee : public TraceSink {
public:
  explicit Tee(std::vector<TraceSink*> sinks) : sinks_(std::move(sinks)) {}
  void record(const TraceEvent& event) override {
    for (TraceSink* sink : sinks_) sink->record(event);
  }

private:
  std::vector<TraceSink*> sinks_;
};

}  // namespace chokepoint
