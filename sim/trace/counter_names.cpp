#include "sim/trace/counter_names.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {
namespace {

struct Row {
  Counter counter;
  std::string_view name;
  std::string_view unit;
  CounterSubject subject;
};

constexpr auto kRows = [] {
  using enum CounterSubject;
  return std::array{
      Row{Counter::SupplyStock, "supply_stock", "packages", Supply},
      Row{Counter::DevicesInstalled, "devices_installed", "packages", Pool},
      Row{Counter::DevicesPowered, "devices_powered", "packages", Pool},
      Row{Counter::Tpp, "tpp", "TPP", Pool},
      Row{Counter::H100ePeak, "h100e_peak", "H100e", Pool},
      Row{Counter::H100eTraining, "h100e_training", "H100e", Pool},
      Row{Counter::H100ePrefill, "h100e_prefill", "H100e", Pool},
      Row{Counter::H100eDecode, "h100e_decode", "H100e", Pool},
      Row{Counter::H100eTrainingNominal, "h100e_training_nominal", "H100e", Pool},
      Row{Counter::H100ePrefillNominal, "h100e_prefill_nominal", "H100e", Pool},
      Row{Counter::H100eDecodeNominal, "h100e_decode_nominal", "H100e", Pool},
      Row{Counter::SitePower, "site_power", "W", Site},
      Row{Counter::SiteEnergy, "site_energy", "J", Site},
      Row{Counter::TokensServed, "tokens_served", "tokens", Service},
      Row{Counter::TokensUnmet, "tokens_unmet", "tokens", Service},
      Row{Counter::TrainingTokens, "training_tokens", "tokens", Job},
      Row{Counter::TrainingFlops, "training_flops", "FLOP", Job},
      Row{Counter::StackBreadth, "stack_breadth", "share", Stack},
      Row{Counter::StackSpeed, "stack_speed", "share", Stack},
      Row{Counter::MonthsToMove, "months_to_move", "months", Run},
      Row{Counter::SharedArtefacts, "shared_artefacts", "share", Run},
      Row{Counter::Portability, "portability", "share", Run},
      Row{Counter::PortingSpent, "porting_spent", "USD", Run},
      Row{Counter::DevicesMade, "devices_made", "packages", Supply},
      Row{Counter::MadeOfStockpiles, "made_of_stockpiles", "packages", Supply},
      Row{Counter::TokenCost, "token_cost", "USD/1e6 tokens", Service},
      Row{Counter::TrainingGoodput, "training_goodput", "share", Job},
      Row{Counter::LentNodeHours, "lent_node_hours", "h", Pool},
      Row{Counter::LentFlops, "lent_flops", "FLOP", Pool},
      Row{Counter::GangsTakenBack, "gangs_taken_back", "gangs", Pool},
      Row{Counter::UnmetInReturn, "unmet_in_return", "tokens", Service},
      Row{Counter::CostOfServing, "cost_of_serving", "USD", Site},
      Row{Counter::CostOfTraining, "cost_of_training", "USD", Site},
      Row{Counter::CostOfIdle, "cost_of_idle", "USD", Site},
      Row{Counter::TokensServedThere, "tokens_served_there", "tokens", Site},
      Row{Counter::TrainingFlopsThere, "training_flops_there", "FLOP", Site},
  };
}();

/// Rows stand where the counter's number says, so that looking one up is an index.
static_assert(std::ranges::equal(kRows, kCounters, {}, &Row::counter));

const Row& row_of(Counter counter) {
  const auto index = static_cast<std::size_t>(counter);
  assert(index < kRows.size());
  return kRows[index];
}

}  // namespace

std::string_view counter_name(Counter counter) {
  return row_of(counter).name;
}

std::string_view counter_unit(Counter counter) {
  return row_of(counter).unit;
}

CounterSubject counter_subject(Counter counter) {
  return row_of(counter).subject;
}

}  // namespace chokepoint
