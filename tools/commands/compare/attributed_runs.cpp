#include "tools/commands/compare/attributed_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "sim/study/causes/attribution.hpp"
#include "sim/study/forecast/shown_figures.hpp"
#include "sim/sweep/replicas.hpp"
#include "sim/trace/reader.hpp"
#include "tools/commands/commands.hpp"
#include "tools/console/progress.hpp"
#include "tools/report/attribution/attribution_report.hpp"

namespace chokepoint {
namespace {

std::vector<ComparedScenario> scenarios_of(const StoredRuns& runs) {
  std::vector<ComparedScenario> scenarios;
  const auto names = names_of(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    scenarios.push_back({names[i], TraceReader(runs[i]->trace()).manifest().scenario()});
  }
  return scenarios;
}

/// Runs told again must say what their tables say, or another version of the program made them.
void warn_of_other_figures(const std::vector<YearlyRun>& stored, const Attribution& again) {
  for (std::size_t run = 0; run < stored.size(); ++run) {
    if (stored[run].itself == again.itself[run]) continue;
    std::cerr << fmt::format(
        "chokepoint: warning: {} runs to other figures than its tables have: another version made "
        "them\n",
        again.names[run]);
  }
}

}  // namespace

int attribute_runs(const std::vector<std::string>& directories, const AttributedRuns& options,
                   ToldAs told, bool quiet) {
  const auto runs = stored_runs(directories, StoredKinds::Runs);
  const auto stored = yearly_runs(runs);
  if (stored.size() != directories.size()) {
    return refuse("not all of these are runs with a market over years",
                  "--attribute needs tables/yearly.csv, which runs with buyers have");
  }
  const auto known = years_of(stored.front().itself);
  for (const int year : options.years) {
    if (std::ranges::count(known, year) > 0) continue;
    return refuse(fmt::format("the runs have no figures of {}", year),
                  fmt::format("they go from {} to {}", known.front(), known.back()));
  }
  const auto scenarios = scenarios_of(runs);
  const AttributionEffort effort = {static_cast<std::size_t>(options.levers),
                                    static_cast<std::size_t>(options.orders),
                                    static_cast<std::size_t>(options.tried), cores()};
  const auto found =
      attribute(scenarios, effort, [&](int done, int all) { tell_done(quiet, done, all, "runs"); });
  warn_of_other_figures(stored, found);
  auto years = options.years;
  if (years.empty()) {
    years.push_back(telling_year(found, last_published_year(scenarios[0].scenario)));
  }
  const AttributionView view{years, static_cast<std::size_t>(options.rows)};
  std::cout << (told == ToldAs::Json  ? attribution_json(found, years)
                : told == ToldAs::Csv ? attribution_csv(found, years)
                                      : attribution_text(found, view));
  return 0;
}

}  // namespace chokepoint
