#include "tools/report/answer/paired_runs.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double kRounding = 1e-9;  // Relative: the same parts, added in another order.

/// Zero for what rounding alone makes.
double difference_between(double before, double after) {
  const double difference = after - before;
  return std::abs(difference) <= kRounding * std::abs(before) ? 0.0 : difference;
}

double median_of(std::vector<double> values) {
  std::ranges::sort(values);
  return quantile(values, 0.5);
}

Interval middle_of(const std::vector<double>& rising) {
  return {quantile(rising, kTail), quantile(rising, 1.0 - kTail)};
}

Certainty certainty_of(const std::vector<double>& rising, const Interval& band) {
  if (rising.front() == 0.0 && rising.back() == 0.0) return Certainty::Equal;
  if (rising.size() < kLeastPairs) return Certainty::Unknown;
  return band.low > 0.0 || band.high < 0.0 ? Certainty::Clear : Certainty::Noise;
}

}  // namespace

std::optional<double> PairedDifference::percent() const {
  return before == 0.0 ? std::nullopt : std::optional(100.0 * change / std::abs(before));
}

PairedRuns::PairedRuns(const YearlyRun& base, const YearlyRun& other)
    : base_(&base), other_(&other) {
  for (const auto& [draw, figures] : base.draws) {
    const auto pair = other.draws.find(draw);
    if (pair != other.draws.end()) draws_.emplace_back(&figures, &pair->second);
  }
}

std::vector<std::string> PairedRuns::names() const {
  std::vector<std::string> all;
  for (const auto& [draw, figures] : base_->draws) {
    if (other_->draws.count(draw) > 0) all.push_back(draw);
  }
  return all;
}

std::vector<double> PairedRuns::differences(const Measured& measured) const {
  std::vector<double> all;
  all.reserve(draws_.size());
  for (const auto& [base, other] : draws_) {
    all.push_back(difference_between(measured(*base), measured(*other)));
  }
  return all;
}

PairedDifference PairedRuns::difference(const Measured& measured) const {
  PairedDifference found;
  if (!has_bands()) {
    found.before = measured(base_->itself);
    found.after = measured(other_->itself);
    found.change = difference_between(found.before, found.after);
    found.certainty = found.change == 0.0 ? Certainty::Equal : Certainty::Unknown;
    return found;
  }
  std::vector<double> before, after;
  for (const auto& [base, other] : draws_) {
    before.push_back(measured(*base));
    after.push_back(measured(*other));
  }
  auto rising = differences(measured);
  std::ranges::sort(rising);
  found.before = median_of(std::move(before));
  found.after = median_of(std::move(after));
  found.change = quantile(rising, 0.5);
  found.band = middle_of(rising);
  found.certainty = certainty_of(rising, *found.band);
  return found;
}

Level level_in(const YearlyRun& run, const Measured& measured) {
  if (run.draws.size() < 2) return {measured(run.itself), std::nullopt};
  std::vector<double> rising;
  for (const auto& [draw, figures] : run.draws) rising.push_back(measured(figures));
  std::ranges::sort(rising);
  return {quantile(rising, 0.5), middle_of(rising)};
}

}  // namespace chokepoint
