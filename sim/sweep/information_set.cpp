#include "sim/sweep/information_set.hpp"

#include <cassert>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "sim/engine/engine.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/sweep/draw.hpp"

namespace chokepoint {

std::uint64_t seed_of(const pb::Scenario& scenario) {
  return scenario.has_seed() ? scenario.seed() : 1;
}

World world_from(Composed&& composed, const InformationSet& information) {
  Diagnostics found;
  pb::Scenario& scenario = composed.scenario;
  if (information.as_of) scenario.set_as_of(format_date(*information.as_of));
  const auto end = parse_moment(scenario.end());
  if (information.policy_as_it_came && end) {
    scenario.set_policy_as_of(format_date(std::chrono::ceil<std::chrono::days>(*end)));
  }
  if (information.until) scenario.set_end(format_date(*information.until));
  assert(information.instead.empty() || information.draw == 0);
  StandIns values = draw_in(scenario, seed_of(scenario), information.draw, found);
  for (const auto& [figure, value] : information.instead) values[figure] = value;
  auto world = found.has_errors() ? std::nullopt : read_world(composed, found, values);
  if (world) return std::move(*world);
  std::ostringstream text;
  print(text, found, "draw " + std::to_string(information.draw));
  throw std::runtime_error(text.str());
}

Ledger ledger_of(const World& world) {
  Ledger ledger(world);
  run(world, ledger);
  return ledger;
}

}  // namespace chokepoint
