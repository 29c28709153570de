#pragma once

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

}  // namespace chokepoint
