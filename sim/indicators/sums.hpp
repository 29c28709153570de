#pragma once

#include <algorithm>
#include <utility>

#include "models/world.hpp"
#include "sim/indicators/figures.hpp"
#include "sim/indicators/yearly_key.hpp"

namespace chokepoint {

/// Adds up figures of years by name.
class Sums {
public:
  void add(const YearlyKey& key, double value) { figures_[text_of(key)] += value; }
  void set(const YearlyKey& key, double value) { figures_[text_of(key)] = value; }
  void raise(const YearlyKey& key, double value) {
    double& figure = figures_[text_of(key)];
    figure = std::max(figure, value);
  }
  Figures take() { return std::move(figures_); }

private:
  Figures figures_;
};

}  // namespace chokepoint
