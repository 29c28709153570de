#include "sim/scenario/reading/unit.hpp"

#include <cmath>

#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

std::string complaint(const Unit& unit, double value) {
  if (!std::isfinite(value)) return "must be a finite number";
  const bool below = unit.least_allowed ? value < unit.least : value <= unit.least;
  if (unit.by_definition && (below || value > unit.most)) {
    return concat("must lie in ", unit.least_allowed ? "[" : "(", unit.least, ", ", unit.most, "]");
  }
  // A floor below one stands for zero: nothing real comes near it.
  if (below && unit.least > 0.0 && unit.least < 1.0 && value <= 0.0) return "must be positive";
  if (below && unit.least != 0.0) return concat("must be at least ", unit.least);
  if (below) return unit.least_allowed ? "must not be negative" : "must be positive";
  if (value > unit.most) return concat("not believable above ", unit.most);
  if (unit.whole && value != std::floor(value)) return "must be a whole number";
  return "";
}

std::string help_for(const Unit& unit, double value) {
  if (unit.by_definition || !std::isfinite(value) || value <= unit.most) return "";
  return concat("1 stands for ", unit.meaning, "; is the number in another unit?");
}

}  // namespace chokepoint
