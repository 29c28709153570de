#include "models/supply/need_worth.hpp"

namespace chokepoint {

std::vector<NeedWorth> need_worths(const StageGraph& graph, std::size_t bill,
                                   const std::vector<double>& yields) {
  const auto& needs = graph.of_bill(bill);
  std::vector<NeedWorth> result;
  result.reserve(needs.size());
  // By stage: units that one device takes for all of its needs, and the number of those.
  std::vector<double> units(yields.size(), 0.0);
  std::vector<int> drawing(yields.size(), 0);
  for (const ComponentGraph& need : needs) {
    const DevicesPerUnit& worth =
        result.emplace_back(NeedWorth{need.devices_per_unit(yields), {}}).worth;
    for (std::size_t i = 0; i < worth.stages.size(); ++i) {
      const std::size_t stage = need.stages()[i].value;
      if (worth.stages[i] > 0.0) units[stage] += 1.0 / worth.stages[i];
      ++drawing[stage];
    }
  }
  for (std::size_t k = 0; k < needs.size(); ++k) {
    const DevicesPerUnit& worth = result[k].worth;
    for (std::size_t i = 0; i < worth.stages.size(); ++i) {
      const std::size_t stage = needs[k].stages()[i].value;
      const bool alone = drawing[stage] == 1;
      const double own = worth.stages[i] > 0.0 ? 1.0 / worth.stages[i] / units[stage] : 0.0;
      result[k].part.push_back(alone ? 1.0 : own);
    }
  }
  return result;
}

}  // namespace chokepoint
