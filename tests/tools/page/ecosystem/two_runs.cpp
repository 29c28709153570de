#include "tests/tools/page/ecosystem/two_runs.hpp"

#include <algorithm>

#include "sim/indicators/listing.hpp"
#include "tests/sim/indicators/made_events.hpp"

namespace chokepoint::made {

namespace {

/// The made world with worths, users, a service on a pool and dates of rules.
World world_of_pages() {
  World made = world();
  made.worth.resize(made.devices.size());
  made.worth[0].h100e_peak = 0.15;
  made.worth[1].h100e_peak = 0.6;
  for (Order& order : made.orders) order.user = OrgId{2};
  made.services[0].shares = {{PoolId{0}, 0.5}};
  const char* days[] = {"2025-04-09", "2025-08-12", "2025-10-01"};
  for (std::size_t i = 0; i < made.regime.rules.size(); ++i) {
    made.regime.rules[i].validity.effective = parse_date(days[i]).value();
  }
  made.supply.stages[0].kind = StageKind::Packaging;
  return made;
}

}  // namespace

EcosystemRun ecosystem_run(const std::string& name, const std::vector<TraceEvent>& events) {
  EcosystemRun run;
  run.name = name;
  run.folder = name;
  run.record.set_scenario(name);
  run.record.set_question("What if?");
  run.record.set_seed(7);
  for (const std::string& word : {std::string("run"), name, std::string("-o"), name + " 1"}) {
    run.record.add_arguments(word);
  }
  run.world = std::make_unique<const World>(world_of_pages());
  run.history = std::make_unique<RunHistory>(*run.world);
  for (const TraceEvent& event : events) run.history->record(event);
  run.yearly.name = name;
  run.yearly.itself[indicator("installed_training").of("mainland", 2025)] = 1000.0;
  run.yearly.itself[indicator("installed_decode").of("mainland", 2025)] = 2000.0;
  run.answered = answered_run(*run.world, RunAccount(*run.world), {}, run.yearly);
  run.sources = {"A paper on bandwidth"};
  return run;
}

std::vector<TraceEvent> a_year() {
  SupplyBottleneck shortage = bottleneck("2025-03-01", 10.0);
  shortage.device = DeviceId{1};
  SupplyBottleneck next = shortage;
  next.time = at("2025-04-01");
  return {due("2025-02-01", 1000.0),
          delivered("2025-02-10", 600.0),
          delivered("2025-05-10", 200.0, "910c", false, "910c_national"),
          refused("2025-04-20", 400.0),
          shortage,
          next,
          sampled("2025-01-01", Counter::H100eTraining, "north/h20", 0.0),
          sampled("2025-07-01", Counter::H100eTraining, "north/h20", 60.0),
          sampled("2026-01-01", Counter::H100eTraining, "north/h20", 90.0),
          sampled("2025-07-01", Counter::H100eDecode, "north/h20", 50.0),
          sampled("2026-01-01", Counter::H100eDecode, "north/h20", 80.0),
          sampled("2025-01-01", Counter::TokensServed, "chat", 0.0),
          sampled("2025-07-01", Counter::TokensServed, "chat", 3e15),
          sampled("2025-01-01", Counter::TokensUnmet, "chat", 0.0),
          sampled("2025-07-01", Counter::TokensUnmet, "chat", 1e15),
          sampled("2025-07-01", Counter::TokenCost, "chat", 1.5)};
}

void add_draws(EcosystemRun& run, const std::vector<double>& factors) {
  int number = 0;
  for (const double factor : factors) {
    Figures figures = run.yearly.itself;
    for (auto& [key, value] : figures) value *= factor;
    run.yearly.draws["draw_" + std::to_string(++number)] = std::move(figures);
  }
  run.answered.yearly = run.yearly;
}

const PageFigure* figure_named(const std::vector<PageFigure>& figures, const std::string& id) {
  const auto found = std::ranges::find(figures, id, &PageFigure::id);
  return found == figures.end() ? nullptr : &*found;
}

}  // namespace chokepoint::made
