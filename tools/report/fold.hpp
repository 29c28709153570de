#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "chokepoint/v1/facts.pb.h"
#include "models/calendar.hpp"
#include "sim/trace/event.hpp"
#include "sim/trace/reader.hpp"
#include "tools/report/policy_account.hpp"
#include "tools/report/stocks.hpp"

namespace chokepoint {

/// What one order did with one device in one month. A substitute is another device, bought with
/// the money that a refusal left over.
struct DeliveryKey {
  std::string month;  ///< YYYY-MM.
  std::string order;
  std::string device;
  bool substitute = false;
  auto operator<=>(const DeliveryKey&) const = default;
};

/// Packages and US dollars of one DeliveryKey. A delivery counts in the month of its arrival, so
/// that a month's columns need not add up; an order's do, see OrderAccount.
struct DeliveryMonth {
  double ordered = 0.0;
  double sent = 0.0;
  double delivered = 0.0;
  double refused = 0.0;
  double short_of_supply = 0.0;  ///< Asked of the vendor on the day in vain; may be sent later.
  double filed = 0.0;            ///< Applied for or told of; counted once for each application.
  double revenue_usd = 0.0;
  double government_receipts_usd = 0.0;
  double refused_usd = 0.0;
};

/// Refusals that share month, device, gate and rules.
struct RefusalKey {
  std::string month;  ///< YYYY-MM.
  std::string device;
  std::string gate;  ///< ISO codes of the governments that held back: "US", "CN", "US+CN".
  std::string exporter_rule, importer_rule;  ///< Empty: did not hold back.
  auto operator<=>(const RefusalKey&) const = default;
};

/// Names of the rules of `key`, joined by " + ".
std::string rules_of(const RefusalKey& key);

/// What the packages of one RefusalKey would have added, and what that rests on.
struct RefusalMonth {
  double units = 0.0;
  double on_arrival = 0.0;  ///< Of the units: turned back at the border.
  double value_usd = 0.0;
  double lost_training_h100e = 0.0, lost_prefill_h100e = 0.0, lost_decode_h100e = 0.0;
  /// Paths of the least certain inputs.
  std::set<std::string> least_certain_training, least_certain_prefill, least_certain_decode;
};

/// A sampled counter.
struct Sample {
  Date date;
  std::string counter;
  std::string subject;
  double value = 0.0;
};

/// What held a device's making back in a month.
struct SupplyShortage {
  std::string month;  ///< YYYY-MM.
  std::string device, component, stage;
  double units = 0.0;             ///< Made.
  double devices_per_unit = 0.0;  ///< Packages for one more unit of the stage.
  /// Packages; unset: all that can be made.
  std::optional<double> wanted = std::nullopt;
};

/// Everything that tables and comparisons take from the facts of one run.
struct RunAccount {
  std::filesystem::path directory;
  pb::Manifest manifest;
  std::map<DeliveryKey, DeliveryMonth> deliveries;
  std::map<RefusalKey, RefusalMonth> refusals;
  PolicyAccount policy;
  std::vector<pb::OrderClosedFact> orders;
  std::vector<SupplyShortage> bounds;  ///< In order of time.
  Stocks stocks;                       ///< At the end, under way excluded.
  std::vector<Sample> samples;         ///< In order of time.
  std::map<std::pair<std::string, std::string>, double> latest;  ///< By counter and subject.
  std::uint64_t facts = 0;
  bool truncated = false;

  /// Last sample of `counter`, summed over its subjects.
  double latest_sum(Counter counter) const;
};

/// Folds facts into an account, one at a time, in their order.
class Fold {
public:
  /// Requires: the manifest's epoch is a moment. Throws std::runtime_error where it is not.
  explicit Fold(pb::Manifest manifest);

  void add(const TimedFact& timed);
  const RunAccount& account() const { return account_; }

private:
  Date date_of(std::uint64_t time_ns) const;
  void add_refused(const pb::RefusedFact& fact, const std::string& month);
  void add_sample(const pb::CounterFact& fact, Date date);

  RunAccount account_;
  Moment epoch_;
};

/// The account of the run of which `trace` is the trace, `directory` the folder of it. Throws
/// std::runtime_error as TraceReader does. A truncated trace is folded as far as it goes.
RunAccount read_run(const std::filesystem::path& trace);

}  // namespace chokepoint
