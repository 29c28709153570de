#include "models/market/compute_steps.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace chokepoint {
namespace {

// How far below a line a free rate is set: more than rounding, less than anybody can measure.
constexpr double kJustBelow = 1e-12;

template <class Visit>
void for_each_bound(const Predicate& predicate, const Visit& visit) {
  for (const Bound& bound : predicate.bounds) visit(bound);
  for (const auto* branches : {&predicate.any_of, &predicate.all_of, &predicate.none_of}) {
    for (const Predicate& branch : *branches) for_each_bound(branch, visit);
  }
}

template <class Visit>
void for_each_bound(const Regime& regime, const Visit& visit) {
  for (const Rule& rule : regime.rules) {
    if (rule.enabled) for_each_bound(rule.item, visit);
  }
  for (const Exception& exception : regime.exceptions) {
    if (exception.enabled) for_each_bound(exception.item, visit);
  }
}

void sort_unique(std::vector<double>& numbers) {
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

// The least number on the upper side of `bound`.
double upper_side(const Bound& bound) {
  const bool belongs_below =
      bound.comparison == Comparison::AtMost || bound.comparison == Comparison::Above;
  return belongs_below ? std::nextafter(bound.threshold, std::numeric_limits<double>::infinity())
                       : bound.threshold;
}

// Scores of a device at one core count.
struct Scores {
  double fixed = 0.0;   // TPP that the tensor rate does not touch.
  double tensor = 0.0;  // TPP of the matrix formats at their full rate.
};

Scores scores_at(const DesignKnobs& knobs, const DeviceSpec& base, int cores,
                 const std::vector<Format>& dropped) {
  DesignSetting setting;
  setting.cores = cores;
  setting.dropped = dropped;
  Peaks matrix = device_of(knobs, base, setting).peaks;
  Peaks vector;
  std::swap(vector.fp64, matrix.fp64);
  std::swap(vector.fp32, matrix.fp32);
  return {tpp(vector), tpp(matrix)};
}

// Rates worth trying at a core count, the full one among them.
std::vector<double> rates_at(const DesignKnobs& knobs, const Scores& scores,
                             const std::vector<double>& tpp_cuts) {
  std::vector<double> rates = knobs.tensor_rates;
  rates.push_back(1.0);
  if (!knobs.throttles_freely || scores.tensor <= 0.0) return rates;
  for (const double cut : tpp_cuts) {
    const double rate = cut / scores.tensor * (1.0 - kJustBelow);
    if (scores.fixed < cut && 0.0 < rate && rate < 1.0) rates.push_back(rate);
  }
  return rates;
}

std::size_t place_among(const std::vector<double>& cuts, double score) {
  return static_cast<std::size_t>(std::ranges::upper_bound(cuts, score) - cuts.begin());
}

}  // namespace

std::vector<double> thresholds_of(const Regime& regime, Attribute attribute) {
  std::vector<double> thresholds;
  for_each_bound(regime, [&](const Bound& bound) {
    if (bound.attribute == attribute) thresholds.push_back(bound.threshold);
  });
  sort_unique(thresholds);
  return thresholds;
}

CutPoints cut_points(const Regime& regime, double margin) {
  CutPoints cuts;
  for_each_bound(regime, [&](const Bound& bound) {
    const bool is_density = bound.attribute == Attribute::PerformanceDensity;
    if (!is_density && bound.attribute != Attribute::Tpp) return;
    auto& points = is_density ? cuts.density : cuts.tpp;
    points.push_back(upper_side(bound));
    if (margin > 0.0) points.push_back(upper_side(bound) / (1.0 + margin));
  });
  sort_unique(cuts.tpp);
  sort_unique(cuts.density);
  return cuts;
}

std::vector<ComputeStep> compute_steps(const DesignKnobs& knobs, const DeviceSpec& base,
                                       const std::vector<Format>& dropped, const CutPoints& cuts) {
  // Cut points of TPP, those of density at this die among them.
  std::vector<double> tpp_cuts = cuts.tpp;
  for (const double cut : cuts.density) {
    if (base.die_area_mm2) tpp_cuts.push_back(cut * *base.die_area_mm2);
  }
  sort_unique(tpp_cuts);

  struct Best {
    double throughput = 0.0;  // In tensor rates of a core.
    ComputeStep step;
  };
  std::map<std::array<std::size_t, 2>, Best> best;
  for (int cores = knobs.cores; cores >= 1; --cores) {
    const Scores scores = scores_at(knobs, base, cores, dropped);
    for (const double rate : rates_at(knobs, scores, tpp_cuts)) {
      const double score = std::max(scores.fixed, scores.tensor * rate);
      const double density = base.die_area_mm2 ? score / *base.die_area_mm2 : 0.0;
      Best& there = best[{place_among(cuts.tpp, score), place_among(cuts.density, density)}];
      // Products that differ by rounding alone are equal: the more cores came first.
      if (cores * rate > there.throughput * (1.0 + 1e-9)) there = {cores * rate, {cores, rate}};
    }
  }

  std::vector<Best> sorted;
  sorted.reserve(best.size());
  for (const auto& entry : best) sorted.push_back(entry.second);
  std::ranges::stable_sort(sorted, [](const Best& a, const Best& b) {
    if (a.throughput != b.throughput) return a.throughput > b.throughput;
    return a.step.cores > b.step.cores;
  });
  std::vector<ComputeStep> steps;
  steps.reserve(sorted.size());
  for (const Best& one : sorted) steps.push_back(one.step);
  return steps;
}

}  // namespace chokepoint
