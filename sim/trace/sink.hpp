#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/trace/event.hpp"

namespace chokepoint {

/// Where the engine writes. Tests use MemorySink; the command line uses the protobuf writer.
class TraceSink {
public:
  virtual ~TraceSink() = default;
  virtual void record(const TraceEvent& event) = 0;
  /// False where facts that only say why need not be told: RulingGiven and SupplyBottleneck, which
  /// take time to find out.
  virtual bool hears_reasons() const { return true; }
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
  bool hears_reasons() const override {
    return std::ranges::any_of(sinks_, &TraceSink::hears_reasons);
  }

private:
  std::vector<TraceSink*> sinks_;
};

}  // namespace chokepoint
