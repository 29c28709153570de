#pragma once

#include <compare>
#include <map>
#include <string>

#include "chokepoint/v1/figures.pb.h"
#include "models/world.hpp"
#include "sim/indicators/ledger.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// A published figure.
struct ShownKey {
  std::string series, figure;  ///< Their names.
  auto operator<=>(const ShownKey&) const = default;
};
ShownKey shown_key(const ObservedSeries& series, const ObservedFigure& figure);

/// What a run shows for published figures.
using ShownFigures = std::map<ShownKey, double>;

/// What the run in `ledger` shows for every published figure of a period that it covers.
ShownFigures shown_figures(const World& world, const Ledger& ledger);

/// Adds them to what a run found, and takes them from there.
void add_shown(const ShownFigures& figures, pb::RunFigures& found);
ShownFigures shown_in(const pb::RunFigures& found);

}  // namespace chokepoint
