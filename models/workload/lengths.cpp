#include "models/workload/lengths.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

Lengths Lengths::fixed(std::uint32_t tokens) {
  return uniform(tokens, tokens);
}

Lengths Lengths::uniform(std::uint32_t least, std::uint32_t most) {
  assert(1 <= least && least <= most);
  return Lengths(Uniform{least, most});
}

Lengths Lengths::lognormal(double mean, double variation, std::uint32_t most) {
  assert(mean >= 1 && variation >= 0 && most >= 1);
  return Lengths(Lognormal{mean, std::sqrt(std::log1p(variation * variation)), most});
}

Lengths Lengths::tabled(const std::vector<std::pair<std::uint32_t, double>>& weights) {
  Table table;
  table.reserve(weights.size());
  double sum = 0;
  for (const auto& [tokens, weight] : weights) {
    if (weight <= 0) continue;
    sum += weight;
    table.push_back({std::max(tokens, 1U), sum});
  }
  assert(!table.empty());
  return Lengths(std::move(table));
}

std::uint32_t Lengths::draw(RandomStream& random) const {
  if (const auto* uniform = std::get_if<Uniform>(&law_)) {
    const double count = static_cast<double>(uniform->most) - uniform->least + 1;
    if (count == 1) return uniform->least;  // Without a draw: lengths of others stay as they are.
    return uniform->least + static_cast<std::uint32_t>(random.uniform() * count);
  }
  if (const auto* normal = std::get_if<Lognormal>(&law_)) {
    const double median = normal->mean * std::exp(-normal->sigma * normal->sigma / 2);
    const double drawn = std::round(median * std::exp(normal->sigma * random.normal()));
    return static_cast<std::uint32_t>(std::clamp<double>(drawn, 1, normal->most));
  }
  const Table& table = std::get<Table>(law_);
  const double at = random.uniform() * table.back().cumulated;
  const auto found =
      std::upper_bound(table.begin(), table.end() - 1, at,
                       [](double share, const Entry& entry) { return share < entry.cumulated; });
  return found->tokens;
}

double Lengths::mean() const {
  if (const auto* uniform = std::get_if<Uniform>(&law_)) {
    return (static_cast<double>(uniform->least) + uniform->most) / 2;
  }
  if (const auto* normal = std::get_if<Lognormal>(&law_)) return normal->mean;
  double sum = 0, before = 0;
  for (const Entry& entry : std::get<Table>(law_)) {
    sum += entry.tokens * (entry.cumulated - before);
    before = entry.cumulated;
  }
  return sum / before;
}

}  // namespace chokepoint
