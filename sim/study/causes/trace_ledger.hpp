#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "chokepoint/v1/facts.pb.h"
#include "models/world.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/study/causes/indicator_question.hpp"
#include "sim/trace/reader.hpp"

namespace chokepoint {

/// Ids of what facts name.
class TraceNames {
public:
  explicit TraceNames(const World& world);

  /// Nothing where the world has no such thing.
  std::optional<OrderId> order(const std::string& name) const;
  std::optional<DeviceId> device(const std::string& name) const;
  std::optional<PoolId> pool(const std::string& name) const;
  std::optional<SiteId> site(const std::string& name) const;
  std::optional<SupplyId> supply(const std::string& name) const;
  std::optional<StackId> stack(const std::string& name) const;
  std::optional<RuleId> rule(const std::string& name) const;
  std::optional<ServiceId> service(const std::string& name) const;
  std::optional<JobId> job(const std::string& name) const;

private:
  using Ids = std::map<std::string, std::uint32_t>;
  Ids orders_, devices_, pools_, sites_, supplies_, stacks_, rules_, services_, jobs_;
};

/// The ledger of a period, from the facts of a trace instead of a run: what makes the indicators of
/// a year makes those of a month from it. A sample of the first day after the period is of its end.
/// What counts since the start of the run begins with the period.
class TraceLedger {
public:
  TraceLedger(const World& world, const TraceNames& names, const Period& period);

  void add(const TimedFact& timed);
  /// As of the year in which the period begins.
  Figures figures() const;

private:
  void add(const pb::DeliveredFact& fact, Seconds time);
  void add(const pb::RefusedFact& fact, Seconds time);
  void add(const pb::FeeFact& fact, Seconds time);
  void add(const pb::ChoiceFact& fact, Seconds time);
  /// Nothing where no indicator of a year looks at it.
  std::optional<CounterSampled> sample_of(const pb::CounterFact& fact, Seconds time) const;
  std::optional<std::uint32_t> subject_of(Counter counter, const std::string& name) const;

  const World& world_;
  const TraceNames& names_;
  Seconds from_, until_;
  int year_;
  std::map<std::string, Counter> counters_;
  Ledger ledger_;
};

/// Simulated time of a fact.
Seconds time_of(const TimedFact& fact);

}  // namespace chokepoint
