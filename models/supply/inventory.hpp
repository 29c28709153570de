#pragma once

#include <vector>

#include "models/supply/fab.hpp"
#include "models/supply/stage.hpp"
#include "models/supply/stock_owners.hpp"

namespace chokepoint {

/// What a stage hands on from month to month.
struct StageState {
  double stock = 0.0;        ///< Good units that nobody has used yet.
  double processed = 0.0;    ///< Input so far, from which its yield has learned.
  std::vector<double> work;  ///< Input under way; the first is finished next. lead_months long.
  FabState fab;
};

/// What a network hands on from month to month.
struct SupplyState {
  std::vector<StageState> stages;  ///< By StageId.
  StockOwners owners;
};

/// A stage in one month: what it had, what it did. Stock, arrived, finished and used are good units
/// of product; capacity and started are before yield.
struct StageMonth {
  double capacity = 0.0;  ///< Infinity: no limit of its own.
  double yield = 1.0;
  double stock = 0.0;     ///< At the beginning.
  double arrived = 0.0;   ///< Of the bank, from outside, or come because it had to be taken.
  double finished = 0.0;  ///< Good ones.
  double started = 0.0;
  double used = 0.0;  ///< By other stages and by devices.

  /// Good units at hand. Requires that nobody uses more: never negative but for rounding.
  double ready() const { return stock + arrived + finished - used; }
};

/// The state at the start of `month`: stocks that arrived before, machines as planned, no work
/// under way. For full lines, begin as many months earlier as the longest route takes.
SupplyState initial_state(const SupplyNetwork& network, Date month);

/// Units of the stage's bank that arrive in `month`, the first of a month, where nothing holds them
/// back.
double arrivals(const SupplyStage& stage, Date month);

/// The stage as the month begins: capacity narrowed, this month's part of the bank arrived as far
/// as `gate` lets in (the rest is lost), work that is due finished, nothing started or used.
StageMonth open_month(const SupplyStage& stage, const StageState& before, Date month,
                      const StageGate& gate);

/// The state after `done`, which began as open_month() says. What was started is finished
/// lead_months later, at the yield of then; without lead it has been counted as finished.
StageState close_month(const SupplyStage& stage, const StageState& before, const StageMonth& done,
                       Date month, const StageGate& gate);

}  // namespace chokepoint
