#pragma once

#include <string>
#include <vector>

#include "sim/trace/event.hpp"
#include "tools/page/ecosystem/run_history.hpp"
#include "tools/page/figure.hpp"

namespace chokepoint::made {

/// A run of the made world in which `events` happen, under the name of its folder.
EcosystemRun ecosystem_run(const std::string& name, const std::vector<TraceEvent>& events);

/// Deliveries of both vendors, stocks, tokens, shortages and refusals in 2025.
std::vector<TraceEvent> a_year();

/// Draws of `run`, each with its figures times another factor.
void add_draws(EcosystemRun& run, const std::vector<double>& factors);

/// The data of a figure by its id; empty where no figure has it.
const PageFigure* figure_named(const std::vector<PageFigure>& figures, const std::string& id);

}  // namespace chokepoint::made
