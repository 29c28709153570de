#pragma once

#include "models/world.hpp"
#include "sim/engine/agenda.hpp"
#include "sim/engine/parcel.hpp"
#include "sim/engine/regulator.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// The desks where applications and notices are filed and decided.
///
/// A parcel needs one for every requirement of the terms of its goods. They run side by side from
/// the day on which each is first asked for; the parcel may move when none is open. How each ends
/// is drawn when it is filed, from a stream of its own.
class Licensing {
public:
  Licensing(const World& world, const Agenda& agenda, TraceSink& trace, const Regulator& regulator)
      : world_(world), agenda_(agenda), trace_(trace), regulator_(regulator) {}

  /// Where the applications of a parcel stand.
  struct Standing {
    std::optional<RuleId> refused_by;   ///< A decision was no.
    std::optional<Seconds> open_until;  ///< The first open one is decided then.
  };

  /// Drops the applications of `parcel` that nothing asks for any more, files those that are asked
  /// for now, and records what has been filed, dropped and decided.
  Standing review(Parcel& parcel) const;

  /// Records that what is still open ends undecided, for the parcel will not move.
  void withdraw(const Parcel& parcel) const;

  /// Name of the stream that the application of a parcel to `rule` is drawn from:
  /// "license/<order>/<delivery>/<rule>", or "license/<order>/<delivery>.<part>/<rule>".
  std::string stream_of(const ParcelKey& key, RuleId rule) const;

private:
  void drop(Parcel& parcel, const std::vector<Requirement>& requirements) const;
  void file(Parcel& parcel, const Requirement& requirement) const;
  void tell(const Parcel& parcel, const Application& application, LicenseOutcome outcome) const;

  const World& world_;
  const Agenda& agenda_;
  TraceSink& trace_;
  const Regulator& regulator_;
};

}  // namespace chokepoint
