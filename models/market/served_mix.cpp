#include "models/market/served_mix.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

std::vector<double> shares_on(const std::vector<ServedModel>& models, Date day) {
  std::vector<double> shares;
  double sum = 0.0;
  for (const ServedModel& model : models) {
    shares.push_back(value_on(model.share, day));
    sum += shares.back();
  }
  for (double& share : shares) share /= std::max(1.0, sum);
  return shares;
}

double rate_on_mix(double rest, const std::vector<PartOfMix>& parts) {
  if (parts.empty()) return rest;
  double left = 1.0, time = 0.0;
  const auto add = [&](double share, double rate) {
    assert(rate >= 0.0);
    if (share <= 0.0) return;
    time += share / rate;  // Infinite where nothing is done of it.
  };
  for (const PartOfMix& part : parts) {
    add(part.share, part.rate);
    left -= part.share;
  }
  add(std::max(0.0, left), rest);
  return 1.0 / time;
}

}  // namespace chokepoint
