#include "tools/page/ecosystem/run_history.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <variant>

#include "sim/indicators/regions.hpp"
#include "sim/indicators/yearly.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/trace/naming.hpp"
#include "sim/trace/recall.hpp"
#include "tools/console/stored_run.hpp"

namespace chokepoint {

namespace {

bool is_of_stock(Counter counter) {
  return counter == Counter::H100ePeak || counter == Counter::H100eTraining ||
         counter == Counter::H100eDecode;
}

bool is_of_service(Counter counter) {
  return counter == Counter::TokensServed || counter == Counter::TokensUnmet ||
         counter == Counter::TokenCost;
}

/// The figures of years as the run's table has them; those of its facts where it has none.
YearlyRun yearly_of(const std::string& name, const StoredRun& stored, const World& world,
                    const Ledger& ledger) {
  auto told = yearly_run(name, stored.table("yearly.csv"), stored.table("draws.csv"));
  if (told) return std::move(*told);
  return {name, yearly_figures(world, ledger), {}};
}

}  // namespace

RunHistory::RunHistory(const World& of) : ledger(of), world_(of), regions_(regions_of_pools(of)) {}

void RunHistory::record(const TraceEvent& event) {
  ledger.record(event);
  if (const auto* sample = std::get_if<CounterSampled>(&event)) {
    add(*sample);
  } else if (const auto* refusal = std::get_if<ShipmentRefused>(&event)) {
    add(*refusal);
  } else if (const auto* shortage = std::get_if<SupplyBottleneck>(&event)) {
    shortages.push_back(*shortage);
  } else if (const auto* due = std::get_if<DeliveryDue>(&event)) {
    if (importer_of(world_, due->order) != kHomeCountry) return;
    ordered[first_of_month(day_of(due->time))] += due->units;
  }
}

void RunHistory::add(const CounterSampled& sample) {
  if (is_of_stock(sample.counter)) {
    installed[{sample.counter, regions_[sample.index]}][day_of(sample.time)] += sample.value;
  } else if (is_of_service(sample.counter)) {
    services[{sample.counter, sample.index}][day_of(sample.time)] = sample.value;
  }
}

void RunHistory::add(const ShipmentRefused& fact) {
  HeldBack& held = held_back[fact.exporter_rule ? *fact.exporter_rule : *fact.importer_rule];
  if (held.units == 0.0) held.first = day_of(fact.time);
  held.units += fact.units;
  held.value += fact.value;
  held.lost_training_h100e += fact.lost.training_h100e;
  if (importer_of(world_, fact.order) != kHomeCountry) return;
  refused[first_of_month(day_of(fact.time))] += fact.units;
}

EcosystemRun read_ecosystem_run(const std::filesystem::path& folder) {
  const StoredRun stored(folder);
  EcosystemRun run;
  run.name = name_of_run(folder.string());
  run.folder = folder;
  run.record = read_record(folder).value();
  TraceReader reader(stored.trace());
  run.world = std::make_unique<const World>(
      world_from(composed_from(reader.manifest().scenario(), stored.trace().string()), {}));
  for (const auto& source : reader.manifest().scenario().sources()) {
    run.sources.push_back(source.what().empty() ? source.name() : source.what());
  }
  run.history = std::make_unique<RunHistory>(*run.world);
  RunAccount account(*run.world);
  ObstacleFinder obstacles = mainland_obstacles(*run.world);
  Tee tee({run.history.get(), &account, &obstacles});
  retell(reader, WorldNames(*run.world), tee);
  run.is_truncated = reader.truncated();
  run.yearly = yearly_of(run.name, stored, *run.world, run.history->ledger);
  run.answered = answered_run(*run.world, account, obstacles.obstacles(), run.yearly);
  run.answered.changed_rules = changed_rules(reader.manifest());
  return run;
}

int draws_asked(const EcosystemRun& run) {
  int most = 0;
  for (const auto& [name, figures] : run.yearly.draws) {
    const std::size_t digits = name.find_first_of("0123456789");
    if (digits != std::string::npos) most = std::max(most, std::atoi(name.c_str() + digits));
  }
  return most;
}

std::vector<int> whole_years(const EcosystemRun& run) {
  const Date from = run.world->first_day(), to = run.world->end_day();
  std::vector<int> years;
  for (const int year : years_of(run.yearly.itself)) {
    const Date begins = parse_date(std::to_string(year) + "-01-01").value();
    if (from <= begins && add_months(begins, 12) <= to) years.push_back(year);
  }
  return years;
}

}  // namespace chokepoint
