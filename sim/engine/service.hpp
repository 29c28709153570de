#pragma once

#include "models/random.hpp"
#include "models/world.hpp"
#include "sim/engine/agenda.hpp"
#include "sim/engine/sites.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Serves one deployed model, a demand window at a time, with its shares of the devices that have
/// power when the window begins. The last window ends with the run.
class ServiceRun {
public:
  ServiceRun(const World& world, ServiceId service, Agenda& agenda, Sites& sites, TraceSink& trace);

  /// Enters the first window.
  void start();

  /// Since the start, as of the end of the last window.
  Tokens served() const { return served_; }
  Tokens unmet() const { return unmet_; }

  /// Ends the last window; to be called at the end of the run.
  void close() { end_window(); }

private:
  void begin_window();
  void end_window();
  TokensPerSecond demand(Seconds length);
  TokensPerSecond capacity() const;

  const World& world_;
  ServiceId id_;
  const InferenceService& service_;
  Agenda& agenda_;
  Sites& sites_;
  TraceSink& trace_;
  RandomStream variation_;
  Seconds window_;  // Length of the current one.
  WindowOutcome outcome_;
  Tokens served_, unmet_;
};

}  // namespace chokepoint
