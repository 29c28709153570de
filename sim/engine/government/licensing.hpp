#pragma once

#include "sim/engine/government/pending_delivery.hpp"
#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Files and decides applications and notices.
///
/// A pending delivery needs one for every requirement of the terms of its goods. They run side by
/// side, each from the day on which it is first asked for. The delivery may move when none is open.
/// How each ends is drawn when it is filed, from a random stream of its own.
class Licensing : private EngineComponent {
public:
  Licensing(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator)
      : EngineComponent(world, agenda, trace), regulator_(regulator) {}

  /// What the applications of a pending delivery have come to.
  struct Status {
    std::optional<RuleId> refused_by;   ///< A decision was no.
    std::optional<Seconds> open_until;  ///< The first open one is decided then.
  };

  /// Drops the applications of `pending` that nothing asks for any more, files those that are asked
  /// for now, and records what has been filed, dropped and decided.
  Status review(PendingDelivery& pending) const;

  /// Records that what is still open ends undecided, since the delivery will not move.
  void withdraw(const PendingDelivery& pending) const;

  /// Name of the stream that the application of a pending delivery to `rule` is drawn from:
  /// "license/<order>/<delivery>/<rule>", or "license/<order>/<delivery>.<part>/<rule>".
  std::string stream_of(const PendingKey& key, RuleId rule) const;

private:
  void drop(PendingDelivery& pending, const std::vector<Requirement>& requirements) const;
  void file(PendingDelivery& pending, const Requirement& requirement) const;
  void tell(const PendingDelivery& pending, const Application& application,
            LicenseOutcome outcome) const;

  const Regulator& regulator_;
};

}  // namespace chokepoint
