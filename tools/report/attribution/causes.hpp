#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/indicators/headlines.hpp"
#include "sim/study/causes/attribution.hpp"

namespace chokepoint {

/// The baseline and another run in a year, by headline.
struct ComparedYear {
  const Attribution& all;
  std::size_t run;
  std::vector<Headline> headlines;
};

/// Requires: not the baseline. `all` must outlive the result.
ComparedYear compared_year(const Attribution& all, std::size_t run, int year);

/// Of one headline, in its unit: the run less the baseline.
double difference_in(const ComparedYear& year, const Headline& headline);

/// A part of a difference, as a share of it; nothing where there is no difference.
std::optional<double> share_of(double part, double difference);

/// A cause, and what goes with it, by headline.
struct Cause {
  std::string name;
  std::vector<ShapleyValue> parts;
};

/// Levers, in their order, and what their parts leave of the differences, by headline.
struct LeverCauses {
  std::vector<Cause> levers;
  std::vector<double> remainder;
};
LeverCauses lever_causes(const ComparedYear& year);

/// Rules, quotas and shortages, as they were tried; without an error.
std::vector<Cause> binding_causes(const ComparedYear& year);

/// Those that account for something: the greatest first, by the mean over headlines of their parts,
/// each over the greater value of both runs.
std::vector<Cause> telling_causes(const ComparedYear& year, const std::vector<Cause>& causes);

/// What a lever is called: "rules[x]", "US rules on HBM (3 changes)".
std::string lever_name(const Lever& lever);

/// What a switch is called: "US us_2022_10_07_3a090", "shortage of smic_7nm", "quota q".
std::string switch_name(const Switch& off);

}  // namespace chokepoint
