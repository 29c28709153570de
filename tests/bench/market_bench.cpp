// Time of one month's market of 24 budgets with 45 bids each, half of the lots too small. Bound: 96
// months in 20 ms, that is 208 us.

#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "models/market/clearing.hpp"

namespace chokepoint {
namespace {

constexpr unsigned kBudgets = 24, kLots = 45;

struct Month {
  std::vector<Lot> lots;
  std::vector<WorkBudget> budgets;
};

Month month() {
  std::mt19937_64 draw{1};
  Month month;
  for (unsigned lot = 0; lot < kLots; ++lot) {
    month.lots.push_back({lot % 2 == 0 ? 1e7 : static_cast<double>(draw() % 3'000)});
  }
  for (unsigned budget = 0; budget < kBudgets; ++budget) {
    WorkBudget next{1e6 * static_cast<double>(10 + draw() % 500), {}};
    for (std::uint32_t lot = 0; lot < kLots; ++lot) {
      Bid bid;
      bid.lot = lot;
      bid.utility = static_cast<double>(draw() % 100) / 20.0;
      bid.nest = lot % 6;
      bid.price = 8'000.0 + static_cast<double>(draw() % 20'000);
      bid.admitted_share = draw() % 4 == 0 ? 0.0 : draw() % 8 == 0 ? 0.5 : 1.0;
      bid.mandate_cap = draw() % 8 == 0 ? 0.05 : 1.0;
      bid.priority = static_cast<int>(draw() % 3);
      next.bids.push_back(bid);
    }
    month.budgets.push_back(next);
  }
  return month;
}

void clear_one_month(benchmark::State& state) {
  const Month asked = month();
  for (auto _ : state) {
    benchmark::DoNotOptimize(clear_market(asked.lots, asked.budgets, 0.5));
  }
}
BENCHMARK(clear_one_month)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
