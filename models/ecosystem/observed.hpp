#pragma once

#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/ecosystem/observation.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// What a published figure is for. Inputs of the model are no outcomes and are never scored.
enum class FigureUse { Calibrate, Validate, Input, Derived };

/// One figure that somebody published, in the unit of its series.
struct ObservedFigure {
  std::string name;
  Date begin, end;  ///< The period: first day, and first day after the last.
  Sourced<double> value;
  FigureUse use = FigureUse::Validate;
};

/// A published series: what it counts, and what it said.
struct ObservedSeries {
  ObservationSeries counts;
  std::string display;
  std::string unit;  ///< As people write it.
  std::vector<ObservedFigure> figures;
};

}  // namespace chokepoint
