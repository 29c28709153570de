// Rulings per second on all rules that ship: every item of the catalogue and of the rules, to four
// kinds of buyers, on days spread over seven years. Bound of the issue: 500,000 per core.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <iostream>
#include <stdexcept>
#include <vector>

#include "models/policy/regime.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"

namespace chokepoint {
namespace {

World policy_world() {
  Diagnostics found;
  const std::string file = source_dir() + "/scenarios/policy/policy.textproto";
  const auto composed = compose(file, {}, false, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!world) {
    print(std::cerr, found, file);
    throw std::runtime_error("the shipped policy does not read");
  }
  return std::move(*world);
}

struct Question {
  Shipment shipment;
  Date date;
};

// Every item, offered by its vendor to buyers of two countries in two places.
std::vector<Question> questions(const World& world) {
  std::vector<NamedItem> items = world.device_items;
  items.insert(items.end(), world.items.begin(), world.items.end());
  std::vector<Question> result;
  Date date = parse_date("2020-01-15").value();
  const Date last = parse_date("2026-11-01").value();
  for (const NamedItem& named : items) {
    for (const auto& [to, headquarters] : {std::pair("CN", "CN"), std::pair("MY", "CN"),
                                           std::pair("MY", "MY"), std::pair("US", "US")}) {
      Shipment shipment;
      shipment.item = named.item;
      shipment.from = shipment.exported_from = named.item.vendor_headquarters;
      shipment.to = Country(to);
      shipment.buyer.headquarters = Country(headquarters);
      for (int i = 0; i < 8; ++i) {
        date += std::chrono::days(37);
        if (date > last) date -= std::chrono::days(2'400);
        result.push_back({shipment, date});
      }
    }
  }
  return result;
}

void judge_both_gates(benchmark::State& state) {
  const World world = policy_world();
  const auto asked = questions(world);
  std::size_t next = 0;
  for (auto _ : state) {
    const Question& question = asked[next];
    benchmark::DoNotOptimize(judge(world.regime, question.shipment, question.date));
    next = next + 1 == asked.size() ? 0 : next + 1;
  }
  state.counters["rules"] = static_cast<double>(world.regime.rules.size());
  state.counters["rulings_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(judge_both_gates);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
