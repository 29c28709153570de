#pragma once

#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "models/ecosystem/observation.hpp"
#include "models/world.hpp"
#include "sim/trace/counter_names.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Keeps of a run what is delivered, month by month, what was refused and paid to governments, and
/// what counters said at each sample: enough for all indicators, and far less than a trace.
class Ledger : public TraceSink {
public:
  explicit Ledger(const World& world) : world_(world) {}
  Ledger(const Ledger&) = delete;  // latest_ points into samples_.
  Ledger(Ledger&&) = default;

  void record(const TraceEvent& event) override;
  bool hears_reasons() const override { return false; }
  /// Takes a sample as the last of a year, whenever it was taken.
  void close_year(int year, const CounterSampled& sample);

  const std::vector<LedgerRow>& rows() const { return rows_; }
  /// Refused packages and their value, by rule and year of the refusal.
  struct Refusal {
    double units = 0.0;
    Usd value;
  };
  const std::map<std::pair<RuleId, int>, Refusal>& refusals() const { return refusals_; }
  /// What governments take of deliveries, by government and year.
  const std::map<std::pair<Country, int>, Usd>& receipts() const { return receipts_; }
  /// The choices that buyers made, by the year that ended then.
  const std::vector<std::pair<int, ChoiceMade>>& choices() const { return choices_; }
  /// The last sample of each year of a counter, by subject.
  using Samples = std::map<std::tuple<Counter, std::uint32_t, int>, double>;
  const Samples& samples() const { return samples_; }
  /// A part of them.
  struct SamplesOf {
    Samples::const_iterator first, after;
    auto begin() const { return first; }
    auto end() const { return after; }
  };
  /// Those of one counter, by subject and year.
  SamplesOf samples_of(Counter counter) const;
  /// One of them; `absent` where there is none.
  double sample_or(Counter counter, std::uint32_t subject, int year, double absent) const;

private:
  void add(const ShipmentDelivered& fact);
  void add(const ShipmentRefused& fact);
  int year_of(Seconds time);

  /// Where the last sample of a counter stands in samples_; most that come are of the same year.
  struct Latest {
    int year = 0;
    double* value = nullptr;
  };

  const World& world_;
  std::optional<std::pair<Seconds, int>> asked_;  // Time and year, last: many facts are of one day.
  std::vector<LedgerRow> rows_;
  std::map<std::pair<RuleId, int>, Refusal> refusals_;
  std::map<std::pair<Country, int>, Usd> receipts_;
  std::vector<std::pair<int, ChoiceMade>> choices_;
  Samples samples_;
  std::array<std::vector<Latest>, kCounters.size()> latest_;  // By counter and subject.
};

}  // namespace chokepoint
