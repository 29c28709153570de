#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "chokepoint/v1/facts.pb.h"
#include "models/ecosystem/region.hpp"
#include "models/world.hpp"
#include "sim/indicators/figures.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/trace/sink.hpp"
#include "tools/console/run_record.hpp"
#include "tools/report/answer/answer.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Values by day, rising.
using DayTrack = std::map<Date, double>;

/// What a rule, as the exporter's or else the importer's, held back for good.
struct HeldBack {
  double units = 0.0;  ///< Packages,
  Usd value;           ///< at the prices of their orders,
  double lost_training_h100e = 0.0;
  Date first;  ///< Day of the first.
};

/// What figures over time need of a run, taken from its facts one by one.
class RunHistory : public TraceSink {
public:
  /// `of` must outlive this.
  explicit RunHistory(const World& of);

  void record(const TraceEvent& event) override;

  Ledger ledger;
  std::map<RuleId, HeldBack> held_back;
  std::vector<SupplyBottleneck> shortages;  ///< In order of time.
  std::map<Date, double> ordered, refused;  ///< Packages for the mainland, by month.

  /// Usable at what is installed in a region, by day of the sample.
  std::map<std::pair<Counter, Region>, DayTrack> installed;
  /// Of a service, by day of the sample: tokens since the start, or a price.
  std::map<std::pair<Counter, std::uint32_t>, DayTrack> services;

private:
  void add(const CounterSampled& sample);
  void add(const ShipmentRefused& fact);
  Date day_of(Seconds time) const { return world_.calendar().date_at(time); }

  const World& world_;
  std::vector<Region> regions_;  ///< Of pools.
};

/// A run of the ecosystem as its folder tells of it.
struct EcosystemRun {
  std::string name;  ///< Of its folder.
  std::filesystem::path folder;
  pb::RunRecord record;
  std::unique_ptr<const World> world;
  std::unique_ptr<RunHistory> history;
  YearlyRun yearly;  ///< With its draws, where it has any.
  /// What each source is, in the order of World::sources.
  std::vector<std::string> sources;
  AnsweredRun answered;  ///< As its answer is made of it.
  bool is_truncated = false;
};

/// Draws that were asked for, as far as the names of those that were kept tell; 0 without any.
int draws_asked(const EcosystemRun& run);

/// Throws std::runtime_error as StoredRun and TraceReader do.
EcosystemRun read_ecosystem_run(const std::filesystem::path& folder);

/// A run by itself, or beside the one that it is held against.
struct RunPair {
  const EcosystemRun& run;
  const EcosystemRun* base;  ///< Null: none.

  const World& world() const { return *run.world; }
};

/// The years that the run covers from end to end, rising.
std::vector<int> whole_years(const EcosystemRun& run);

}  // namespace chokepoint
