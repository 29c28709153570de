#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"
#include "models/workload/token_demand.hpp"

namespace chokepoint {

/// Shape of one request, and how fast its answer is to come.
struct RequestShape {
  Tokens prompt;
  Tokens output;
  /// Time between two tokens of an answer at most (TPOT): what bounds the batch. Positive.
  Sourced<Seconds> tpot_target;
};

/// How a service lends nodes of its share to training.
struct LendingTerms {
  Sourced<double> spare_share;                ///< Of its nodes: kept beside what demand needs.
  Sourced<Seconds> return_delay;              ///< Until nodes that gangs held serve.
  Sourced<BytesPerSecond> checkpoint_writes;  ///< Of one node.
};

/// Chips of one pool that a service holds.
struct PoolShare {
  PoolId pool;
  double share = 0.0;  ///< Of the pool's powered devices, in (0, 1].
  std::optional<LendingTerms> lending = std::nullopt;  ///< Unset: reserved.
};

/// Demand of each hour of the day over that of the mean hour, from midnight on; their mean is 1.
using DailyPattern = std::array<double, 24>;

/// What was asked for in a stretch of time.
struct DemandWindow {
  Seconds length;  ///< > 0.
  Tokens demand;   ///< Prompt and answer, >= 0.

  bool operator==(const DemandWindow&) const = default;
};

/// What was asked of a service and served, at one site in some time.
struct ServedThere {
  Tokens demand, served;
};

/// A deployed model with a demand that grows.
struct InferenceService {
  std::string name;
  OrgId owner;
  TransformerId transformer;
  RequestShape request;
  Sourced<TokensPerSecond> demand;     ///< Prompt and answer, at the scenario's start.
  Sourced<double> growth_per_year;     ///< Factor per 365 days, positive.
  Sourced<double> demand_variation;    ///< Standard deviation of log demand of a window; 0: none.
  std::optional<TokenDemand> elastic;  ///< In place of both of them: it answers to its cost.
  Seconds window = 24_hours;
  /// In place of all that is said of demand and of `window`: one after the other from the start on,
  /// and nothing after them. None: as these say.
  std::vector<DemandWindow> windows;
  std::optional<DailyPattern> pattern = std::nullopt;  ///< Of a day's demand; unset: none.
  std::vector<PoolShare> shares;
};

/// Mean of a daily pattern over [begin, begin + length), `begin` counted from a midnight.
/// Requires: length positive.
double mean_over(const DailyPattern& pattern, Seconds begin, Seconds length);

/// Mean demand over the window [begin, begin + length) on the trend
/// demand * growth ^ (t / 365 days), in closed form.
TokensPerSecond mean_demand(const InferenceService& service, Seconds begin, Seconds length);

/// What one window did. served + unmet = demand, served <= capacity.
struct WindowOutcome {
  Tokens demand, capacity, served, unmet;
};

/// The lesser of demand and capacity over `length`.
WindowOutcome serve_window(TokensPerSecond demand, TokensPerSecond capacity, Seconds length);

}  // namespace chokepoint
